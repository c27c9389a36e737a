// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/grid_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QWheelEvent>
#include <algorithm>

#include "ui/browser/image_delegate.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int smallestCellWidth = 80;
constexpr int largestCellWidth = 320;

}  // namespace

GridView::GridView(QWidget* parent) : QAbstractItemView(parent) {
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAutoScrollMargin(metrics::margin);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setMouseTracking(true);
}

void GridView::setModel(QAbstractItemModel* model) {
    QAbstractItemView::setModel(model);
    if (model == nullptr) return;
    const auto layOut = [this] {
        updateGeometries();
        viewport()->update();
    };
    connect(model, &QAbstractItemModel::layoutChanged, this, layOut);
    connect(model, &QAbstractItemModel::rowsRemoved, this, layOut);
    connect(model, &QAbstractItemModel::modelReset, this, layOut);
}

void GridView::rowsInserted(const QModelIndex& parent, int start, int end) {
    QAbstractItemView::rowsInserted(parent, start, end);
    updateGeometries();
    viewport()->update();
}

void GridView::setCellWidth(int smallest) {
    smallest = std::clamp(smallest, smallestCellWidth, largestCellWidth);
    if (smallest == m_smallestCell) return;
    const int first = visibleRange().first;
    m_smallestCell = smallest;
    updateGeometries();
    if (count() > 0) verticalScrollBar()->setValue(first / columns() * linePitch());
    viewport()->update();
    Q_EMIT cellWidthChanged(smallest);
}

int GridView::count() const {
    return model() == nullptr ? 0 : model()->rowCount(rootIndex());
}

// The scroll bar's room is kept free when there is none: cells do not change their size with the number of images.
int GridView::contentWidth() const {
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    return std::max(width() - metrics::margin - std::max(metrics::margin, bar), m_smallestCell);
}

int GridView::columns() const {
    return std::max(1, (contentWidth() + metrics::gap) / (m_smallestCell + metrics::gap));
}

QSize GridView::cellSize() const {
    const int width = (contentWidth() - (columns() - 1) * metrics::gap) / columns();
    return {width, ImageDelegate::cellHeight(width)};
}

int GridView::lines() const {
    return (count() + columns() - 1) / columns();
}

int GridView::linePitch() const {
    return cellSize().height() + metrics::gap;
}

int GridView::verticalOffset() const {
    return verticalScrollBar()->value();
}

QRect GridView::cell(int position) const {
    const QSize size = cellSize();
    const int column = position % columns();
    const int line = position / columns();
    return {QPoint(metrics::margin + column * (size.width() + metrics::gap),
                   metrics::gap + line * linePitch() - verticalOffset()),
            size};
}

std::pair<int, int> GridView::visibleRange() const {
    if (count() == 0) return {0, -1};
    const int top = verticalOffset() - metrics::gap;
    const int first = std::clamp(top / linePitch(), 0, lines() - 1);
    const int last = std::clamp((top + viewport()->height()) / linePitch(), first, lines() - 1);
    return {first * columns(), std::min(last * columns() + columns(), count()) - 1};
}

QRect GridView::visualRect(const QModelIndex& index) const {
    return index.isValid() ? cell(index.row()) : QRect();
}

QModelIndex GridView::indexAt(const QPoint& point) const {
    const int position = nearest(point);
    return position >= 0 && cell(position).contains(point) ? model()->index(position, 0, rootIndex()) : QModelIndex();
}

int GridView::nearest(const QPoint& point) const {
    if (count() == 0) return -1;
    const QSize size = cellSize();
    const int column = std::clamp((point.x() - metrics::margin) / (size.width() + metrics::gap), 0, columns() - 1);
    const int line = std::clamp((point.y() + verticalOffset() - metrics::gap) / linePitch(), 0, lines() - 1);
    return std::min(line * columns() + column, count() - 1);
}

void GridView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid()) return;
    const QRect rect = visualRect(index);
    const int height = viewport()->height();
    const int value = verticalOffset();
    if (hint == PositionAtCenter)
        verticalScrollBar()->setValue(value + rect.center().y() - height / 2);
    else if (hint == PositionAtTop || rect.top() < metrics::gap)
        verticalScrollBar()->setValue(value + rect.top() - metrics::gap);
    else if (hint == PositionAtBottom || rect.bottom() + metrics::gap >= height)
        verticalScrollBar()->setValue(value + rect.bottom() + metrics::gap - height + 1);
    m_inSight = visibleRange();  // before it is painted: a resize may come first
}

QModelIndex GridView::moveCursor(CursorAction action, Qt::KeyboardModifiers) {
    if (count() == 0) return {};
    const int last = count() - 1;
    if (!currentIndex().isValid()) return model()->index(0, 0, rootIndex());
    const int at = currentIndex().row();
    const int page = std::max(1, viewport()->height() / linePitch()) * columns();
    const auto jump = [&](int distance) {
        const int target = at + distance;
        // A jump over the end stays in its column; from the last full line it reaches the cells of the line below.
        if (target < 0) return distance == -columns() ? at : at % columns();
        if (target > last) return last / columns() > at / columns() ? last : at;
        return target;
    };
    int target = at;
    switch (action) {
        case MoveLeft:
        case MovePrevious:
            target = std::max(at - 1, 0);
            break;
        case MoveRight:
        case MoveNext:
            target = std::min(at + 1, last);
            break;
        case MoveUp:
            target = jump(-columns());
            break;
        case MoveDown:
            target = jump(columns());
            break;
        case MovePageUp:
            target = jump(-page);
            break;
        case MovePageDown:
            target = jump(page);
            break;
        case MoveHome:
            target = 0;
            break;
        case MoveEnd:
            target = last;
            break;
    }
    return model()->index(target, 0, rootIndex());
}

void GridView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) {
    if (count() == 0) return;
    // A press beside the cells deselects; only what began on a cell or crosses one selects.
    if (rect.width() == 1 && rect.height() == 1 && !indexAt(rect.topLeft()).isValid()) {
        selectionModel()->select(QItemSelection(), command);
        return;
    }
    const auto [first, last] = std::minmax({nearest(rect.topLeft()), nearest(rect.bottomRight())});
    const int lastColumn = model()->columnCount(rootIndex()) - 1;
    selectionModel()->select(
        QItemSelection(model()->index(first, 0, rootIndex()), model()->index(last, lastColumn, rootIndex())), command);
}

QRect GridView::linesOf(int first, int last) const {
    const QRect top = cell(first);
    const QRect bottom = cell(last);
    return {0, top.top(), viewport()->width(), bottom.bottom() - top.top() + 1};
}

QRegion GridView::visualRegionForSelection(const QItemSelection& selection) const {
    const auto [firstVisible, lastVisible] = visibleRange();
    QRegion region;
    for (const QItemSelectionRange& range : selection) {
        const int first = std::max(range.top(), firstVisible);
        const int last = std::min(range.bottom(), lastVisible);
        if (range.isValid() && first <= last) region += linesOf(first, last);
    }
    return region;
}

void GridView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>&) {
    const auto [firstVisible, lastVisible] = visibleRange();
    const int first = std::max(topLeft.row(), firstVisible);
    const int last = std::min(bottomRight.row(), lastVisible);
    if (first <= last) viewport()->update(first == last ? cell(first) : linesOf(first, last));
}

void GridView::updateGeometries() {
    const int height = viewport()->height();
    verticalScrollBar()->setSingleStep(linePitch() / 3);
    verticalScrollBar()->setPageStep(height);
    verticalScrollBar()->setRange(0, std::max(0, lines() * linePitch() + metrics::gap - height));
    QAbstractItemView::updateGeometries();
    Q_EMIT viewChanged();
}

void GridView::scrollContentsBy(int dx, int dy) {
    QAbstractItemView::scrollContentsBy(dx, dy);
    viewport()->scroll(0, dy);
    Q_EMIT viewChanged();
}

// The current image, if it was seen, or else the first one that was: the lines are others now.
void GridView::resizeEvent(QResizeEvent* event) {
    const auto [first, last] = m_inSight;
    const int current = currentIndex().row();
    const bool moves = event->oldSize().width() != event->size().width();
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    if (moves && first > 0) verticalScrollBar()->setValue(first / columns() * linePitch());
    if (current >= first && current <= last) scrollTo(currentIndex());
}

void GridView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) return QAbstractItemView::wheelEvent(event);
    if (event->angleDelta().y() != 0) setCellWidth(m_smallestCell + (event->angleDelta().y() > 0 ? 16 : -16));
    event->accept();
}

void GridView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    if (count() == 0) return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    m_inSight = visibleRange();
    const auto [first, last] = m_inSight;
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    const bool focused = hasFocus();
    for (int position = first; position <= last; ++position) {
        option.rect = cell(position);
        if (!event->region().intersects(option.rect)) continue;
        const QModelIndex index = model()->index(position, 0, rootIndex());
        option.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_On);
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_On, position == current);
        option.state.setFlag(QStyle::State_HasFocus, position == current && focused);
        itemDelegate()->paint(&painter, option, index);
    }
}

}  // namespace ui
