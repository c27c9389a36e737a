// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/model_json.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "engine/core/error.h"

namespace engine {

namespace {

using Json = nlohmann::json;

[[noreturn]] void corrupt(const std::string& what) {
    throw Error(ErrorCode::Corrupt, "the model is damaged (" + what + "); fit it again or restore it from a copy");
}

Json json(const Interval& interval) {
    return Json::array({interval.low, interval.high});
}

Json json(const Rate& rate) {
    return {{"count", rate.count}, {"total", rate.total}, {"value", rate.value}, {"interval", json(rate.interval)}};
}

template <typename T>
void put(Json& object, const char* key, const std::optional<T>& value) {
    if constexpr (std::is_arithmetic_v<T>) {
        object[key] = value ? Json(*value) : Json(nullptr);
    } else {
        object[key] = value ? json(*value) : Json(nullptr);
    }
}

Json json(const OperatingPoint& point) {
    Json object{{"rule", point.rule}, {"basis", point.basis}};
    put(object, "review", point.review);
    put(object, "fail", point.fail);
    put(object, "pixel", point.pixel);
    put(object, "fail_interval", point.failInterval);
    put(object, "false_rejects", point.expectedFalseRejects);
    put(object, "escapes", point.expectedEscapes);
    return object;
}

// A finite number in [low, high].
double number(const Json& value, const char* key, double low, double high) {
    if (!value.is_number()) corrupt(std::string("'") + key + "' is no number");
    const double result = value.get<double>();
    if (!(result >= low && result <= high)) corrupt(std::string("'") + key + "' is out of range");
    return result;
}

constexpr double widest = 1e300;

template <typename T>
T integer(const Json& object, const char* key, T low, T high) {
    const Json& value = object.at(key);
    if (!value.is_number_integer()) corrupt(std::string("'") + key + "' is no whole number");
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(high))
        corrupt(std::string("'") + key + "' is out of range");
    const T result = value.get<T>();
    if (result < low || result > high) corrupt(std::string("'") + key + "' is out of range");
    return result;
}

std::optional<double> optionalNumber(const Json& object, const char* key) {
    if (object.at(key).is_null()) return std::nullopt;
    return number(object.at(key), key, -widest, widest);
}

Interval interval(const Json& value) {
    if (!value.is_array() || value.size() != 2) corrupt("an interval has not two ends");
    return {number(value[0], "interval", -widest, widest), number(value[1], "interval", -widest, widest)};
}

std::optional<Rate> optionalRate(const Json& object, const char* key) {
    const Json& value = object.at(key);
    if (value.is_null()) return std::nullopt;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return Rate{integer<std::int64_t>(value, "count", 0, most), integer<std::int64_t>(value, "total", 0, most),
                number(value.at("value"), "value", 0, 1), interval(value.at("interval"))};
}

OperatingPoint operatingPoint(const Json& object) {
    OperatingPoint point;
    point.rule = object.at("rule").get<std::string>();
    point.basis = object.at("basis").get<std::string>();
    point.review = optionalNumber(object, "review");
    point.fail = optionalNumber(object, "fail");
    point.pixel = optionalNumber(object, "pixel");
    if (!object.at("fail_interval").is_null()) point.failInterval = interval(object.at("fail_interval"));
    point.expectedFalseRejects = optionalRate(object, "false_rejects");
    point.expectedEscapes = optionalRate(object, "escapes");
    return point;
}

Json json(const InputSpec& input) {
    return {{"width", input.width},
            {"height", input.height},
            {"fit_mode", std::string(nameOf(input.fitMode))},
            {"mean", input.mean},
            {"deviation", input.deviation},
            {"sixteen_bit", {input.sixteenBitLow, input.sixteenBitHigh}}};
}

std::array<float, 3> triple(const Json& value, const char* key, double low) {
    if (!value.is_array() || value.size() != 3) corrupt(std::string("'") + key + "' has not three values");
    std::array<float, 3> result{};
    for (std::size_t i = 0; i < 3; ++i) result[i] = static_cast<float>(number(value[i], key, low, 1e6));
    return result;
}

InputSpec inputSpec(const Json& object) {
    InputSpec input;
    constexpr int largestSidePx = 16384;
    input.width = integer<int>(object, "width", 32, largestSidePx);
    input.height = integer<int>(object, "height", 32, largestSidePx);
    if (input.width % 32 != 0 || input.height % 32 != 0) corrupt("the input is not a multiple of 32");
    input.fitMode = fitModeFromName(object.at("fit_mode").get<std::string>());
    input.mean = triple(object.at("mean"), "mean", -1e6);
    input.deviation = triple(object.at("deviation"), "deviation", 1e-6);
    input.sixteenBitLow = number(object.at("sixteen_bit").at(0), "sixteen_bit", 0, 65535);
    input.sixteenBitHigh = number(object.at("sixteen_bit").at(1), "sixteen_bit", input.sixteenBitLow + 1, 65536);
    return input;
}

ModelInfo read(const Json& object) {
    ModelInfo info;
    info.formatVersion = integer<int>(object, "format_version", 1, std::numeric_limits<int>::max());
    if (info.formatVersion > modelFormatVersion)
        throw Error(ErrorCode::Unsupported, "was made by a newer version of Anomaloscope (format " +
                                                std::to_string(info.formatVersion) +
                                                "); update the program to open it");
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    info.method = object.at("method").get<std::string>();
    info.parameters = object.at("parameters").get<std::map<std::string, std::string>>();
    info.input = inputSpec(object.at("input"));
    info.backboneName = object.at("backbone").at("name").get<std::string>();
    info.backboneSha256 = object.at("backbone").at("sha256").get<std::string>();
    info.stages = object.at("backbone").at("stages").get<std::vector<std::string>>();
    info.precision =
        object.at("backbone").at("precision").get<std::string>() == "bf16" ? Precision::Bf16 : Precision::Fp32;
    if (object.contains("partner")) {
        info.partnerName = object.at("partner").at("name").get<std::string>();
        info.partnerSha256 = object.at("partner").at("sha256").get<std::string>();
        info.partnerStages = object.at("partner").at("stages").get<std::vector<std::string>>();
    }
    if (object.contains("losses"))
        for (const Json& loss : object.at("losses")) info.losses.push_back(number(loss, "losses", -widest, widest));
    info.seed = integer<std::uint64_t>(object, "seed", 0, std::numeric_limits<std::uint64_t>::max());
    info.bankRows = integer<std::int64_t>(object.at("bank"), "rows", 0, most);
    info.bankDimensions = integer<std::int64_t>(object.at("bank"), "dimensions", 0, most);
    info.candidates = integer<std::int64_t>(object.at("bank"), "candidates", 0, most);
    info.hasRegion = object.at("has_region").get<bool>();
    info.mapLow = number(object.at("map_range").at(0), "map_range", -widest, widest);
    info.mapHigh = number(object.at("map_range").at(1), "map_range", -widest, widest);
    info.notes = object.at("notes").get<std::vector<std::string>>();
    info.operatingPoint = operatingPoint(object.at("operating_point"));
    const Json& training = object.at("training");
    info.trainingSet = training.at("set").get<std::string>();
    for (const Json& image : training.at("images")) {
        constexpr int largestSidePx = 1'000'000;
        info.training.push_back({image.at(0).get<std::string>(), image.at(1).get<std::string>(),
                                 static_cast<int>(number(image.at(2), "width", 1, largestSidePx)),
                                 static_cast<int>(number(image.at(3), "height", 1, largestSidePx))});
    }
    return info;
}

}  // namespace

std::string toJson(const ModelInfo& info) {
    Json images = Json::array();
    for (const TrainingImage& image : info.training)
        images.push_back({image.name, image.sha256, image.width, image.height});
    Json object{
        {"format_version", info.formatVersion},
        {"method", info.method},
        {"parameters", info.parameters},
        {"input", json(info.input)},
        {"backbone",
         {{"name", info.backboneName},
          {"sha256", info.backboneSha256},
          {"stages", info.stages},
          {"precision", info.precision == Precision::Bf16 ? "bf16" : "fp32"}}},
        {"seed", info.seed},
        {"bank", {{"rows", info.bankRows}, {"dimensions", info.bankDimensions}, {"candidates", info.candidates}}},
        {"has_region", info.hasRegion},
        {"map_range", {info.mapLow, info.mapHigh}},
        {"notes", info.notes},
        {"operating_point", json(info.operatingPoint)},
        {"training", {{"set", info.trainingSet}, {"images", images}}},
    };
    if (!info.partnerName.empty())
        object["partner"] = {
            {"name", info.partnerName}, {"sha256", info.partnerSha256}, {"stages", info.partnerStages}};
    if (!info.losses.empty()) object["losses"] = info.losses;
    // File names need not be UTF-8; what is not is replaced, never thrown over.
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ModelInfo modelInfoFromJson(const std::string& text) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception&) {
        corrupt("its description cannot be read");
    }
}

}  // namespace engine
