// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_output.h"

#include "app/cli/output_file.h"

namespace cli {

Json toJson(const std::optional<engine::Interval>& interval) {
    return interval ? Json::array({interval->low, interval->high}) : Json(nullptr);
}

Json toJson(const std::optional<engine::Rate>& rate) {
    if (!rate) return nullptr;
    return {{"value", rate->value},
            {"count", rate->count},
            {"total", rate->total},
            {"interval", toJson(std::optional(rate->interval))}};
}

Json toJson(const engine::StageTimes& times) {
    return {{"decode", times.decode},     {"preprocess", times.preprocess},
            {"backbone", times.backbone}, {"search", times.search},
            {"map", times.map},           {"total", times.total}};
}

Json toJson(const engine::Box& box) {
    if (box.empty()) return nullptr;
    return {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}};
}

Json toJson(const std::vector<engine::ImageFailure>& failures) {
    Json list = Json::array();
    for (const auto& failure : failures) list.push_back({{"path", failure.path.string()}, {"error", failure.reason}});
    return list;
}

Json toJson(const engine::OperatingPoint& point) {
    if (!point.fail) return nullptr;
    return {{"review", orNull(point.review)},
            {"fail", orNull(point.fail)},
            {"pixel", orNull(point.pixel)},
            {"rule", point.rule},
            {"basis", point.basis},
            {"fail_interval", toJson(point.failInterval)},
            {"expected_false_rejects", toJson(point.expectedFalseRejects)},
            {"expected_escapes", toJson(point.expectedEscapes)}};
}

void addTrained(Json& json, const engine::ModelInfo& info) {
    if (!info.partnerName.empty())
        json["partner"] = {{"name", info.partnerName}, {"sha256", info.partnerSha256}, {"stages", info.partnerStages}};
    if (!info.losses.empty()) json["losses"] = info.losses;
}

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string dumpOnLine(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void writeJson(const std::string& name, const Json& json) {
    if (!name.empty()) writeOutput(name, dump(json));
}

}  // namespace cli
