// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QPointer>
#include <QVector>
#include <vector>

#include "app/services/project/project.h"
#include "app/services/query/image_query.h"

namespace ui {

// The images of a project that match the filter, for grid and table alike. A moved cut changes the data of the rows
// that are judged anew and nothing else; with a verdict filter, a few rows come and go; only what changes the list as a
// whole resets it. aboutToReplace and replaced stand around everything that moves rows: whoever keeps a selection can
// bring it back by the images' ids.
class ImageListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Label, Verdict, Score, Split, DefectType, Modified, ColumnCount };

    explicit ImageListModel(services::Project* project, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const services::Project* project() const { return m_project; }
    const services::ImageQuery& query() const { return m_query; }
    void setFilter(const services::ImageFilter& filter);
    void setOrder(const services::ImageOrder& order);

    // A position is a row of this model; -1 where an image is unknown or does not match.
    const services::ImageRecord& image(int position) const;
    services::ImageId idAt(int position) const { return image(position).id; }
    int positionOf(services::ImageId id) const;
    engine::Verdict verdictAt(int position) const;
    engine::Verdict shownVerdictAt(int position) const;  // Error also for one without score and thumbnail
    QString failureAt(int position) const;
    QString scoreTextAt(int position) const;
    int decimals() const { return m_decimals; }  // of every score

    // Thumbnails that came, and why one did not.
    void thumbnailsReady(const QVector<services::ImageId>& ids);
    void thumbnailFailed(services::ImageId id, const QString& reason);

Q_SIGNALS:
    void aboutToReplace();
    void replaced();
    void countsChanged();

private:
    void operatingPointChanged();
    void labelsChanged(const QVector<int>& rows);
    void scoresChanged(const QVector<int>& rows);
    // Brings the list to what the query says now, by the smallest change that does.
    void refresh();
    bool isSameSet(const std::vector<int>& rows) const;
    bool spliceRows(const std::vector<int>& rows);
    void emitDataChanged(const std::vector<int>& projectRows);
    void emitAllChanged();
    QVariant text(const services::ImageRecord& image, int position, int column) const;

    services::Project* m_project;
    services::ImageQuery m_query;
    std::vector<int> m_rows;  // of the project
    QHash<services::ImageId, QString> m_failures;
    int m_decimals = 2;
};

}  // namespace ui
