// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "app/services/reporting/experiments.h"

namespace ui {

// The trained models of a project, one a row, in order of creation. The sort role holds what a column is sorted by: a
// number where there is one, nothing where a figure is not defined.
class ExperimentsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Model,
        Auroc,
        Escapes,
        FalseRejects,
        PixelAuroc,
        Aupro,
        Method,
        Backbone,
        InputSize,
        Parameters,
        FitTime,
        ImageTime,
        FileSize,
        Scored,
        Trained,
        ColumnCount
    };
    static constexpr int sortRole = Qt::UserRole;

    explicit ExperimentsModel(services::Experiments* experiments, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    services::ModelId idAt(int row) const { return m_rows[static_cast<std::size_t>(row)].record.id; }

private:
    void take(int row);

    services::Experiments* m_experiments;
    std::vector<services::Experiment> m_rows;
};

}  // namespace ui
