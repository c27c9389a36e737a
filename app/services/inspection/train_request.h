// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/services/project/image_record.h"
#include "engine/detector/fit.h"
#include "engine/detector/patchcore_parameters.h"

namespace services {

// How to train, in the words of the window. Everything has the engine's default.
struct TrainRequest {
    QString method = QStringLiteral("patchcore");
    QString backbone = QString::fromStdString(engine::BackboneOptions{}.name);
    QString weightsFile;                                                             // empty: out of the weight store
    QString partner = QString::fromStdString(engine::FitParameters{}.partner.name);  // of a method of two networks
    int sizePx = engine::PreprocessParameters{}.sizePx;
    engine::FitMode fitMode = engine::PreprocessParameters{}.fitMode;
    double coresetShare = engine::PatchCoreParameters{}.coresetShare;  // in (0, 1] ...
    std::int64_t coresetCount = 0;                                     // ... or, above 1, a count
    std::vector<std::string> stages;                                   // empty: the network's own
    bool useRegion = true;  // the project's region of interest, if one is drawn
    QString device = QStringLiteral("auto");
    engine::Precision precision = engine::Precision::Fp32;
    std::int64_t memoryBudgetBytes = 0;  // 0: half of what is free
    std::uint64_t seed = 0;
    std::int64_t limit = 0;                       // training images, evenly spread; 0: all
    std::map<std::string, std::string> settings;  // of the method, beside the coreset
};

// Throws engine::Error{InvalidArgument} (a region with nothing inside).
engine::FitParameters toFitParameters(const TrainRequest& request, const QImage& region);

// The records of a project as the engine takes them, with the labels that they have now.
engine::ImageSet imageSetOf(const std::vector<ImageRecord>& images, const QString& root);

// Null: everything. Throws engine::Error{InvalidArgument} when nothing is inside.
engine::Region regionOf(const QImage& region);

inline std::filesystem::path pathOf(const QString& text) {
    return text.toStdString();
}

}  // namespace services
