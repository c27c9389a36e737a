// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>

namespace ui {

// Cells of one size, in as many columns as fit. Where a cell is follows from its number alone, so that 100 000 of them
// are laid out, filtered and sorted again without being looked at; QListView visits each. Dragging and Shift select
// everything between, as in a text.
class GridView : public QAbstractItemView {
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);

    void setCellWidth(int smallest);  // cells are as wide as the columns that fit leave room for
    int cellWidth() const { return m_smallestCell; }
    QSize cellSize() const;
    int columns() const;
    // Positions of the first and the last cell that can be seen; {0, -1} if there is none.
    std::pair<int, int> visibleRange() const;

    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;
    void setModel(QAbstractItemModel* model) override;
    void keyboardSearch(const QString&) override {}  // letters label images
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;

Q_SIGNALS:
    void viewChanged();  // scrolled, resized or laid out anew
    void cellWidthChanged(int smallest);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex&) const override { return false; }
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

private:
    int count() const;
    int lines() const;
    int linePitch() const;
    int contentWidth() const;
    QRect cell(int position) const;  // in the viewport
    int nearest(const QPoint& point) const;
    QRect linesOf(int first, int last) const;

    int m_smallestCell = 96;
    std::pair<int, int> m_inSight = {0, -1};  // the rows that were last seen, or scrolled to
};

}  // namespace ui
