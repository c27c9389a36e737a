// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/canvas_badges.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/services/images/colour_map.h"
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
constexpr int barWidth = 12;
constexpr int barHeight = 160;
constexpr int lineHeight = 16;

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
    const QRectF symbol(badgePadding, (height() - symbolSize) / 2.0, symbolSize, symbolSize);
    paintVerdict(painter, symbol, m_verdict, ink);
    painter.setPen(ink);
    painter.drawText(rect().adjusted(badgePadding + symbolSize + symbolGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     shownText());
}

ColourScale::ColourScale(QWidget* parent) : QWidget(parent) {
    letMouseThrough(*this);
    setFont(secondaryFont());
}

void ColourScale::setColours(services::ColourMap colours) {
    if (colours == m_colours) return;
    m_colours = colours;
    update();
}

void ColourScale::setRange(double low, double high) {
    if (low == m_low && high == m_high) return;
    m_low = low;
    m_high = high;
    refresh();
}

void ColourScale::setCut(std::optional<double> cut) {
    if (cut == m_cut) return;
    m_cut = cut;
    refresh();
}

void ColourScale::setOverPicture(bool over) {
    if (over == m_overPicture) return;
    m_overPicture = over;
    update();
}

void ColourScale::refresh() {
    setAccessibleName(tr("Colour scale from %1 to %2").arg(number(m_low), number(m_high)));
    const QPoint corner = geometry().topRight();
    resize(sizeHint());
    move(corner.x() - width() + 1, y());
    update();
}

QString ColourScale::number(double value) const {
    return QLocale().toString(value, 'f', decimalsFor(m_low, m_high));
}

QString ColourScale::cutText() const {
    return m_cut ? tr("%1 cut").arg(number(*m_cut)) : QString();
}

QSize ColourScale::sizeHint() const {
    int text = 0;
    // The cut's room is kept for any number that it is set to, which may be half a range above what a good part shows:
    // nothing moves while the cut does.
    for (const double value : {m_low, m_high, m_high + (m_high - m_low) / 2}) {
        text = std::max(text, fontMetrics().horizontalAdvance(tr("%1 cut").arg(number(value))));
    }
    text = std::max(text, fontMetrics().horizontalAdvance(cutText()));
    return {text + 8 + barWidth + 2 * boxPadding, barHeight + lineHeight + boxPadding};
}

void ColourScale::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    // On the bare canvas it needs no ground of its own.
    if (m_overPicture) {
        QColor ground = colours.panel;
        ground.setAlphaF(0.9F);
        paintBox(painter, rect(), ground);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRect bar(width() - boxPadding - barWidth, (height() - barHeight) / 2, barWidth, barHeight);
    const services::ColourTable table = services::colourTable(m_colours);
    for (int i = 0; i < barHeight; ++i) {
        const auto level = static_cast<std::size_t>((barHeight - 1 - i) * 255 / (barHeight - 1));
        QColor colour = QColor::fromRgb(table[level]);
        colour.setAlpha(static_cast<int>(level));
        painter.fillRect(bar.left(), bar.top() + i, barWidth, 1, colour);
    }
    painter.setPen(colours.secondary);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar.adjusted(-1, -1, 0, 0));

    const int right = bar.left() - 8;
    const auto label = [&](double middle, const QString& text) {
        painter.drawText(QRectF(0, middle - lineHeight / 2.0, right, lineHeight), Qt::AlignRight | Qt::AlignVCenter,
                         text);
    };
    painter.setPen(colours.text);
    double cutAt = -1000;
    if (m_cut) {
        const double share = m_high > m_low ? std::clamp((*m_cut - m_low) / (m_high - m_low), 0.0, 1.0) : 0;
        cutAt = bar.bottom() - share * (barHeight - 1);
        const double textAt = std::clamp(cutAt, lineHeight / 2.0, height() - lineHeight / 2.0);
        label(textAt, cutText());
        painter.fillRect(QRectF(bar.left() - 4, cutAt - 1.5, barWidth + 8, 3), QColor(24, 24, 24));
        painter.fillRect(QRectF(bar.left() - 4, cutAt - 0.5, barWidth + 8, 1), Qt::white);
    }
    // The ends give way to the cut.
    painter.setPen(colours.secondary);
    if (std::abs(cutAt - bar.top()) >= lineHeight) label(bar.top() + 1, number(m_high));
    if (std::abs(cutAt - bar.bottom()) >= lineHeight) label(bar.bottom(), number(m_low));
}

}  // namespace ui
