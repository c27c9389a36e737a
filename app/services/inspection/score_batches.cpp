// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/score_batches.h"

#include <QCoreApplication>
#include <limits>
#include <opencv2/core.hpp>
#include <utility>

#include "app/services/inspection/train_request.h"
#include "engine/core/error.h"
#include "engine/detector/evaluation_builder.h"

namespace services {

namespace {

constexpr std::size_t largestBatch = 256;
constexpr auto sendEvery = std::chrono::milliseconds(100);

}  // namespace

ScoreBatches::ScoreBatches(ModelId model, const MapStore& maps, const FileVersions& files, Send send)
    : m_model(model), m_maps(maps), m_files(files), m_send(std::move(send)) {}

void ScoreBatches::count(const ImageScore& score) {
    if (!score.failure.isEmpty() && m_failures++ == 0) m_firstFailure = score.failure;
}

void ScoreBatches::countOwn(const std::vector<ImageScore>& scores) {
    for (const ImageScore& score : scores) count(score);
}

void ScoreBatches::add(ImageScore score) {
    count(score);
    score.file = m_files.of(score.image);
    m_waiting.push_back(std::move(score));
    const bool due = std::chrono::steady_clock::now() - m_sent >= sendEvery;
    if (due || m_waiting.size() >= largestBatch) flush();
}

void ScoreBatches::score(engine::Detector& detector, const std::vector<const ImageRecord*>& images,
                         const engine::RunContext& context) {
    std::vector<std::filesystem::path> paths;
    paths.reserve(images.size());
    for (const ImageRecord* image : images) paths.push_back(pathOf(image->path));
    if (!paths.empty())
        engine::scoreImages(detector, paths, context, [&](engine::ScoredImage& scored) {
            take(images[static_cast<std::size_t>(scored.index)]->id, scored, context);
        });
    flush();
    if (m_failures > 0)
        context.warn(QCoreApplication::translate("Inspector", "Images that could not be read: %1. The first: %2")
                         .arg(m_failures)
                         .arg(m_firstFailure)
                         .toStdString());
}

void ScoreBatches::take(ImageId image, const engine::ScoredImage& scored, const engine::RunContext& context) {
    if (!scored.prediction) {
        const std::string reason = scored.failure ? scored.failure->reason : std::string("cannot be read");
        return add({image, std::numeric_limits<double>::quiet_NaN(), QString::fromStdString(reason)});
    }
    m_times.push_back(scored.prediction->times);
    keepMap(image, *scored.prediction, context);
    add({image, scored.prediction->score, {}});
}

std::optional<engine::StageTimes> ScoreBatches::medianTimes() const {
    if (m_times.empty()) return std::nullopt;
    return engine::medianTimes(m_times);
}

void ScoreBatches::keepMap(ImageId image, const engine::Prediction& prediction, const engine::RunContext& context) {
    if (prediction.inputMap.empty() || m_mapsFail) return;
    StoredMap map{prediction.inputMap, prediction.placement, 0};
    cv::minMaxLoc(prediction.map, nullptr, &map.largest);
    try {
        m_maps.write(m_model, image, map);
    } catch (const engine::Error& error) {
        // The scores are worth having without their maps.
        m_mapsFail = true;
        context.warn(QCoreApplication::translate("Inspector", "Heatmaps are not kept from here on: %1")
                         .arg(QString::fromUtf8(error.what()))
                         .toStdString());
    }
}

void ScoreBatches::flush() {
    m_sent = std::chrono::steady_clock::now();
    if (!m_waiting.empty()) m_send(std::exchange(m_waiting, {}));
}

}  // namespace services
