// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/fitted_columns.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTableView>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

FittedColumns::FittedColumns(QTableView* table, QSettings* settings, const QString& key)
    : QObject(table), m_table(table), m_settings(settings), m_key(key) {
    QHeaderView* header = table->horizontalHeader();
    if (header->restoreState(settings->value(key).toByteArray()))
        for (const QVariant& column : settings->value(key + QStringLiteral("Own")).toList()) m_own << column.toInt();
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        if (!m_fitting) m_own << column;
    });
    table->viewport()->installEventFilter(this);
    connect(table->model(), &QAbstractItemModel::dataChanged, this, &FittedColumns::fit);
    connect(table->model(), &QAbstractItemModel::rowsInserted, this, &FittedColumns::fit);
    connect(table->model(), &QAbstractItemModel::modelReset, this, &FittedColumns::fit);
}

void FittedColumns::save() const {
    QVariantList own;
    for (const int column : m_own) own << column;
    m_settings->setValue(m_key, m_table->horizontalHeader()->saveState());
    m_settings->setValue(m_key + QStringLiteral("Own"), own);
}

void FittedColumns::fit() {
    const QScopedValueRollback fitting(m_fitting, true);
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        if (m_own.contains(column)) continue;
        m_table->resizeColumnToContents(column);
        const int px = std::max(header->sectionSize(column), header->sectionSizeHint(column));
        header->resizeSection(column, std::min(px, m_widest.value(column, px)));
    }
    giveWay();
}

// For as many columns as can be in sight at all.
void FittedColumns::giveWay() const {
    const auto& [column, leastPx, inSight] = m_yielding;
    if (column < 0 || m_own.contains(column)) return;
    QHeaderView* header = m_table->horizontalHeader();
    const int px = header->sectionSize(column);
    for (int place = header->visualIndex(inSight); place > header->visualIndex(column); --place) {
        const int tooMuch =
            std::max(0, header->sectionPosition(header->logicalIndex(place)) +
                            header->sectionSize(header->logicalIndex(place)) - m_table->viewport()->width());
        if (px - tooMuch < leastPx) continue;
        header->resizeSection(column, px - tooMuch);
        return;
    }
    // Alone, it ends where the view does.
    header->resizeSection(column, std::max(leastPx, std::min(px, m_table->viewport()->width())));
}

bool FittedColumns::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) fit();
    return QObject::eventFilter(watched, event);
}

}  // namespace ui
