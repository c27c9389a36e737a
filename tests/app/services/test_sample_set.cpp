// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/sample_set.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <opencv2/core.hpp>
#include <string>

#include "app/services/sample_defects.h"
#include "engine/core/error.h"
#include "engine/dataset/image_set.h"
#include "engine/image/decode.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

SampleSetParameters smallSet(std::uint64_t seed) {
    SampleSetParameters parameters;
    parameters.good = 3;
    parameters.defect = 6;
    parameters.seed = seed;
    parameters.widthPx = 120;
    parameters.heightPx = 96;
    return parameters;
}

std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        files[entry.path().lexically_relative(folder).string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return files;
}

}  // namespace

TEST_CASE("a sample set opens as an MVTec set with the counts that were asked for") {
    test::TemporaryFolder folder;
    writeSampleSet(folder / "set", smallSet(1), engine::RunContext());
    const engine::ImageSet set = engine::openImageSet(folder / "set");
    CHECK(set.layout == engine::Layout::Mvtec);
    CHECK(set.warnings.empty());
    CHECK(set.trainingGood().size() == 3);
    std::map<std::string, int> types;
    for (const engine::ImageItem* item : set.test()) {
        ++types[item->defectType];
        CHECK(engine::decodeImage(item->path).width() == 120);
        if (item->label == engine::Label::Good) continue;
        REQUIRE_FALSE(item->mask.empty());
        const cv::Mat mask = engine::decodeMask(item->mask);
        CHECK(mask.size() == cv::Size(120, 96));
        CHECK(cv::countNonZero(mask) > 0);
        CHECK(cv::countNonZero(mask) < 120 * 96 / 4);
    }
    CHECK(types == std::map<std::string, int>{{"", 1}, {"scratch", 2}, {"dent", 2}, {"stain", 1}, {"missing", 1}});
}

TEST_CASE("the same seed gives the same bytes, another seed other pictures") {
    test::TemporaryFolder folder;
    writeSampleSet(folder / "a", smallSet(1), engine::RunContext());
    writeSampleSet(folder / "b", smallSet(1), engine::RunContext());
    writeSampleSet(folder / "c", smallSet(2), engine::RunContext());
    CHECK(contents(folder / "a") == contents(folder / "b"));
    CHECK(contents(folder / "a")["train/good/000.png"] != contents(folder / "c")["train/good/000.png"]);
}

TEST_CASE("a defect changes the picture where its mask is, and hardly anywhere else") {
    for (int kind = 0; kind < 4; ++kind)
        for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
            engine::Random random(seed);
            SamplePart part = paintPart(320, 256, random);
            SamplePart damaged = part;
            damaged.height = part.height.clone();
            damaged.albedo = part.albedo.clone();
            damaged.coverage = part.coverage.clone();
            damaged.gloss = part.gloss.clone();
            const cv::Mat mask = makeDefect(static_cast<SampleDefect>(kind), damaged, 0.5F, random);
            // The same light and the same noise on both.
            engine::Random light(seed + 100);
            engine::Random sameLight(seed + 100);
            cv::Mat difference;
            cv::absdiff(photograph(part, light), photograph(damaged, sameLight), difference);
            CAPTURE(kind, seed);
            const cv::Scalar inside = cv::mean(difference, mask);
            const cv::Scalar outside = cv::mean(difference, mask == 0);
            CHECK(inside[1] > 3);
            CHECK(outside[1] < 0.3);
        }
}

TEST_CASE("a folder that is not empty is left alone") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "letter.txt") << "mine";
    CHECK_THROWS_AS(writeSampleSet(folder.path(), smallSet(1), engine::RunContext()), engine::Error);
    CHECK(contents(folder.path()).size() == 1);
    CHECK_THROWS_AS(writeSampleSet(folder / "letter.txt", smallSet(1), engine::RunContext()), engine::Error);
}

TEST_CASE("a stop leaves nothing behind") {
    test::TemporaryFolder folder;
    std::stop_source source;
    const engine::RunContext context(source.get_token(), [&](const engine::Progress& progress) {
        if (progress.done == 2) source.request_stop();
    });
    CHECK_THROWS_AS(writeSampleSet(folder / "set", smallSet(1), context), engine::Cancelled);
    CHECK_FALSE(std::filesystem::exists(folder / "set"));
    std::filesystem::create_directory(folder / "there");
    CHECK_THROWS_AS(writeSampleSet(folder / "there", smallSet(1), context), engine::Cancelled);
    CHECK(std::filesystem::is_empty(folder / "there"));
}

TEST_CASE("impossible sample sets are refused") {
    test::TemporaryFolder folder;
    for (const auto& [good, defect, width] : {std::tuple{0, 1, 320}, {1, -1, 320}, {1, 1, 10}, {1, 1, 100000}}) {
        SampleSetParameters parameters;
        parameters.good = good;
        parameters.defect = defect;
        parameters.widthPx = width;
        CHECK_THROWS_AS(writeSampleSet(folder / "set", parameters, engine::RunContext()), engine::Error);
        CHECK_FALSE(std::filesystem::exists(folder / "set"));
    }
}
