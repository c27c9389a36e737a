// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/detector/detector.h"
#include "engine/detector/model.h"
#include "engine/image/image_stream.h"
#include "engine/image/region.h"
#include "engine/metrics/interval.h"
#include "engine/metrics/operating_point.h"

namespace cli {

// Keys stay in the order in which they are put in, which is the order of the documentation.
using Json = nlohmann::ordered_json;

// What is not defined is null.
template <typename T>
Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json toJson(const std::optional<engine::Interval>& interval);  // [low, high]
Json toJson(const std::optional<engine::Rate>& rate);          // {"value","count","total","interval"}
Json toJson(const engine::StageTimes& times);                  // milliseconds
Json toJson(const engine::Box& box);
Json toJson(const std::vector<engine::ImageFailure>& failures);  // [{"path","error"}]
// The cuts and where they come from; null without a fail cut.
Json toJson(const engine::OperatingPoint& point);
// "partner" and "losses", if the model has them.
void addTrained(Json& json, const engine::ModelInfo& info);

// File names need not be valid UTF-8, which JSON must be: what is not is replaced.
std::string dump(const Json& json);        // indented, ends with a newline
std::string dumpOnLine(const Json& json);  // one line, ends with a newline
// Writes to a file, to standard output ("-") or, if the name is empty, nowhere.
void writeJson(const std::string& name, const Json& json);

}  // namespace cli
