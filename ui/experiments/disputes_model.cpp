// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/disputes_model.h"

#include <algorithm>

#include "ui/browser/words.h"
#include "ui/common/theme.h"
#include "ui/common/verdict_delegate.h"

namespace ui {

DisputesModel::DisputesModel(QObject* parent) : QAbstractTableModel(parent) {}

void DisputesModel::setPair(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second) {
    beginResetModel();
    m_comparison = std::move(comparison);
    m_first = first;
    m_second = second;
    m_images.clear();
    if (m_comparison)
        std::copy_if(m_comparison->disputed.begin(), m_comparison->disputed.end(), std::back_inserter(m_images),
                     [&](const auto* image) { return image->flagged[first] != image->flagged[second]; });
    endResetModel();
}

int DisputesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_images.size());
}

int DisputesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

engine::Verdict DisputesModel::verdict(const services::ComparedImage& image, int column) const {
    return image.flagged[modelOf(column)] != 0 ? engine::Verdict::Fail : engine::Verdict::Pass;
}

QVariant DisputesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const bool isScore = index.column() == First || index.column() == Second;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isScore ? Qt::AlignRight : Qt::AlignLeft));
    const services::ComparedImage& image = *m_images[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromStdString(image.name);
    if (role == Qt::ToolTipRole) return name;
    if (isScore && role == VerdictRole) return static_cast<int>(verdict(image, index.column()));
    if (isScore && role == Qt::AccessibleTextRole)
        return QStringLiteral("%1 %2").arg(verdictWord(verdict(image, index.column())), index.data().toString());
    if (role != Qt::DisplayRole) return {};
    if (isScore) {
        const double score = image.scores[modelOf(index.column())];
        return scoreText(score, scoreDecimals(score));
    }
    if (index.column() == Name) return name;
    return image.defectType.empty() ? labelWord(image.label) : defectTypeWord(QString::fromStdString(image.defectType));
}

QVariant DisputesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool isScore = section == First || section == Second;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isScore ? Qt::AlignRight : Qt::AlignLeft));
    const auto modelName = [this](std::size_t model) {
        return m_comparison ? QString::fromStdString(m_comparison->comparison.models[model]->name) : QString();
    };
    if (role == Qt::ToolTipRole && isScore) return modelName(modelOf(section));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name:
            return tr("Image");
        case Label:
            return tr("Label");
        case First:
            return tr("A");
        default:
            return tr("B");
    }
}

services::ImageId DisputesModel::idAt(int row) const {
    return m_comparison->images.at(m_images[static_cast<std::size_t>(row)]->name);
}

int DisputesModel::rowOf(services::ImageId image) const {
    if (!m_comparison) return -1;
    const auto& ids = m_comparison->images;
    const auto named =
        std::find_if(ids.begin(), ids.end(), [image](const auto& entry) { return entry.second == image; });
    if (named == ids.end()) return -1;
    const auto found = std::find_if(m_images.begin(), m_images.end(),
                                    [&](const services::ComparedImage* other) { return other->name == named->first; });
    return found == m_images.end() ? -1 : static_cast<int>(found - m_images.begin());
}

}  // namespace ui
