// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_table.h"

#include <QHeaderView>
#include <QProxyStyle>
#include <QStyleOptionHeader>
#include <array>

#include "ui/browser/image_delegate.h"
#include "ui/common/theme.h"

namespace ui {

using services::OrderKey;

namespace {

// The order of verdicts is that of the scores.
constexpr std::array<OrderKey, ImageListModel::ColumnCount> keys = {
    OrderKey::Name,  OrderKey::Label,      OrderKey::Score, OrderKey::Score,
    OrderKey::Split, OrderKey::DefectType, OrderKey::Date};
constexpr std::array<int, ImageListModel::ColumnCount> widths = {184, 92, 100, 76, 88, 136, 152};

// Numbers that end at the right edge of a column need room before the words of the next.
class RoomyStyle : public QProxyStyle {
public:
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        if (metric == PM_FocusFrameHMargin) return metrics::gap - 1;  // the style adds one
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
    // Not by PM_HeaderMargin, which would take from the height as well.
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        if (element != CE_HeaderLabel || header == nullptr)
            return QProxyStyle::drawControl(element, option, painter, widget);
        QStyleOptionHeader label = *header;
        label.version = QStyleOptionHeader::Version;  // what a later version holds is not copied
        const int room = metrics::gap - pixelMetric(PM_HeaderMargin, option, widget);
        label.rect.adjust(room, 0, -room, 0);
        QProxyStyle::drawControl(element, &label, painter, widget);
    }
};

OrderKey keyOf(int column) {
    return keys[static_cast<std::size_t>(column)];
}

}  // namespace

ImageTable::ImageTable(ImageListModel* model, QWidget* parent) : QTableView(parent) {
    setObjectName(QStringLiteral("imageTable"));
    setAccessibleName(tr("Images"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideMiddle);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setFont(numberFont());
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(metrics::rowHeight);
    verticalHeader()->setDefaultSectionSize(metrics::rowHeight);
    setModel(model);
    QHeaderView* header = horizontalHeader();
    auto* style = new RoomyStyle;
    style->setParent(this);
    setStyle(style);
    header->setStyle(style);
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setFixedHeight(metrics::rowHeight);
    for (int column = 0; column < ImageListModel::ColumnCount; ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
    setItemDelegateForColumn(ImageListModel::Verdict, new VerdictDelegate(model, this));
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
