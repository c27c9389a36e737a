// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>

#include "app/services/report/compose.h"
#include "app/services/report/report_pictures.h"
#include "engine/core/error.h"
#include "tests/app/services/report/report_fixture.h"

using namespace services;

TEST_CASE("every fail, every review and every escape is kept, and of the passes the worst") {
    test::ReportFixture fixture(60, 40, true);
    ReportPictures pictures(fixture.model);
    std::vector<double> passes;
    for (const engine::ImageResult& image : fixture.evaluation.images) {
        engine::ImageItem item;
        item.name = image.name;
        item.label = image.label;
        pictures.consider(item, test::scoredPart(image, 0, true));
        if (image.verdict == engine::Verdict::Pass && image.label == engine::Label::Good) passes.push_back(image.score);
    }
    std::sort(passes.rbegin(), passes.rend());
    REQUIRE(passes.size() > ReportPictures::worstPasses);
    for (const engine::ImageResult& image : fixture.evaluation.images) {
        INFO(image.name << " " << image.score);
        const bool must = image.verdict != engine::Verdict::Pass || image.label == engine::Label::Defect ||
                          image.score >= passes[ReportPictures::worstPasses - 1];
        CHECK(pictures.byName().contains(image.name) == must);
    }
}

TEST_CASE("an image that could not be read has no picture") {
    test::ReportFixture fixture(2, 2, true);
    ReportPictures pictures(fixture.model);
    engine::ScoredImage failed;
    failed.failure = engine::ImageFailure{"x.png", "x.png: is empty"};
    pictures.consider({}, failed);
    CHECK(pictures.byName().empty());
}

TEST_CASE("pictures come back from the disk at a size for a page") {
    PictureSpool spool;
    const cv::Mat large(1200, 2400, CV_8UC3, cv::Scalar(10, 200, 30));
    const cv::Mat small(20, 30, CV_8UC3, cv::Scalar(200, 10, 30));
    const SpooledPicture first = spool.add(large);
    const SpooledPicture second = spool.add(small);
    CHECK(first.width == PictureSpool::longestSidePx);
    CHECK(first.height == PictureSpool::longestSidePx / 2);
    CHECK(second.width == 30);
    for (const auto& [spooled, colour] :
         {std::pair(first, cv::Scalar(10, 200, 30)), {second, cv::Scalar(200, 10, 30)}}) {
        const auto jpeg = spool.jpeg(spooled);
        const cv::Mat back = cv::imdecode(
            cv::Mat(1, static_cast<int>(jpeg.size()), CV_8U, const_cast<std::byte*>(jpeg.data())), cv::IMREAD_COLOR);
        REQUIRE(back.cols == spooled.width);
        CHECK(cv::norm(cv::mean(back) - colour) < 6);
    }
    CHECK_THROWS_AS(spool.jpeg({second.offset, second.bytes + 1, 1, 1}), engine::Error);
}
