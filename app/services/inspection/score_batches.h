// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "app/services/images/map_store.h"
#include "app/services/inspection/file_versions.h"
#include "app/services/project/project.h"
#include "engine/detector/evaluate.h"

namespace services {

// Takes scores as the engine finds them, keeps their maps, and hands them on a few times a second: one message for each
// of ten thousand images would drown the window.
class ScoreBatches {
public:
    using Send = std::function<void(const std::vector<ImageScore>&)>;

    ScoreBatches(ModelId model, const MapStore& maps, const FileVersions& files, Send send);

    // One score that is known already.
    void add(ImageScore score);
    // Counts the failures among scores that were handed on elsewhere.
    void countOwn(const std::vector<ImageScore>& scores);
    // Scores the images, hands on what waits, and warns of those that could not be read: in one sentence, however many.
    // Throws as engine::scoreImages.
    void score(engine::Detector& detector, const std::vector<const ImageRecord*>& images,
               const engine::RunContext& context);
    qint64 failures() const { return m_failures; }
    // Of the images that score() has scored; nothing without one.
    std::optional<engine::StageTimes> medianTimes() const;

private:
    void take(ImageId image, const engine::ScoredImage& scored, const engine::RunContext& context);
    void keepMap(ImageId image, const engine::Prediction& prediction, const engine::RunContext& context);
    void count(const ImageScore& score);
    void flush();

    ModelId m_model;
    MapStore m_maps;
    const FileVersions& m_files;
    Send m_send;
    std::vector<ImageScore> m_waiting;
    std::chrono::steady_clock::time_point m_sent = std::chrono::steady_clock::now();
    std::vector<engine::StageTimes> m_times;
    qint64 m_failures = 0;
    QString m_firstFailure;
    bool m_mapsFail = false;
};

}  // namespace services
