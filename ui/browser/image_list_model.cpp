// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_list_model.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/browser/words.h"
#include "ui/common/theme.h"
#include "ui/common/verdict_delegate.h"

namespace ui {

namespace {

// Beyond that many runs of rows that come and go, one reset costs the views less than the runs.
constexpr std::size_t largestSplice = 32;

struct Run {
    int first = 0;
    int count = 0;
};

void extend(std::vector<Run>& runs, int position) {
    if (!runs.empty() && runs.back().first + runs.back().count == position)
        ++runs.back().count;
    else
        runs.push_back({position, 1});
}

}  // namespace

ImageListModel::ImageListModel(services::Project* project, QObject* parent)
    : QAbstractTableModel(parent),
      m_project(project),
      m_query(project->images(), project->operatingPoint()),
      m_rows(m_query.rows()) {
    scoresChanged({});
    connect(project, &services::Project::operatingPointChanged, this, &ImageListModel::operatingPointChanged);
    connect(project, &services::Project::currentModelChanged, this, &ImageListModel::operatingPointChanged);
    connect(project, &services::Project::labelsChanged, this, &ImageListModel::labelsChanged);
    connect(project, &services::Project::scoresChanged, this, &ImageListModel::scoresChanged);
}

int ImageListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImageListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const services::ImageRecord& ImageListModel::image(int position) const {
    return m_project->images()[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(position)])];
}

int ImageListModel::positionOf(services::ImageId id) const {
    return m_query.positionOf(m_project->rowOf(id));
}

engine::Verdict ImageListModel::verdictAt(int position) const {
    return m_query.verdictOf(m_rows[static_cast<std::size_t>(position)]);
}

QString ImageListModel::failureAt(int position) const {
    const services::ImageRecord& record = image(position);
    return record.failure.isEmpty() ? m_failures.value(record.id) : record.failure;
}

// What an image was found to be stands when its file is gone: it is counted as that everywhere else.
engine::Verdict ImageListModel::shownVerdictAt(int position) const {
    return image(position).isScored() || failureAt(position).isEmpty() ? verdictAt(position) : engine::Verdict::Error;
}

QString ImageListModel::scoreTextAt(int position) const {
    return scoreText(image(position).score, m_decimals);
}

QVariant ImageListModel::text(const services::ImageRecord& record, int position, int column) const {
    switch (column) {
        case Name:
            return record.name;
        case Label:
            return labelWord(record.label);
        case Verdict:
            return verdictWord(shownVerdictAt(position));
        case Score:
            return scoreTextAt(position);
        case Split:
            return splitWord(record.split);
        case DefectType:
            return defectTypeWord(record.defectType);
        case Modified:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(record.file.modifiedMs), QLocale::ShortFormat);
        default:
            return {};
    }
}

QVariant ImageListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const services::ImageRecord& record = image(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(record, index.row(), index.column());
        case Qt::TextAlignmentRole:
            return index.column() == Score || index.column() == Modified
                       ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                       : QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
        case VerdictRole:
            return static_cast<int>(shownVerdictAt(index.row()));
        case Qt::ToolTipRole: {
            const QString failure = failureAt(index.row());
            if (!failure.isEmpty()) return record.name + u'\n' + failure;
            return index.column() == Verdict ? record.name + u'\n' + verdictWord(shownVerdictAt(index.row()))
                                             : record.name;
        }
        case Qt::AccessibleTextRole: {
            QString spoken = record.name + QStringLiteral(", ") + labelWord(record) + QStringLiteral(", ") +
                             verdictWord(shownVerdictAt(index.row()));
            if (record.isScored()) spoken += u' ' + scoreTextAt(index.row());
            return spoken;
        }
        default:
            return {};
    }
}

QVariant ImageListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == Score || section == Modified ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name:
            return tr("Name");
        case Label:
            return tr("Label");
        case Verdict:
            return tr("Verdict");
        case Score:
            return tr("Score");
        case Split:
            return tr("Split");
        case DefectType:
            return tr("Defect type");
        default:
            return tr("Modified");
    }
}

void ImageListModel::setFilter(const services::ImageFilter& filter) {
    if (filter == m_query.filter()) return;
    m_query.setFilter(filter);
    refresh();
    Q_EMIT countsChanged();
}

void ImageListModel::setOrder(const services::ImageOrder& order) {
    if (order == m_query.order()) return;
    m_query.setOrder(order);
    refresh();
}

void ImageListModel::operatingPointChanged() {
    const std::vector<int> changed = m_query.setOperatingPoint(m_project->operatingPoint());
    if (changed.empty()) return;
    if (m_query.filter().dependsOnCuts()) refresh();
    emitDataChanged(changed);
    Q_EMIT countsChanged();
}

void ImageListModel::labelsChanged(const QVector<int>& rows) {
    m_query.labelsChanged();
    refresh();
    emitDataChanged({rows.begin(), rows.end()});
    Q_EMIT countsChanged();
}

void ImageListModel::scoresChanged(const QVector<int>& rows) {
    m_query.scoresChanged(std::span(rows.constData(), static_cast<std::size_t>(rows.size())));
    const auto& scored = m_query.scores().rows();
    const int decimals =
        scored.empty() ? 2 : scoreDecimals(std::max(std::abs(scored.front().score), std::abs(scored.back().score)));
    const bool all = rows.isEmpty() || decimals != m_decimals;
    m_decimals = decimals;
    refresh();
    if (all)
        emitAllChanged();
    else
        emitDataChanged({rows.begin(), rows.end()});
    Q_EMIT countsChanged();
}

void ImageListModel::thumbnailsReady(const QVector<services::ImageId>& ids) {
    std::vector<int> rows;
    for (const services::ImageId id : ids) {
        m_failures.remove(id);
        rows.push_back(m_project->rowOf(id));
    }
    emitDataChanged(rows);
}

void ImageListModel::thumbnailFailed(services::ImageId id, const QString& reason) {
    m_failures.insert(id, reason);
    emitDataChanged({m_project->rowOf(id)});
}

void ImageListModel::refresh() {
    const std::vector<int>& rows = m_query.rows();
    if (rows == m_rows) return;
    Q_EMIT aboutToReplace();
    if (isSameSet(rows)) {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex& old : before)
            after.append(index(m_query.positionOf(m_rows[static_cast<std::size_t>(old.row())]), old.column()));
        m_rows = rows;
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, VerticalSortHint);
    } else if (!spliceRows(rows)) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    }
    Q_EMIT replaced();
}

bool ImageListModel::isSameSet(const std::vector<int>& rows) const {
    return rows.size() == m_rows.size() &&
           std::all_of(m_rows.begin(), m_rows.end(), [this](int row) { return m_query.positionOf(row) >= 0; });
}

// Where the rows that stay keep their order, the others are removed and inserted run by run.
bool ImageListModel::spliceRows(const std::vector<int>& rows) {
    const auto before = [this](int a, int b) { return m_query.isBefore(a, b); };
    if (!std::is_sorted(m_rows.begin(), m_rows.end(), before)) return false;
    std::vector<Run> removed;   // positions in the old list
    std::vector<Run> inserted;  // positions in the new one
    std::size_t from = 0;
    std::size_t to = 0;
    while (from < m_rows.size() || to < rows.size()) {
        if (from < m_rows.size() && to < rows.size() && m_rows[from] == rows[to]) {
            ++from;
            ++to;
        } else if (to == rows.size() || (from < m_rows.size() && before(m_rows[from], rows[to]))) {
            extend(removed, static_cast<int>(from++));
        } else {
            extend(inserted, static_cast<int>(to++));
        }
        if (removed.size() + inserted.size() > largestSplice) return false;
    }
    for (auto run = removed.rbegin(); run != removed.rend(); ++run) {
        beginRemoveRows({}, run->first, run->first + run->count - 1);
        const auto first = m_rows.begin() + run->first;
        m_rows.erase(first, first + run->count);
        endRemoveRows();
    }
    for (const Run& run : inserted) {
        beginInsertRows({}, run.first, run.first + run.count - 1);
        const auto first = rows.begin() + run.first;
        m_rows.insert(m_rows.begin() + run.first, first, first + run.count);
        endInsertRows();
    }
    return true;
}

void ImageListModel::emitAllChanged() {
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ImageListModel::emitDataChanged(const std::vector<int>& projectRows) {
    std::vector<int> positions;
    positions.reserve(projectRows.size());
    for (const int row : projectRows)
        if (const int position = m_query.positionOf(row); position >= 0) positions.push_back(position);
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    std::vector<Run> runs;
    for (const int position : positions) extend(runs, position);
    for (const Run& run : runs)
        Q_EMIT dataChanged(index(run.first, 0), index(run.first + run.count - 1, ColumnCount - 1));
}

}  // namespace ui
