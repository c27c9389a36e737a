// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/fit.h"
#include "engine/detector/spade_gallery.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

Preprocessor preprocessor() {
    InputSpec input;
    input.width = input.height = 32;
    return Preprocessor(input);
}

FeatureMap mapOf(const char* stage, int side, std::initializer_list<float> values) {
    FeatureMap map{stage, side, side, 1, {}};
    map.values.assign(values.begin(), values.end());
    return map;
}

// Three images: two stages for the pixels, the coarser of a single cell, and one that is pooled.
SpadeGallery smallGallery() {
    GalleryBuilder builder(3, 1'000'000);
    const auto add = [&](std::initializer_list<float> fine, float coarse, float pooled) {
        builder.add({mapOf("2", 2, fine), mapOf("4", 1, {coarse}), mapOf("5", 1, {pooled})}, preprocessor(), Region(),
                    {32, 32});
    };
    add({0, 1, 2, 3}, 0, 0);
    add({5, 5, 5, 5}, 1, 10);
    add({0, 0, 0, 7}, 1, 3);
    return builder.finish();
}

}  // namespace

TEST_CASE("the images are chosen by pooled features, and pixels are sought in those alone") {
    SpadeParameters parameters;
    parameters.neighbours = 2;
    const SpadeGallery gallery = smallGallery();
    CHECK(gallery.perImage() == 5);
    SpadeSearch search(parameters, Region(), preprocessor());
    const std::vector<float> pooled{2};
    const auto images = search.images(gallery, pooled, -1, RunContext());
    CHECK(images.chosen == std::vector<std::int32_t>{0, 2});
    CHECK(images.score == Approx((4.0 + 1.0) / 2));
    CHECK(search.images(gallery, pooled, 2, RunContext()).chosen == std::vector<std::int32_t>{0, 1});

    // (5, 1) lies in the second image, which is not among them; (3, 0) of the first is nearer than (7, 1) of the third.
    Matrix queries(2, 2);
    const float values[] = {5, 1, 6.5F, 1};
    std::copy(std::begin(values), std::end(values), queries.values.begin());
    const auto pixels = search.pixels(gallery, images.chosen, queries, 2, RunContext());
    CHECK(pixels.scores[0] == Approx(2.0));
    CHECK(pixels.scores[1] == Approx(0.5));
    CHECK(pixels.nearest.distances[1] == Approx(std::sqrt(5.0)));
    const auto row = static_cast<std::size_t>(pixels.nearest.rows[2]);
    CHECK(pixels.image[row] == 2);
    CHECK(pixels.cell[row] == 3);

    parameters.correspondences = 2;
    SpadeSearch two(parameters, Region(), preprocessor());
    CHECK(two.pixels(gallery, images.chosen, queries, 2, RunContext()).scores[0] == Approx((2.0 + std::sqrt(5.0)) / 2));
}

TEST_CASE("the last stage is pooled, and a network with one stage alone is both") {
    const auto names = [](std::vector<std::string> stages) {
        std::vector<FeatureMap> maps;
        for (std::string& stage : stages) maps.push_back({std::move(stage), 1, 1, 1, {}});
        std::vector<std::string> left;
        for (const FeatureMap& map : pixelMaps(std::move(maps))) left.push_back(map.stage);
        return left;
    };
    using Names = std::vector<std::string>;
    CHECK(names({"2", "3", "4", "5"}) == Names{"2", "3", "4"});
    CHECK(names({"2", "3x", "4x"}) == Names{"2", "3x", "4x"});
    CHECK(names({"1", "5"}) == Names{"1"});
    CHECK(names({"5"}) == Names{"5"});
}

TEST_CASE("a gallery over the budget is kept on disk, scores the same and makes the same model") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    FitParameters parameters;
    parameters.method = "spade";
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 64;
    parameters.settings["neighbours"] = "3";
    const ImageSet set = openImageSet(folder / "set");
    FitResult inMemory = fit(parameters, set, test::formulaResnet18(), RunContext());
    CHECK(inMemory.model.info.notes.empty());
    parameters.memoryBudgetBytes = 1000;
    CHECK_THAT(estimateFit(parameters, set, test::formulaResnet18(), RunContext()).note, Contains("on disk"));
    FitResult onDisk = fit(parameters, set, test::formulaResnet18(), RunContext());
    REQUIRE(onDisk.model.info.notes.size() == 1);
    CHECK_THAT(onDisk.model.info.notes[0], Contains("disk"));
    const Image image{test::partWithBlot(96, 64, 1, 30, 30)};
    const Prediction a = inMemory.model.detector->score(image, RunContext());
    const Prediction b = onDisk.model.detector->score(image, RunContext());
    CHECK(a.score == b.score);
    CHECK(cv::norm(a.map, b.map, cv::NORM_INF) == 0);
    TensorFile first;
    TensorFile second;
    inMemory.model.detector->save(first);
    onDisk.model.detector->save(second);
    const auto bytes = [](const TensorFile& file) { return file.views.at("large.spade.activations").bytes; };
    CHECK(std::equal(bytes(first).begin(), bytes(first).end(), bytes(second).begin(), bytes(second).end()));
}
