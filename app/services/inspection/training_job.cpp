// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/training_job.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLocale>
#include <algorithm>
#include <chrono>

#include "app/services/inspection/own_scores.h"
#include "app/services/inspection/score_batches.h"
#include "app/services/threshold_rules.h"
#include "engine/core/error.h"
#include "engine/detector/fit.h"

namespace services {

namespace {

constexpr double falseRejectRate = 0.01;

std::string words(const char* text) {
    return QCoreApplication::translate("Inspector", text).toStdString();
}

engine::ImageSet trainingSet(const ProjectSnapshot& project) {
    auto set = imageSetOf(project.images, project.imageRoot);
    if (set.trainingGood().empty())
        throw engine::Error(
            engine::ErrorCode::NotEnoughData,
            words(QT_TRANSLATE_NOOP("Inspector",
                                    "There are no good images to learn from. Label some of the training "
                                    "images as good.")));
    return set;
}

engine::TensorFile storedWeights(const QString& backbone, const WeightStore& weights) {
    const auto file = weights.find(backbone.toStdString());
    if (!file)
        throw engine::Error(
            engine::ErrorCode::NotFound,
            QCoreApplication::translate("Inspector",
                                        "The weights of %1 are missing. The Train page says where to get "
                                        "the file, and takes it.")
                .arg(backbone)
                .toStdString());
    return engine::readWeights(*file);
}

// Of the networks that the method looks through.
struct NetworkWeights {
    engine::TensorFile backbone;
    engine::TensorFile partner;

    NetworkWeights(const TrainRequest& request, const WeightStore& weights)
        : m_networks(engine::methodNetworks(request.method.toStdString())) {
        if (m_networks > 0)
            backbone = request.weightsFile.isEmpty() ? storedWeights(request.backbone, weights)
                                                     : engine::readWeights(pathOf(request.weightsFile));
        if (m_networks > 1) partner = storedWeights(request.partner, weights);
    }

    engine::FitWeights view() const {
        if (m_networks == 0) return {};
        return m_networks == 1 ? engine::FitWeights(backbone) : engine::FitWeights(backbone, partner);
    }

private:
    int m_networks;
};

// Not those above it: a project that has vanished stays so.
bool makeModelFolder(const ProjectSnapshot& project) {
    return QDir(project.modelFolder).exists() || QDir().mkdir(project.modelFolder);
}

// Where a training that was stopped left off; the same for every try with one method.
std::filesystem::path checkpointOf(const ProjectSnapshot& project, const TrainRequest& request) {
    if (!engine::methodTrains(request.method.toStdString())) return {};
    makeModelFolder(project);
    return pathOf(QDir(project.modelFolder).filePath(request.method + QStringLiteral(".training")));
}

QString freeModelFile(const ProjectSnapshot& project, const QString& method, const QDateTime& now) {
    const QDir folder(project.modelFolder);
    if (!makeModelFolder(project))
        throw engine::Error(engine::ErrorCode::WriteFailed,
                            words(QT_TRANSLATE_NOOP("Inspector",
                                                    "The folder of models cannot be made. Check the "
                                                    "permissions of the project's folder.")),
                            pathOf(project.modelFolder));
    const QString stem = method + QLatin1Char('-') + now.toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString name = stem + QStringLiteral(".anomaly");
    for (int copy = 2; folder.exists(name); ++copy) name = QStringLiteral("%1-%2.anomaly").arg(stem).arg(copy);
    return folder.filePath(name);
}

ModelRecord recordOf(const engine::Model& model, const std::optional<engine::CrossValidation>& scores,
                     const ProjectSnapshot& project) {
    ModelRecord record;
    record.created = QDateTime::currentDateTimeUtc();
    record.method = QString::fromStdString(model.info.method);
    record.file = freeModelFile(project, record.method, record.created);
    const QString when = QLocale().toString(record.created.toLocalTime(), QStringLiteral("d MMM HH:mm"));
    record.name = QStringLiteral("%1 \u00B7 %2").arg(methodTitle(record.method), when);
    record.mapLow = model.info.mapLow;
    record.mapHigh = model.info.mapHigh;
    record.sixteenBitLow = model.info.input.sixteenBitLow;
    record.sixteenBitHigh = model.info.input.sixteenBitHigh;
    record.operatingPoint = model.info.operatingPoint;
    if (!scores) return record;
    record.goodScores = scores->scores;
    record.goodMapMaxima = scores->mapMaxima;
    record.folds = scores->folds;
    return record;
}

bool learnsFrom(const ImageRecord& image) {
    return image.split == engine::Split::Train && image.label == engine::Label::Good;
}

}  // namespace

QString methodTitle(const QString& method) {
    static const QHash<QString, QString> titles{
        {QStringLiteral("patchcore"), QStringLiteral("PatchCore")},
        {QStringLiteral("spade"), QStringLiteral("SPADE")},
        {QStringLiteral("padim"), QStringLiteral("PaDiM")},
        {QStringLiteral("mahalanobis"), QStringLiteral("Mahalanobis AD")},
        {QStringLiteral("cfa"), QStringLiteral("CFA")},
        {QStringLiteral("pfm"), QStringLiteral("PFM")},
        {QStringLiteral("patch-svdd"), QStringLiteral("Patch SVDD")},
        {QStringLiteral("ssim-ae"), QStringLiteral("SSIM autoencoder")},
    };
    return titles.value(method, method);
}

void requireRoot(const ProjectSnapshot& project) {
    if (!QFileInfo::exists(project.imageRoot))
        throw engine::Error(engine::ErrorCode::NotFound,
                            words(QT_TRANSLATE_NOOP("Inspector",
                                                    "the folder of images is not there. Connect its "
                                                    "drive, or put it back where it was.")),
                            pathOf(project.imageRoot));
}

TrainEstimate estimateTraining(const TrainRequest& request, const ProjectSnapshot& project, const WeightStore& weights,
                               const engine::RunContext& context) {
    requireRoot(project);
    const auto set = trainingSet(project);
    auto parameters = toFitParameters(request, project.region);
    const NetworkWeights networks(request, weights);
    TrainEstimate estimate;
    estimate.fit = engine::estimateFit(parameters, set, networks.view(), context);
    // The share of a single image tells the network's time from the coreset's.
    parameters.limit = 1;
    const double perImage = engine::estimateFit(parameters, set, networks.view(), context).seconds;
    const auto good = static_cast<double>(set.trainingGood().size());
    const double coreset = std::max(0.0, estimate.fit.seconds - perImage * static_cast<double>(estimate.fit.images));
    // Cross-validation sees every good image again and selects five times from four fifths of the patches; a score is
    // the network again and a search.
    constexpr double coresetsOfFolds = 5 * 0.8 * 0.8;
    constexpr double withSearch = 1.5;
    const double others = static_cast<double>(project.images.size()) - good;
    estimate.seconds =
        estimate.fit.seconds + perImage * good + coreset * coresetsOfFolds + perImage * withSearch * others;
    return estimate;
}

TrainSummary runTraining(const TrainRequest& request, const ProjectSnapshot& project, const WeightStore& weights,
                         const MapStore& maps, EngineState& state, const FoundSink& found,
                         const engine::RunContext& context) {
    const auto start = std::chrono::steady_clock::now();
    requireRoot(project);
    const auto set = trainingSet(project);
    std::vector<const ImageRecord*> all;
    for (const ImageRecord& image : project.images) all.push_back(&image);
    const FileVersions files(all, context);
    state.close();  // two models at once would need twice the memory
    auto parameters = toFitParameters(request, project.region);
    parameters.checkpoint = checkpointOf(project, request);
    auto fitted = engine::fit(parameters, set, NetworkWeights(request, weights).view(), context);
    const auto crossed = crossValidateIfPossible(fitted.model, set, context);
    if (crossed) fitted.model.info.operatingPoint = fromGoodImages({.falseRejectRate = falseRejectRate}, *crossed);

    ModelRecord record = recordOf(fitted.model, crossed, project);
    record.fitSeconds = fitted.times.total;
    OwnScores scores;
    scores.add(crossed);
    scores.add(fitted.failures, set);
    if (crossed) scores.add(crossed->failures, set);
    std::vector<ImageScore> own;
    std::vector<const ImageRecord*> others;
    for (const ImageRecord& image : project.images) {
        if (auto score = scores.of(image)) {
            score->file = files.of(image.id);
            own.push_back(*score);
        } else if (!learnsFrom(image)) {
            others.push_back(&image);
        }
    }

    context.checkCancelled();
    engine::saveModel(pathOf(record.file), fitted.model);
    try {
        state.id = found.addModel(record, own, context);
    } catch (...) {
        QFile::remove(record.file);  // no project knows it
        throw;
    }
    state.model = std::move(fitted.model);
    std::error_code left;
    std::filesystem::remove(parameters.checkpoint, left);

    TrainSummary summary;
    summary.model = state.id;
    summary.trainingImages = fitted.imagesUsed;
    summary.bankRows = state.model->info.bankRows;
    summary.modelBytes = QFileInfo(record.file).size();
    for (const std::string& note : state.model->info.notes) summary.notes.append(QString::fromStdString(note));
    ScoreBatches batches(state.id, maps, files, [&](const auto& batch) { found.addScores(state.id, batch); });
    batches.countOwn(own);
    batches.score(*state.model->detector, others, context);
    if (const auto times = batches.medianTimes()) found.setImageTimes(state.id, *times);
    summary.unreadable = batches.failures();
    summary.scoredImages = static_cast<qint64>(own.size() + others.size()) - summary.unreadable;
    summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return summary;
}

}  // namespace services
