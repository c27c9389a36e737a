// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int stripeWidth = 4;

}  // namespace

NoticeBar::NoticeBar(QWidget* parent) : QWidget(parent), m_label(new QLabel) {
    setObjectName(QStringLiteral("noticeBar"));
    m_label->setObjectName(QStringLiteral("noticeText"));
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* dismiss = new QToolButton;
    dismiss->setObjectName(QStringLiteral("dismissNotice"));
    dismiss->setText(tr("Dismiss"));
    dismiss->setAutoRaise(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::margin + stripeWidth, 4, 8, 4);
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_label, 1);
    layout->addWidget(dismiss);
    connect(dismiss, &QToolButton::clicked, this, [this] {
        if (!m_notices.isEmpty()) setNotice(m_notices.last().kind, {});
    });
    hide();
}

void NoticeBar::setNotice(const QString& kind, const QString& text) {
    m_notices.removeIf([&](const Notice& notice) { return notice.kind == kind; });
    if (!text.isEmpty()) m_notices.append({kind, text});
    refresh();
}

QString NoticeBar::text() const {
    return m_notices.isEmpty() ? QString() : m_notices.last().text;
}

void NoticeBar::refresh() {
    m_label->setText(text());
    setVisible(!m_notices.isEmpty());
}

void NoticeBar::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colours.field);
    painter.fillRect(QRect(0, 0, stripeWidth, height()), colours.review);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colours.hairline);
}

}  // namespace ui
