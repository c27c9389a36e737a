// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <array>

#include "app/services/query/image_filter.h"
#include "ui/browser/image_list_model.h"

namespace ui {

// Columns are as wide as what can be in them; the name has what those that fit beside it leave, and a narrow table
// tells verdicts by their shape. There is no score while nothing is scored. A width that was set by hand stays.
class ImageTable : public QTableView {
    Q_OBJECT
public:
    explicit ImageTable(ImageListModel* model, QWidget* parent = nullptr);

    void setOrder(const services::ImageOrder& order);
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void keyboardSearch(const QString&) override {}  // letters label images

Q_SIGNALS:
    void orderChanged(const services::ImageOrder& order);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fitColumns();
    void fitName();
    void fitVerdict();
    int usualWidth(int column) const;
    int leastWidth(int column) const;
    void give(int column, int width);
    int textWidth(int column) const;

    ImageListModel* m_images;
    services::ImageOrder m_order;
    int m_orderColumn = ImageListModel::Name;
    std::array<int, ImageListModel::ColumnCount> m_given = {};
    bool m_currentSeen = false;
};

}  // namespace ui
