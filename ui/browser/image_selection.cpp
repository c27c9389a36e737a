// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_selection.h"

#include <QItemSelectionModel>
#include <algorithm>

#include "ui/browser/image_list_model.h"

namespace ui {

using services::ImageId;

ImageSelection::ImageSelection(const services::Project* project, ImageListModel* list, QObject* parent)
    : QObject(parent), m_project(project), m_list(list), m_model(new QItemSelectionModel(list, this)) {
    connect(m_list, &ImageListModel::aboutToReplace, this, &ImageSelection::keep);
    connect(m_list, &ImageListModel::replaced, this, &ImageSelection::restore);
    connect(m_model, &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (!m_replacing && index.isValid()) take(m_list->idAt(index.row()));
    });
}

QVector<ImageId> ImageSelection::selected() const {
    std::vector<int> positions;
    for (const QItemSelectionRange& range : m_model->selection())
        for (int position = range.top(); position <= range.bottom(); ++position) positions.push_back(position);
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    QVector<ImageId> ids;
    ids.reserve(static_cast<qsizetype>(positions.size()));
    for (const int position : positions) ids.append(m_list->idAt(position));
    return ids;
}

void ImageSelection::take(ImageId id) {
    if (id == m_current) return;
    m_current = id;
    Q_EMIT currentChanged(id);
}

void ImageSelection::setCurrent(ImageId id) {
    if (m_project->rowOf(id) < 0) return;
    const int position = m_list->positionOf(id);
    if (position >= 0)
        m_model->setCurrentIndex(m_list->index(position, 0),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        m_model->clear();
    take(id);
    if (position >= 0) Q_EMIT moved();
}

void ImageSelection::step(int distance) {
    const int count = m_list->rowCount();
    if (count == 0) return;
    const auto& query = m_list->query();
    const int row = m_project->rowOf(m_current);
    int target = 0;
    if (row >= 0) {
        const int at = query.positionOfOrAfter(row);
        const bool listed = query.positionOf(row) >= 0;
        target = distance > 0 && !listed ? at : at + distance;
    }
    setCurrent(m_list->idAt(std::clamp(target, 0, count - 1)));
}

bool ImageSelection::goToDisagreement() {
    const auto& query = m_list->query();
    const int count = m_list->rowCount();
    const int row = m_project->rowOf(m_current);
    const int start = row < 0 ? 0 : query.positionOfOrAfter(row) + (query.positionOf(row) >= 0 ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const int position = (start + i) % count;
        if (!query.disagrees(query.rows()[static_cast<std::size_t>(position)])) continue;
        if (m_list->idAt(position) == m_current) return false;
        setCurrent(m_list->idAt(position));
        return true;
    }
    return false;
}

void ImageSelection::keep() {
    m_replacing = true;
    m_kept = selected();
}

void ImageSelection::restore() {
    std::vector<int> positions;
    for (const ImageId id : m_kept)
        if (const int position = m_list->positionOf(id); position >= 0) positions.push_back(position);
    const int current = m_list->positionOf(m_current);
    if (positions.empty() && current >= 0) positions.push_back(current);
    std::sort(positions.begin(), positions.end());
    QItemSelection selection;
    for (std::size_t i = 0; i < positions.size();) {
        std::size_t end = i + 1;
        while (end < positions.size() && positions[end] == positions[end - 1] + 1) ++end;
        selection.append(QItemSelectionRange(m_list->index(positions[i], 0),
                                             m_list->index(positions[end - 1], ImageListModel::ColumnCount - 1)));
        i = end;
    }
    m_model->setCurrentIndex(current >= 0 ? m_list->index(current, 0) : QModelIndex(), QItemSelectionModel::NoUpdate);
    m_model->select(selection, QItemSelectionModel::ClearAndSelect);
    m_kept.clear();
    m_replacing = false;
}

}  // namespace ui
