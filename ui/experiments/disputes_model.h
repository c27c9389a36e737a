// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "app/services/reporting/model_comparison.h"
#include "engine/metrics/operating_point.h"

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
    int rowOf(services::ImageId image) const;  // -1: they do not disagree on it

private:
    // Of the columns First and Second.
    std::size_t modelOf(int column) const { return column == First ? m_first : m_second; }
    engine::Verdict verdict(const services::ComparedImage& image, int column) const;

    services::ModelComparisonPtr m_comparison;
    std::size_t m_first = 0, m_second = 0;
    std::vector<const services::ComparedImage*> m_images;
};

}  // namespace ui
