// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/scroll_column.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

ScrollColumn::ScrollColumn(QWidget* content, QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFocusPolicy(Qt::NoFocus);
    QMargins margins = content->layout()->contentsMargins();
    margins.setRight(std::max(0, margins.right() - verticalScrollBar()->sizeHint().width()));
    content->layout()->setContentsMargins(margins);
    setWidget(content);
}

QSize ScrollColumn::minimumSizeHint() const {
    const int wanted = std::max(widget()->minimumSizeHint().width(), widget()->minimumWidth()) +
                       verticalScrollBar()->sizeHint().width();
    return {std::max(metrics::leftPanelWidth, wanted), QScrollArea::minimumSizeHint().height()};
}

bool ScrollColumn::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace ui
