// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/disputes_model.h"

#include <algorithm>

#include "ui/browser/words.h"
#include "ui/common/theme.h"

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

QString DisputesModel::scoreText(const services::ComparedImage& image, std::size_t model) const {
    const auto verdict = image.flagged[model] != 0 ? engine::Verdict::Fail : engine::Verdict::Pass;
    return QStringLiteral("%1 %2").arg(verdictSymbol(verdict),
                                       ui::scoreText(image.scores[model], scoreDecimals(image.scores[model])));
}

QVariant DisputesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const bool isScore = index.column() == First || index.column() == Second;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isScore ? Qt::AlignRight : Qt::AlignLeft));
    const services::ComparedImage& image = *m_images[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromStdString(image.name);
    if (role == Qt::ToolTipRole) return name;
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Name:
            return name;
        case Label:
            return image.defectType.empty() ? labelWord(image.label)
                                            : defectTypeWord(QString::fromStdString(image.defectType));
        case First:
            return scoreText(image, m_first);
        default:
            return scoreText(image, m_second);
    }
}

QVariant DisputesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool isScore = section == First || section == Second;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isScore ? Qt::AlignRight : Qt::AlignLeft));
    const auto modelName = [this](std::size_t model) {
        return m_comparison ? QString::fromStdString(m_comparison->comparison.models[model]->name) : QString();
    };
    if (role == Qt::ToolTipRole && isScore) return modelName(section == First ? m_first : m_second);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name:
            return tr("They disagree on");
        case Label:
            return tr("Label");
        case First:
            return tr("Model A");
        default:
            return tr("Model B");
    }
}

services::ImageId DisputesModel::idAt(int row) const {
    return m_comparison->images.at(m_images[static_cast<std::size_t>(row)]->name);
}

}  // namespace ui
