// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/table_style.h"

#include <QHeaderView>
#include <QTableView>

#include "ui/common/theme.h"

namespace ui {

void styleTable(QTableView* table) {
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTextElideMode(Qt::ElideMiddle);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setFont(numberFont());
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(metrics::rowHeight);
    table->verticalHeader()->setDefaultSectionSize(metrics::rowHeight);
    QHeaderView* header = table->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    header->setFixedHeight(metrics::rowHeight);
}

}  // namespace ui
