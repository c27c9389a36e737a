// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <optional>
#include <vector>

#include "app/services/project/image_record.h"
#include "engine/core/stage_times.h"
#include "engine/metrics/operating_point.h"

namespace services {

using ModelId = qint64;

struct ModelRecord {
    ModelId id = 0;
    QString file;  // absolute, below the project's folder
    QString name;  // "PatchCore · 21 Nov 14:02"
    QString method;
    QDateTime created;
    double mapLow = 0;  // the range of the overlay: it belongs to the model
    double mapHigh = 1;
    double sixteenBitLow = 0;  // the values of 16-bit images between which it sees them, and people with it
    double sixteenBitHigh = 65535;
    engine::OperatingPoint operatingPoint;
    std::vector<double> goodScores;     // cross-validated, of the good training images: what the false-reject rule uses
    std::vector<double> goodMapMaxima;  // likewise, the largest map value of each
    int folds = 0;
    std::optional<double> fitSeconds;              // of the training; nothing: trained before it was recorded
    std::optional<engine::StageTimes> imageTimes;  // medians of the last scoring; nothing: not recorded

    // Some methods score whole images.
    bool hasMaps() const { return mapHigh > mapLow || !goodMapMaxima.empty(); }
};

struct ImageScore {
    ImageId image = 0;
    double score = 0;  // NaN with a failure
    QString failure;
    FileVersion file = {};  // before it was read; unknown: nobody looked, it is taken to be what the project knows
};

// The images as another model has scored them.
void setScores(std::vector<ImageRecord>& images, const std::vector<ImageScore>& scores);

}  // namespace services
