// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/good_pixels.h"
#include "engine/metrics/pixel_metrics.h"
#include "engine/metrics/radix_sort.h"
#include "tests/support/process_status.h"
#include "tests/support/sanitizer.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace {

struct TestImage {
    cv::Mat map, mask, inside;
};

PixelScores scoresOf(const std::vector<TestImage>& images) {
    PixelMetrics metrics;
    for (const TestImage& image : images) metrics.add(image.map, image.mask, image.inside);
    return metrics.compute(RunContext());
}

// Regions by flood fill over the eight neighbours, written apart from what is tested.
void flood(const cv::Mat& mask, cv::Mat& labels, int y, int x, int label) {
    if (y < 0 || x < 0 || y >= mask.rows || x >= mask.cols) return;
    if (mask.at<std::uint8_t>(y, x) == 0 || labels.at<int>(y, x) != 0) return;
    labels.at<int>(y, x) = label;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) flood(mask, labels, y + dy, x + dx, label);
    }
}

struct Flat {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    std::vector<int> regions;  // 0 for good pixels
    int regionCount = 0;
};

Flat flatten(const std::vector<TestImage>& images) {
    Flat flat;
    for (const TestImage& image : images) {
        cv::Mat labels = cv::Mat::zeros(image.map.size(), CV_32S);
        for (int y = 0; !image.mask.empty() && y < image.map.rows; ++y) {
            for (int x = 0; x < image.map.cols; ++x) {
                if (image.mask.at<std::uint8_t>(y, x) == 0 || labels.at<int>(y, x) != 0) continue;
                flood(image.mask, labels, y, x, ++flat.regionCount);
            }
        }
        for (int y = 0; y < image.map.rows; ++y) {
            for (int x = 0; x < image.map.cols; ++x) {
                if (!image.inside.empty() && image.inside.at<std::uint8_t>(y, x) == 0) continue;
                flat.scores.push_back(static_cast<double>(image.map.at<float>(y, x)));
                flat.regions.push_back(labels.at<int>(y, x));
                flat.labels.push_back(static_cast<std::uint8_t>(labels.at<int>(y, x) > 0));
            }
        }
    }
    return flat;
}

// Every threshold, every pixel: the definition.
double bruteAupro(const Flat& flat) {
    const std::set<double, std::greater<>> thresholds(flat.scores.begin(), flat.scores.end());
    const std::set<int> present(flat.regions.begin(), flat.regions.end());
    double area = 0;
    double lastRate = 0;
    double lastOverlap = 0;
    for (const double threshold : thresholds) {
        std::vector<double> size(static_cast<std::size_t>(flat.regionCount) + 1, 0.0);
        std::vector<double> flagged = size;
        for (std::size_t i = 0; i < flat.scores.size(); ++i) {
            const auto region = static_cast<std::size_t>(flat.regions[i]);
            size[region] += 1;
            if (flat.scores[i] >= threshold) flagged[region] += 1;
        }
        double overlap = 0;
        double counted = 0;
        for (const int region : present) {
            if (region == 0) continue;
            counted += 1;
            overlap += flagged[static_cast<std::size_t>(region)] / size[static_cast<std::size_t>(region)];
        }
        overlap /= counted;
        double rate = flagged[0] / size[0];
        double atEnd = overlap;
        if (rate > 0.3) {
            atEnd = lastOverlap + (overlap - lastOverlap) * (0.3 - lastRate) / (rate - lastRate);
            rate = 0.3;
        }
        area += (rate - lastRate) * (lastOverlap + atEnd) / 2;
        lastRate = rate;
        lastOverlap = atEnd;
        if (rate == 0.3) break;
    }
    return area / 0.3;
}

cv::Mat rowOf(std::vector<float> values) {
    return cv::Mat(values, true).reshape(1, 1);
}
cv::Mat maskOf(std::vector<std::uint8_t> values) {
    return cv::Mat(values, true).reshape(1, 1);
}

}  // namespace

TEST_CASE("ten pixels worked by hand: two regions weigh alike, and the curve is cut at 30 %") {
    // Regions: pixel 0 (score 9), pixels 2 and 3 (scores 8 and 1). Good: 5, 4, 3, 2, 2, 0, 0.
    const PixelScores scores =
        scoresOf({{rowOf({9, 5, 8, 1, 4, 3, 2, 2, 0, 0}), maskOf({1, 0, 255, 7, 0, 0, 0, 0, 0, 0}), {}}});
    CHECK(scores.regions == 2);
    CHECK(scores.masks == 1);
    CHECK(*scores.auroc == Approx((7 + 7 + 2) / 21.0));
    CHECK(*scores.aupr == Approx((1.0 + 1.0 + 3.0 / 8) / 3));
    CHECK(*scores.f1max == Approx(0.8));
    CHECK(*scores.f1threshold == 8);
    CHECK(*scores.aupro30 == Approx(0.75));  // from the first good pixel to 5/7 false positives: (1 + 1/2) / 2
}

TEST_CASE("a tie of good and defect pixels is a slope, interpolated at exactly 30 %") {
    // Two good pixels of four and the whole region step together: the curve runs straight from (0, 0) to (0.5, 1).
    const PixelScores scores = scoresOf({{rowOf({2, 2, 2, 1, 1}), maskOf({1, 0, 0, 0, 0}), {}}});
    CHECK(*scores.aupro30 == Approx(0.3));
    CHECK(*scores.auroc == Approx(0.75));
}

TEST_CASE("diagonal neighbours are one region") {
    const cv::Mat mask = (cv::Mat_<std::uint8_t>(3, 3) << 1, 0, 0, 0, 1, 0, 0, 0, 1);
    CHECK(scoresOf({{cv::Mat::ones(3, 3, CV_32F), mask, {}}}).regions == 1);
}

TEST_CASE("without defect or without good pixels nothing is defined") {
    const cv::Mat map = cv::Mat::ones(4, 4, CV_32F);
    const cv::Mat all(4, 4, CV_8U, cv::Scalar(255));
    const cv::Mat none = cv::Mat::zeros(4, 4, CV_8U);
    const PixelScores good = scoresOf({{map, {}, {}}, {map, none, {}}});
    CHECK_FALSE(good.auroc);
    CHECK_FALSE(good.aupro30);
    CHECK(good.masks == 0);
    const PixelScores defect = scoresOf({{map, all, {}}});
    CHECK_FALSE(defect.auroc);
    CHECK_FALSE(defect.f1max);
    CHECK(defect.masks == 1);
    CHECK(defect.regions == 1);
    CHECK_FALSE(scoresOf({}).aupr);
}

TEST_CASE("a region of interest leaves pixels out, even whole regions, and splits none") {
    const TestImage image{rowOf({5, 4, 3, 2, 1, 9}), maskOf({1, 1, 1, 0, 0, 1}), maskOf({1, 0, 1, 1, 1, 0})};
    const PixelScores scores = scoresOf({image});
    CHECK(scores.regions == 1);
    CHECK(scores.masks == 1);
    CHECK(*scores.auroc == 1);
    CHECK(*scores.f1threshold == 3);
    CHECK(scoresOf({{image.map, image.mask, maskOf({0, 0, 0, 1, 1, 0})}}).masks == 0);
}

TEST_CASE("on random maps full of ties every number agrees with counting") {
    Random random(5);
    for (int round = 0; round < 30; ++round) {
        const auto levels = 2 + random.below(40);
        std::vector<TestImage> images;
        for (int i = 0; i < 3; ++i) {
            TestImage image{cv::Mat(7, 9, CV_32F), cv::Mat(7, 9, CV_8U), {}};
            if (random.below(2) == 0) image.inside = cv::Mat(7, 9, CV_8U);
            for (int p = 0; p < 63; ++p) {
                const bool defect = random.below(4) == 0;
                image.mask.at<std::uint8_t>(p) = defect ? 255 : 0;
                image.map.at<float>(p) = static_cast<float>(random.below(levels)) * 0.37F - 3 + (defect ? 2.F : 0.F);
                if (!image.inside.empty()) image.inside.at<std::uint8_t>(p) = random.below(5) != 0;
            }
            if (i == 2) image.mask.release();
            images.push_back(image);
        }
        const PixelScores scores = scoresOf(images);
        const Flat flat = flatten(images);
        REQUIRE(scores.auroc);
        CHECK(*scores.auroc == Approx(*auroc(flat.scores, flat.labels)).epsilon(1e-12));
        CHECK(*scores.aupr == Approx(*aupr(flat.scores, flat.labels)).epsilon(1e-12));
        CHECK(*scores.f1max == Approx(f1Max(flat.scores, flat.labels)->f1).epsilon(1e-12));
        CHECK(*scores.f1threshold == f1Max(flat.scores, flat.labels)->threshold);
        CHECK(*scores.aupro30 == Approx(bruteAupro(flat)).epsilon(1e-10));
    }
}

TEST_CASE("with more pixels than are held, every number stays close to where it was") {
    Random random(31);
    PixelMetrics exact;
    PixelMetrics counted(PixelMetrics::MostExact().good + 1);
    PixelMetrics outgrownByGood(0, {.good = 50'000, .defect = 1'000'000});
    PixelMetrics outgrownByDefects(0, {.good = 1'000'000, .defect = 700});
    for (int image = 0; image < 12; ++image) {
        cv::Mat map(120, 160, CV_32FC1);
        cv::Mat mask = cv::Mat::zeros(map.size(), CV_8UC1);
        if (image % 3 == 0) mask(cv::Rect(20 + image, 30, 25, 18)) = 255;
        if (image % 3 == 0) mask(cv::Rect(100, 70 + image, 6, 9)) = 255;
        for (int y = 0; y < map.rows; ++y) {
            for (int x = 0; x < map.cols; ++x) {
                const double shift = mask.at<std::uint8_t>(y, x) != 0 ? 0.9 : 0.0;
                map.at<float>(y, x) = static_cast<float>(0.4 * random.normal() + shift);
            }
        }
        for (PixelMetrics* metrics : {&exact, &counted, &outgrownByGood, &outgrownByDefects}) metrics->add(map, mask);
    }
    const PixelScores a = exact.compute(RunContext());
    const PixelScores b = counted.compute(RunContext());
    for (PixelMetrics* outgrown : {&outgrownByGood, &outgrownByDefects}) {
        const PixelScores c = outgrown->compute(RunContext());
        CHECK(c.auroc == b.auroc);
        CHECK(c.aupr == b.aupr);
        CHECK(c.f1max == b.f1max);
        CHECK(c.f1threshold == b.f1threshold);
        CHECK(c.aupro30 == b.aupro30);
        CHECK(c.regions == b.regions);
        CHECK(c.masks == b.masks);
    }
    CHECK(*a.auroc == Approx(*b.auroc).margin(2e-5));
    CHECK(*a.aupr == Approx(*b.aupr).margin(5e-5));
    CHECK(*a.f1max == Approx(*b.f1max).margin(4e-4));  // a pixel moved over the cut is 1e-4 here
    CHECK(*a.f1threshold == Approx(*b.f1threshold).margin(2e-3));
    CHECK(*a.aupro30 == Approx(*b.aupro30).margin(5e-5));
    CHECK(*a.auroc != *b.auroc);  // they were counted indeed
    CHECK(a.regions == b.regions);
    CHECK(a.masks == b.masks);
}

TEST_CASE("good pixels that outgrow what is held are counted from then on") {
    Random random(5);
    GoodPixels held(1'000'000);
    GoodPixels outgrown(700);
    std::vector<std::uint32_t> keys;
    for (int i = 0; i < 2'000; ++i) keys.push_back(orderedKey(static_cast<float>(random.normal())));
    for (const std::uint32_t key : keys) held.append(key);
    for (const std::uint32_t key : keys) outgrown.append(key);
    held.sort(RunContext());
    outgrown.sort(RunContext());
    CHECK(held.size() == outgrown.size());
    for (const float value : {3.0F, 1.0F, 0.25F, 0.0F, -0.5F, -4.0F}) {
        // Rounding falls on the same side for all: a key that is a bin's lowest has the same number above it.
        const std::uint32_t key = KeyBins::lowestKey(KeyBins::of(orderedKey(value)));
        const auto exact = held.descend(key);
        const auto counted = outgrown.descend(key);
        const auto inBin = static_cast<std::int64_t>(std::count_if(
            keys.begin(), keys.end(), [&](std::uint32_t k) { return KeyBins::of(k) == KeyBins::of(key); }));
        CHECK(counted.equalOrHigher == exact.equalOrHigher);
        CHECK(counted.equalOrHigher - counted.higher == inBin);
    }
}

TEST_CASE("maps that do not fit, and values that are no numbers, are refused") {
    PixelMetrics metrics;
    cv::Mat map = cv::Mat::zeros(3, 4, CV_32F);
    const auto codeOf = [&](const cv::Mat& m, const cv::Mat& mask, const cv::Mat& inside) {
        try {
            metrics.add(m, mask, inside);
        } catch (const Error& e) {
            return e.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf(map, cv::Mat::zeros(4, 3, CV_8U), {}) == ErrorCode::Mismatch);
    CHECK(codeOf(map, {}, cv::Mat::zeros(4, 3, CV_8U)) == ErrorCode::Mismatch);
    CHECK(codeOf(map, cv::Mat::zeros(3, 4, CV_8UC3), {}) == ErrorCode::InvalidArgument);
    CHECK(codeOf(cv::Mat::zeros(3, 4, CV_64F), {}, {}) == ErrorCode::InvalidArgument);
    CHECK(codeOf({}, {}, {}) == ErrorCode::InvalidArgument);
    map.at<float>(1, 1) = std::numeric_limits<float>::quiet_NaN();
    CHECK(codeOf(map, {}, {}) == ErrorCode::InvalidArgument);
    CHECK_FALSE(metrics.compute(RunContext()).auroc);
    CHECK_THROWS_AS(metrics.compute(RunContext()), Error);
    CHECK_THROWS_AS(metrics.add(cv::Mat::zeros(3, 4, CV_32F), {}), Error);
}

namespace {

// Smooth maps with a bright disc in each second one, where the mask is.
TestImage madeMap(int side, int index, Random& random) {
    TestImage image{cv::Mat(side, side, CV_32F), {}, {}};
    std::vector<float> noise(4096);
    for (float& n : noise) n = static_cast<float>(random.normal());
    const bool defect = index % 2 == 0;
    if (defect) image.mask = cv::Mat::zeros(side, side, CV_8U);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int dx = x - side / 2;
            const int dy = y - side / 3;
            const bool inside = defect && dx * dx + dy * dy < side * side / 40;
            if (inside) image.mask.at<std::uint8_t>(y, x) = 255;
            const auto n = static_cast<std::size_t>((x * 31 + y * 977 + index) & 4095);
            image.map.at<float>(y, x) =
                1.5F + 0.3F * noise[n] + 1e-4F * static_cast<float>(x + y) + (inside ? 1.F : 0.F);
        }
    }
    return image;
}

struct Run {
    double addSeconds = 0, computeSeconds = 0;
    double timesTheScores = 0;
    PixelScores scores;
};

Run runOn(int maps, int side) {
    test::restartPeak();
    const long before = test::processStatus("VmRSS");
    Run run;
    Random random(8);
    PixelMetrics metrics;
    const auto seconds = [](auto from) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    };
    for (int i = 0; i < maps; ++i) {
        const TestImage image = madeMap(side, i, random);
        const auto start = std::chrono::steady_clock::now();
        metrics.add(image.map, image.mask);
        run.addSeconds += seconds(start);
    }
    const auto start = std::chrono::steady_clock::now();
    run.scores = metrics.compute(RunContext());
    run.computeSeconds = seconds(start);
    run.timesTheScores = static_cast<double>(test::processStatus("VmHWM") - before) * 1024 / (4.0 * maps * side * side);
    return run;
}

}  // namespace

TEST_CASE("every score is held once: the peak stays near the bytes of the scores") {
    if (test::processStatus("VmHWM") == 0) return;
    if (test::sanitized) return test::skip("a sanitizer keeps freed memory for a while");
    const Run run = runOn(40, 1000);  // 160 MB of scores
    CHECK(run.timesTheScores < 1.5);  // a block of 40 MiB and one image's work weigh more here than on a large set
    CHECK(run.scores.masks == 20);
    CHECK(*run.scores.auroc > 0.9);
}

TEST_CASE("where pixels are counted, memory does not grow with the set, be they good or of defects") {
    if (test::processStatus("VmRSS") == 0) return;
    if (test::sanitized) return test::skip("a sanitizer keeps freed memory for a while");
    PixelMetrics metrics(0, {.good = 1'000'000, .defect = 1'000'000});
    cv::Mat map(1000, 1000, CV_32F);
    cv::randu(map, 0, 1);
    cv::Mat mask = cv::Mat::zeros(map.size(), CV_8U);
    mask.rowRange(0, 500) = 255;
    for (int i = 0; i < 10; ++i) metrics.add(map, mask);
    const long before = test::processStatus("VmRSS");
    for (int i = 0; i < 40; ++i) metrics.add(map, mask);  // 80 MB of each, were they held
    CHECK(test::processStatus("VmRSS") - before < 16 * 1024);
    CHECK(metrics.compute(RunContext()).regions == 50);
}

TEST_CASE("time and memory of 83 maps of 900 x 900", "[.timing]") {
    const Run run = runOn(83, 900);
    std::cout << "add " << run.addSeconds << " s, compute " << run.computeSeconds << " s, peak " << run.timesTheScores
              << " times the scores\n";
    CHECK(run.computeSeconds < 10);
}
