// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/action_page.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/common/elements.h"
#include "ui/common/scroll_column.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int toldShare = 3;  // of the page's height: one in so many

bool isEmpty(const QWidget* widget) {
    return widget->isHidden() || widget->layout()->isEmpty();
}

}  // namespace

ActionPage::ActionPage(QWidget* content, QWidget* told, QWidget* actions, QWidget* parent)
    : QWidget(parent), m_told(told), m_actions(actions), m_line(new Hairline(Qt::Horizontal, this)) {
    told->layout()->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, 0);
    actions->layout()->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    m_toldArea = new ScrollColumn(told, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new ScrollColumn(content, this), 1);
    column->addWidget(m_line);
    column->addWidget(m_toldArea);
    column->addWidget(actions);
    for (QWidget* part : {told, actions}) part->installEventFilter(this);
    fit();
}

// Nothing is hidden for being empty: what is put into it would be shown only a turn later.
void ActionPage::fit() {
    const bool tells = !isEmpty(m_told);
    const bool acts = !isEmpty(m_actions);
    m_line->setVisible(tells || acts);
    m_actions->setMaximumHeight(acts ? QWIDGETSIZE_MAX : 0);
    const int room = width() - m_toldArea->verticalScrollBar()->sizeHint().width();
    QLayout* told = m_told->layout();
    const int wanted = told->hasHeightForWidth() ? told->totalHeightForWidth(room) : told->totalSizeHint().height();
    m_toldArea->setFixedHeight(tells ? std::min(wanted, height() / toldShare) : 0);
}

void ActionPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

bool ActionPage::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::LayoutRequest || type == QEvent::ShowToParent || type == QEvent::HideToParent) fit();
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui
