// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/primary_button.h"

#include <QCoreApplication>
#include <QPainter>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int primaryHeight = 36;

}  // namespace

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    QFont font = textFont();
    font.setWeight(QFont::DemiBold);
    setFont(font);
    setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PrimaryButton::sizeHint() const {
    return {minimumSizeHint().width() + 2 * metrics::margin, primaryHeight};
}

QSize PrimaryButton::minimumSizeHint() const {
    return {fontMetrics().size(Qt::TextShowMnemonic, text()).width() + 2 * metrics::margin, primaryHeight};
}

void PrimaryButton::setFilled(bool filled) {
    m_filled = filled;
    QFont font = textFont();
    font.setWeight(filled ? QFont::DemiBold : QFont::Normal);
    setFont(font);
    update();
}

void PrimaryButton::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = colours.hairline;
    QColor ink = palette().color(QPalette::Disabled, QPalette::ButtonText);
    if (isEnabled() && m_filled) {
        fill = isDown() ? colours.accent.darker(115) : underMouse() ? colours.accent.lighter(108) : colours.accent;
        ink = colours.onAccent;
    } else if (isEnabled()) {
        fill = isDown() || underMouse() ? colours.hairline : colours.field;
        ink = colours.text;
    }
    QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (hasFocus()) {
        painter.setPen(QPen(m_filled ? colours.text : colours.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(body, metrics::radius + 2, metrics::radius + 2);
        body.adjust(2, 2, -2, -2);
    }
    painter.setPen(isEnabled() && !m_filled ? QPen(colours.outline) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(body, metrics::radius, metrics::radius);
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter | mnemonicFlag(*this), text());
}

PrimaryButton* trainFirstButton(QWidget* parent) {
    auto* button = new PrimaryButton(QCoreApplication::translate("TrainFirst", "Train a model"), parent);
    button->setObjectName(QStringLiteral("trainFirst"));
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

}  // namespace ui
