// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/message_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "ui/common/breakable.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int signSize = 8;

}  // namespace

VerdictSign::VerdictSign(engine::Verdict verdict, QWidget* parent) : QWidget(parent), m_verdict(verdict) {
    setFixedSize(signSize + 4, 18);
}

void VerdictSign::setVerdict(engine::Verdict verdict) {
    m_verdict = verdict;
    update();
}

void VerdictSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box(1, (height() - signSize) / 2.0, signSize, signSize);
    paintVerdict(painter, box, m_verdict, verdictColour(m_verdict, coloursOf(*this)));
}

MessageLine::MessageLine(QWidget* parent)
    : QWidget(parent), m_label(new QLabel(this)), m_sign(new VerdictSign(engine::Verdict::Error, this)) {
    m_label->setObjectName(QStringLiteral("messageText"));
    m_label->setFont(secondaryFont());
    m_label->setWordWrap(true);
    m_label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addWidget(m_label, 1);
    hide();
}

void MessageLine::show(Kind kind, const QString& text) {
    m_kind = kind;
    m_text = text;
    m_label->setText(breakable(text));
    m_sign->setVisible(kind != Kind::Plain);
    m_sign->setVerdict(kind == Kind::Fault ? engine::Verdict::Error : engine::Verdict::Review);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    Q_EMIT changed();
}

void MessageLine::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    Q_EMIT changed();
}

void MessageLine::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    Q_EMIT changed();
}

void MessageLine::setText(const QString& text) {
    show(Kind::Plain, text);
}

void MessageLine::setCaution(const QString& text) {
    show(Kind::Caution, text);
}

void MessageLine::setFault(const QString& text) {
    show(Kind::Fault, text);
}

void MessageLine::clear() {
    show(Kind::Plain, {});
}

}  // namespace ui
