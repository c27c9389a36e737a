// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <bit>
#include <cstring>
#include <optional>
#include <vector>

#include "engine/core/stage_times.h"

namespace services {

// Numbers in a column of the database: eight bytes each, little-endian.
static_assert(std::endian::native == std::endian::little);

inline QByteArray toBytes(const std::vector<double>& values) {
    if (values.empty()) return QByteArray("", 0);  // not null: the column refuses NULL
    return QByteArray(reinterpret_cast<const char*>(values.data()),
                      static_cast<qsizetype>(values.size() * sizeof(double)));
}

inline std::optional<std::vector<double>> doublesFrom(const QByteArray& bytes) {
    if (bytes.size() % static_cast<qsizetype>(sizeof(double)) != 0) return {};
    std::vector<double> values(static_cast<std::size_t>(bytes.size()) / sizeof(double));
    if (!values.empty()) std::memcpy(values.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return values;
}

inline QByteArray toBytes(const engine::StageTimes& times) {
    return toBytes(std::vector{times.decode, times.preprocess, times.backbone, times.search, times.map, times.total});
}

inline std::optional<engine::StageTimes> stageTimesFrom(const QByteArray& bytes) {
    const auto values = doublesFrom(bytes);
    if (!values || values->size() != 6) return {};
    return engine::StageTimes{(*values)[0], (*values)[1], (*values)[2], (*values)[3], (*values)[4], (*values)[5]};
}

}  // namespace services
