// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cstring>
#include <fstream>

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/fit.h"
#include "engine/detector/model_json.h"
#include "tests/engine/detector/fit_parts.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

FitResult fitSmallModel(const std::filesystem::path& folder) {
    FitParameters parameters;
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.backbone.stages = {"2"};  // a small network: the file is read a few hundred times
    parameters.preprocess.sizePx = 32;
    parameters.settings["coreset"] = "16";
    test::writeParts(folder, 3, 0, 0, 64, 64);
    return fit(parameters, openImageSet(folder), test::formulaResnet18(), RunContext());
}

Model openBytes(const std::string& bytes) {
    return openModel(std::as_bytes(std::span(bytes.data(), bytes.size())), "m.anomaly", test::onCpu(), RunContext());
}

}  // namespace

TEST_CASE("a model reads back as it was, and scores the same") {
    test::TemporaryFolder folder;
    FitResult fitted = fitSmallModel(folder / "set");
    cv::Mat mask(10, 20, CV_8UC1, cv::Scalar(255));
    saveModel(folder / "m.anomaly", fitted.model);
    Model model = openModel(folder / "m.anomaly", test::onCpu(), RunContext());
    CHECK(toJson(model.info) == toJson(fitted.model.info));
    CHECK(model.pictures == fitted.model.pictures);
    const Image image{test::partWithBlot(64, 64, 1, 30, 30)};
    const Prediction before = fitted.model.detector->score(image, RunContext());
    const Prediction after = model.detector->score(image, RunContext());
    CHECK(before.score == after.score);
    CHECK(cv::norm(before.map, after.map, cv::NORM_INF) == 0);
    saveModel(folder / "again.anomaly", model);
    CHECK(test::contentOf(folder / "again.anomaly") == test::contentOf(folder / "m.anomaly"));
}

TEST_CASE("the operating point is set in place and nothing else changes") {
    test::TemporaryFolder folder;
    saveModel(folder / "m.anomaly", fitSmallModel(folder / "set").model);
    const Model before = openModel(folder / "m.anomaly", test::onCpu(), RunContext());
    OperatingPoint point;
    point.fail = 1.0 / 3;
    point.review = 0.25;
    point.rule = "false-reject";
    point.basis = "3 good training images";
    point.failInterval = Interval{0.3, 0.4};
    point.expectedFalseRejects = rate(1, 3);
    writeOperatingPoint(folder / "m.anomaly", point);
    Model after = openModel(folder / "m.anomaly", test::onCpu(), RunContext());
    CHECK(after.info.operatingPoint.fail == 1.0 / 3);
    CHECK(after.info.operatingPoint.review == 0.25);
    CHECK_FALSE(after.info.operatingPoint.pixel);
    CHECK(after.info.operatingPoint.basis == point.basis);
    CHECK(after.info.operatingPoint.failInterval->high == 0.4);
    CHECK(after.info.operatingPoint.expectedFalseRejects->interval.high == point.expectedFalseRejects->interval.high);
    after.info.operatingPoint = {};
    CHECK(toJson(after.info) == toJson(before.info));
    TensorFile a;
    TensorFile b;
    before.detector->save(a);
    after.detector->save(b);
    REQUIRE(a.tensors.size() == b.tensors.size());
    for (const auto& [name, tensor] : a.tensors) CHECK(b.tensors.at(name).bytes == tensor.bytes);
}

TEST_CASE("every truncation of a model is refused") {
    test::TemporaryFolder folder;
    saveModel(folder / "m.anomaly", fitSmallModel(folder / "set").model);
    const std::string whole = test::contentOf(folder / "m.anomaly");
    std::uint64_t headerSize = 0;
    std::memcpy(&headerSize, whole.data(), 8);
    // To the byte as far as something is parsed; behind that, only the length counts.
    for (std::size_t size = 0; size < whole.size(); size += size < headerSize + 64 ? 1 : whole.size() / 200) {
        CAPTURE(size);
        CHECK_THROWS_AS(openBytes(whole.substr(0, size)), Error);
        if (size % 61 != 0) continue;
        write(folder / "cut.anomaly", whole.substr(0, size));
        CHECK_THROWS_AS(readModelInfo(folder / "cut.anomaly"), Error);
    }
    CHECK_THROWS_AS(openBytes(whole.substr(0, whole.size() - 1)), Error);
}

TEST_CASE("every flipped byte of a model's header is refused or harmless") {
    test::TemporaryFolder folder;
    saveModel(folder / "m.anomaly", fitSmallModel(folder / "set").model);
    const std::string whole = test::contentOf(folder / "m.anomaly");
    std::uint64_t headerSize = 0;
    std::memcpy(&headerSize, whole.data(), 8);
    int refused = 0;
    int harmless = 0;
    for (std::size_t i = 0; i < headerSize + 8; i += i < 64 ? 1 : 5) {
        // Bit by bit at the start; further on one bit of every fifth byte (all of them take a minute).
        for (const int mask : i < 64 ? std::vector{1, 2, 4, 8, 16, 32, 64, 128} : std::vector{1 << (i * 7 % 8)}) {
            std::string flipped = whole;
            flipped[i] = static_cast<char>(flipped[i] ^ mask);
            try {
                Model model = openBytes(flipped);
                const Prediction prediction = model.detector->score({test::part(64, 64, 3)}, RunContext());
                CHECK(std::isfinite(prediction.score));
                ++harmless;
            } catch (const Error& error) {
                CHECK(error.code() != ErrorCode::Internal);
                ++refused;
            }
        }
    }
    CHECK(refused > harmless);
}

TEST_CASE("a newer format, an unknown method and another kind of file say what they are") {
    test::TemporaryFolder folder;
    saveModel(folder / "m.anomaly", fitSmallModel(folder / "set").model);
    const auto changed = [&](const char* pointer, const nlohmann::json& value) {
        auto metadata = readSafetensorsMetadata(folder / "m.anomaly");
        auto object = nlohmann::json::parse(metadata.at("anomaloscope"));
        object[nlohmann::json::json_pointer(pointer)] = value;
        metadata["anomaloscope"] = object.dump();
        std::filesystem::copy_file(folder / "m.anomaly", folder / "c.anomaly",
                                   std::filesystem::copy_options::overwrite_existing);
        rewriteSafetensorsMetadata(folder / "c.anomaly", metadata);
        return folder / "c.anomaly";
    };
    CHECK_THROWS_WITH(openModel(changed("/format_version", 2), test::onCpu(), RunContext()), Contains("newer version"));
    CHECK_THROWS_WITH(openModel(changed("/method", "magic"), test::onCpu(), RunContext()), Contains("magic"));
    CHECK_THROWS_AS(openModel(changed("/input/width", 1 << 30), test::onCpu(), RunContext()), Error);
    CHECK_THROWS_AS(openModel(changed("/input/width", -32), test::onCpu(), RunContext()), Error);
    CHECK_THROWS_AS(openModel(changed("/backbone/stages", nlohmann::json::array()), test::onCpu(), RunContext()),
                    Error);
    CHECK_THROWS_AS(openModel(changed("/training/images", nlohmann::json::array()), test::onCpu(), RunContext()),
                    Error);
    CHECK_THROWS_AS(openModel(changed("/parameters/sigma", "much"), test::onCpu(), RunContext()), Error);
    writeSafetensors(folder / "w.safetensors", test::formulaResnet18());
    CHECK_THROWS_WITH(openModel(folder / "w.safetensors", test::onCpu(), RunContext()),
                      Contains("w.safetensors") && Contains("not a model"));
    CHECK_THROWS_AS(openModel(folder / "none.anomaly", test::onCpu(), RunContext()), Error);
    CHECK_THROWS_AS(openModel(folder.path(), test::onCpu(), RunContext()), Error);
}
