// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/experiments_model.h"

#include <QLocale>

#include "app/services/inspection/inspector.h"
#include "ui/experiments/experiment_words.h"
#include "ui/training/weight_sources.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

using Column = ExperimentsModel::Column;

QString parametersOf(const engine::ModelInfo& info) {
    QStringList parts;
    for (const auto& [key, value] : info.parameters)
        parts << QStringLiteral("%1 = %2").arg(QString::fromStdString(key), QString::fromStdString(value));
    return parts.join(QStringLiteral(", "));
}

FigureText plain(const QString& text) {
    return {text, text, {}};
}

FigureText secondsFigure(const std::optional<double>& seconds) {
    if (!seconds) return {QStringLiteral("\u2013"), {}, ExperimentsModel::tr("Not recorded")};
    return {durationText(*seconds), *seconds, {}};
}

FigureText imageTimeFigure(const std::optional<engine::StageTimes>& times) {
    if (!times) return {QStringLiteral("\u2013"), {}, ExperimentsModel::tr("Not recorded")};
    return {QLocale().toString(times->total, 'f', 1), times->total, ExperimentsModel::tr("Median of the last scoring")};
}

FigureText scoredFigure(const services::Experiment& experiment) {
    const QLocale locale;
    const auto scored = static_cast<qint64>(experiment.evaluation->images.size());
    if (experiment.unscored == 0) return {locale.toString(scored), scored, {}};
    return {
        ExperimentsModel::tr("%1 of %2").arg(locale.toString(scored), locale.toString(scored + experiment.unscored)),
        scored, ExperimentsModel::tr("The others have no score by this model yet")};
}

FigureText ofRecord(const services::Experiment& experiment, int column) {
    const services::ModelRecord& record = experiment.record;
    switch (column) {
        case Column::Model:
            return {record.name, record.name, experiment.fault.isEmpty() ? record.name : experiment.fault};
        case Column::Method:
            return plain(services::methodTitle(record.method));
        case Column::FitTime:
            return secondsFigure(record.fitSeconds);
        case Column::ImageTime:
            return imageTimeFigure(record.imageTimes);
        case Column::Trained:
            return {QLocale().toString(record.created.toLocalTime(), QLocale::ShortFormat),
                    record.created.toMSecsSinceEpoch(),
                    {}};
        default:
            return {};
    }
}

FigureText ofFile(const services::Experiment& experiment, int column) {
    const engine::ModelInfo& info = *experiment.info;
    switch (column) {
        case Column::Backbone:
            return plain(backboneTitle(QString::fromStdString(info.backboneName)));
        case Column::InputSize:
            return {QStringLiteral("%1 \u00D7 %2").arg(info.input.width).arg(info.input.height),
                    info.input.width * info.input.height,
                    {}};
        case Column::Parameters:
            return {parametersOf(info), parametersOf(info), parametersOf(info)};
        default:
            return {sizeText(experiment.bytes), experiment.bytes, {}};
    }
}

FigureText ofEvaluation(const services::Experiment& experiment, int column) {
    const engine::Evaluation& evaluation = *experiment.evaluation;
    const QString kinds = ExperimentsModel::tr("Needs good and defective test images");
    const QString pixels = evaluation.hasMap ? ExperimentsModel::tr("Needs defect masks and the images' heatmaps")
                                             : ExperimentsModel::tr("The method has no heatmap");
    switch (column) {
        case Column::Auroc:
            return metricFigure(evaluation.auroc, kinds, evaluation.aurocInterval);
        case Column::PixelAuroc:
            return metricFigure(evaluation.pixel.auroc, pixels);
        case Column::Aupro:
            return metricFigure(evaluation.pixel.aupro30, pixels);
        case Column::Escapes:
            return rateFigure(experiment.escapes, ExperimentsModel::tr("Needs a fail cut and defects"));
        case Column::FalseRejects:
            return rateFigure(experiment.falseRejects, ExperimentsModel::tr("Needs a fail cut and good test images"));
        default:
            return scoredFigure(experiment);
    }
}

FigureText figureOf(const services::Experiment& experiment, int column) {
    switch (column) {
        case Column::Model:
        case Column::Method:
        case Column::FitTime:
        case Column::ImageTime:
        case Column::Trained:
            return ofRecord(experiment, column);
        case Column::Backbone:
        case Column::InputSize:
        case Column::Parameters:
        case Column::FileSize:
            if (experiment.info) return ofFile(experiment, column);
            break;
        default:
            if (experiment.evaluation) return ofEvaluation(experiment, column);
            break;
    }
    return {experiment.fault.isEmpty() ? QStringLiteral("\u2026") : QStringLiteral("\u2013"), {}, experiment.fault};
}

bool isWords(int column) {
    return column == Column::Model || column == Column::Method || column == Column::Backbone ||
           column == Column::Parameters;
}

// What a title that is short leaves open.
QVariant meaningOf(int column) {
    switch (column) {
        case Column::Auroc:
            return ExperimentsModel::tr(
                "How well the scores tell defective images from good ones, whatever the cut: 1 "
                "is always, 0.5 is by chance");
        case Column::Escapes:
            return ExperimentsModel::tr("Defective test images that do not fail");
        case Column::FalseRejects:
            return ExperimentsModel::tr("Good test images that fail");
        case Column::PixelAuroc:
            return ExperimentsModel::tr("The same for the pixels of the heatmaps, against the defect masks");
        case Column::Aupro:
            return ExperimentsModel::tr(
                "How well the heatmaps cover each defect, small ones as much as large ones: 1 is "
                "wholly");
        case Column::FitTime:
            return ExperimentsModel::tr("The time to learn from the good images, without the scoring of the others");
        default:
            return {};
    }
}

}  // namespace

ExperimentsModel::ExperimentsModel(services::Experiments* experiments, QObject* parent)
    : QAbstractTableModel(parent), m_experiments(experiments), m_rows(experiments->list()) {
    connect(experiments, &services::Experiments::changed, this, &ExperimentsModel::take);
}

// Models are only ever added, at the end: a selection stays what it is.
void ExperimentsModel::take(int row) {
    const auto& list = m_experiments->list();
    if (row >= 0) {
        m_rows[static_cast<std::size_t>(row)] = list[static_cast<std::size_t>(row)];
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    const auto before = m_rows.size();
    std::copy(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(before), m_rows.begin());
    if (before > 0) Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(before) - 1, ColumnCount - 1));
    if (list.size() == before) return;
    beginInsertRows({}, static_cast<int>(before), static_cast<int>(list.size()) - 1);
    m_rows.insert(m_rows.end(), list.begin() + static_cast<std::ptrdiff_t>(before), list.end());
    endInsertRows();
}

int ExperimentsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ExperimentsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExperimentsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isWords(index.column()) ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != sortRole) return {};
    const FigureText figure = figureOf(m_rows[static_cast<std::size_t>(index.row())], index.column());
    if (role == Qt::DisplayRole) return figure.text;
    if (role == sortRole) return figure.number;
    return figure.hint.isEmpty() ? QVariant() : QVariant(figure.hint);
}

QVariant ExperimentsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isWords(section) ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole) return meaningOf(section);
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{
        tr("Model"),    tr("AUROC"),       tr("Escapes"),    tr("False rejects"), tr("Pixel AUROC"),
        tr("AUPRO"),    tr("Method"),      tr("Backbone"),   tr("Input size"),    tr("Parameters"),
        tr("Training"), tr("ms an image"), tr("Model size"), tr("Images"),        tr("Trained")};
    return titles[static_cast<std::size_t>(section)];
}

}  // namespace ui
