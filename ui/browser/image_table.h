// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "app/services/query/image_filter.h"
#include "ui/browser/image_list_model.h"

namespace ui {

class ImageTable : public QTableView {
    Q_OBJECT
public:
    explicit ImageTable(ImageListModel* model, QWidget* parent = nullptr);

    void setOrder(const services::ImageOrder& order);
    void keyboardSearch(const QString&) override {}  // letters label images

Q_SIGNALS:
    void orderChanged(const services::ImageOrder& order);

private:
    services::ImageOrder m_order;
    int m_orderColumn = ImageListModel::Name;
};

}  // namespace ui
