// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "app/services/reporting/model_comparison.h"

namespace ui {

// The images on which two models disagree: defects first, those with the widest difference of rank before the others.
class DisputesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Label, First, Second, ColumnCount };

    explicit DisputesModel(QObject* parent = nullptr);

    // The pair of models is that of indices into comparison->comparison.models; null: nothing is shown.
    void setPair(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    services::ImageId idAt(int row) const;

private:
    QString scoreText(const services::ComparedImage& image, std::size_t model) const;

    services::ModelComparisonPtr m_comparison;
    std::size_t m_first = 0, m_second = 0;
    std::vector<const services::ComparedImage*> m_images;
};

}  // namespace ui
