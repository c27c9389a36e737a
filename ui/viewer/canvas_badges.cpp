// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/canvas_badges.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/viewer/canvas_box.h"

namespace ui {

namespace {

constexpr int badgeHeight = 30;
constexpr int badgePadding = 12;
constexpr int symbolSize = 10;
constexpr int symbolGap = 8;
constexpr int besideText = symbolSize + symbolGap + 2 * badgePadding;
const auto betweenWordAndScore = QStringLiteral("  ");

QFont badgeFont() {
    QFont font = textFont();
    font.setPixelSize(15);
    font.setWeight(QFont::Bold);
    return font;
}

}  // namespace

VerdictBadge::VerdictBadge(QWidget* parent) : QWidget(parent) {
    letMouseThrough(*this);
    setFont(badgeFont());
}

void VerdictBadge::setScore(std::optional<double> score, engine::Verdict verdict) {
    if (score == m_score && verdict == m_verdict) return;
    m_score = score;
    m_verdict = verdict;
    refresh();
}

void VerdictBadge::setDecimals(int decimals) {
    if (decimals == m_decimals) return;
    m_decimals = decimals;
    refresh();
}

void VerdictBadge::refresh() {
    setAccessibleName(text());
    resize(sizeHint());
    update();
}

void VerdictBadge::setRoom(int width) {
    m_room = width;
    resize(sizeHint());
}

QString VerdictBadge::scoreText() const {
    return m_score && std::isfinite(*m_score) ? QLocale().toString(*m_score, 'f', m_decimals) : QString();
}

QString VerdictBadge::word() const {
    const bool judged = m_verdict != engine::Verdict::None || scoreText().isEmpty();
    return judged ? QLocale().toUpper(verdictWord(m_verdict)) : QString();
}

QString VerdictBadge::text() const {
    const QString score = scoreText();
    if (score.isEmpty()) return word();
    return word().isEmpty() ? tr("Score %1").arg(score) : word() + betweenWordAndScore + score;
}

QString VerdictBadge::shownText() const {
    const int room = width() - besideText;
    const QFontMetrics measures = fontMetrics();
    if (measures.horizontalAdvance(text()) <= room) return text();
    if (word().isEmpty()) return scoreText();
    const QString after = text().mid(word().size());
    return measures.elidedText(word(), Qt::ElideRight, room - measures.horizontalAdvance(after)) + after;
}

QSize VerdictBadge::sizeHint() const {
    return {std::min(fontMetrics().horizontalAdvance(text()) + besideText, m_room), badgeHeight};
}

void VerdictBadge::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    const bool judged = m_verdict != engine::Verdict::None;
    QPainter painter(this);
    paintBox(painter, rect(), judged ? verdictColour(m_verdict, colours) : colours.panel);
    const QColor ink = judged ? colours.onVerdict : colours.text;
    // By a pixel below the middle, where capitals and digits have theirs.
    const QRectF symbol(badgePadding, (height() - symbolSize) / 2.0 + 1, symbolSize, symbolSize);
    paintVerdict(painter, symbol, m_verdict, ink);
    painter.setPen(ink);
    painter.drawText(rect().adjusted(badgePadding + symbolSize + symbolGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     shownText());
}

}  // namespace ui
