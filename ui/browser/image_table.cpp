// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_table.h"

#include <QHeaderView>
#include <array>

#include "ui/common/table_style.h"
#include "ui/common/verdict_delegate.h"

namespace ui {

using services::OrderKey;

namespace {

// The order of verdicts is that of the scores.
constexpr std::array<OrderKey, ImageListModel::ColumnCount> keys = {
    OrderKey::Name,  OrderKey::Label,      OrderKey::Score, OrderKey::Score,
    OrderKey::Split, OrderKey::DefectType, OrderKey::Date};
constexpr std::array<int, ImageListModel::ColumnCount> widths = {124, 92, 100, 60, 88, 136, 152};

OrderKey keyOf(int column) {
    return keys[static_cast<std::size_t>(column)];
}

}  // namespace

ImageTable::ImageTable(ImageListModel* model, QWidget* parent) : QTableView(parent) {
    setObjectName(QStringLiteral("imageTable"));
    setAccessibleName(tr("Images"));
    styleTable(this);
    setSelectionMode(ExtendedSelection);
    setModel(model);
    QHeaderView* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    for (int column = 0; column < ImageListModel::ColumnCount; ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
    // What a narrow panel shows is the verdict, next to the name.
    header->moveSection(ImageListModel::Label, ImageListModel::Score);
    setItemDelegateForColumn(ImageListModel::Verdict, new VerdictDelegate(this));
    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        const bool again = column == m_orderColumn && keyOf(column) == m_order.key;
        m_orderColumn = column;
        Q_EMIT orderChanged({keyOf(column), again && !m_order.descending});
    });
}

void ImageTable::setOrder(const services::ImageOrder& order) {
    m_order = order;
    if (keyOf(m_orderColumn) != order.key)
        for (int column = 0; column < ImageListModel::ColumnCount; ++column)
            if (keyOf(column) == order.key) m_orderColumn = column;
    horizontalHeader()->setSortIndicator(m_orderColumn, order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

}  // namespace ui
