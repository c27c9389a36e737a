// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/notice_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "ui/common/link_button.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int stripeWidth = 4;

}  // namespace

NoticeStrip::NoticeStrip(const QString& name, QWidget* parent)
    : QWidget(parent), m_label(new QLabel(this)), m_action(new LinkButton({}, this)) {
    setObjectName(name);
    m_label->setObjectName(name + QStringLiteral("Text"));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(name + QStringLiteral("Action"));
    m_action->setAccessibleName(tr("What to do"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::margin, 6, metrics::margin, 7);  // a hairline below
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_action);
    connect(m_action, &LinkButton::clicked, this, &NoticeStrip::actionChosen);
    hide();
}

void NoticeStrip::say(const QString& text, const QString& action) {
    m_label->setText(text);
    m_action->setText(action);
    if (!action.isEmpty()) m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    m_action->setEnabled(true);
    setVisible(!text.isEmpty());
}

void NoticeStrip::setActionEnabled(bool enabled) {
    m_action->setEnabled(enabled);
}

QString NoticeStrip::said() const {
    return m_label->text();
}

void NoticeStrip::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colours.field);
    painter.fillRect(QRect(0, 0, stripeWidth, height()), colours.review);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colours.hairline);
}

}  // namespace ui
