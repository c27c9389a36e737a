// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <iostream>
#include <memory>
#include <random>

#include "app/services/query/image_query.h"
#include "tests/support/sanitizer.h"
#include "tests/support/thread_clock.h"

using engine::Label;
using engine::OperatingPoint;
using engine::Split;
using engine::Verdict;
using services::ImageFilter;
using services::ImageQuery;
using services::ImageRecord;
using services::OrderKey;

namespace {

OperatingPoint cuts(double review, double fail) {
    OperatingPoint point;
    point.review = review;
    point.fail = fail;
    return point;
}

ImageRecord image(const char* name, Label label, const char* type, double score, Split split = Split::Test) {
    ImageRecord record;
    record.name = QLatin1String(name);
    record.label = label;
    record.defectType = QLatin1String(type);
    record.score = score;
    record.split = split;
    return record;
}

std::vector<ImageRecord> bottles() {
    return {image("test/broken_large/000.png", Label::Defect, "broken_large", 3.29),
            image("test/broken_large/001.png", Label::Defect, "broken_large", 1.5),
            image("test/contamination/000.png", Label::Defect, "contamination", 1.7),
            image("test/good/000.png", Label::Good, "", 1.38),
            image("test/good/001.png", Label::Good, "", 2.1),
            image("train/good/000.png", Label::Good, "", 1.2, Split::Train),
            image("train/new.png", Label::Unlabelled, "", std::numeric_limits<double>::quiet_NaN(), Split::Train)};
}

std::vector<int> matching(const std::vector<ImageRecord>& images, const ImageFilter& filter) {
    ImageQuery query(images, cuts(1.62, 1.95));
    query.setFilter(filter);
    return query.rows();
}

std::vector<ImageRecord> manyImages(int count) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> score(1, 4);
    std::vector<ImageRecord> images(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        auto& record = images[static_cast<std::size_t>(i)];
        const bool defect = random() % 4 == 0;
        record.id = i + 1;
        record.name = QStringLiteral("test/%1/%2.png")
                          .arg(defect ? QStringLiteral("broken_large") : QStringLiteral("good"))
                          .arg(i);
        record.label = defect ? Label::Defect : random() % 3 == 0 ? Label::Unlabelled : Label::Good;
        if (defect) record.defectType = QStringLiteral("broken_large");
        record.file.modifiedMs = static_cast<qint64>(random());
        record.score = score(random);
    }
    std::sort(images.begin(), images.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return images;
}

// Of this thread: what else the computer does is not counted.
double milliseconds(const std::function<void()>& work) {
    const double before = test::threadCpuMs();
    work();
    return test::threadCpuMs() - before;
}

}  // namespace

TEST_CASE("each part of a filter, and all of them together") {
    const auto images = bottles();
    using Rows = std::vector<int>;
    CHECK(matching(images, {}) == Rows{0, 1, 2, 3, 4, 5, 6});
    CHECK(matching(images, {.text = QStringLiteral("BROKEN")}) == Rows{0, 1});
    CHECK(matching(images, {.text = QStringLiteral("  000  good ")}) == Rows{3, 5});
    CHECK(matching(images, {.text = QStringLiteral("nothing like it")}).empty());
    CHECK(matching(images, {.split = Split::Train}) == Rows{5, 6});
    CHECK(matching(images, {.label = Label::Unlabelled}) == Rows{6});
    CHECK(matching(images, {.defectType = QStringLiteral("contamination")}) == Rows{2});
    CHECK(matching(images, {.defectType = QString()}).empty());
    CHECK(matching(images, {.scoreFrom = 1.5, .scoreTo = 2.1}) == Rows{1, 2, 4});
    CHECK(matching(images, {.verdict = Verdict::Fail}) == Rows{0, 4});
    CHECK(matching(images, {.verdict = Verdict::Review}) == Rows{2});
    CHECK(matching(images, {.verdict = Verdict::None}) == Rows{6});
    CHECK(matching(images, {.disagreementOnly = true}) == Rows{1, 4});
    CHECK(matching(images, {.text = QStringLiteral("test"), .label = Label::Good, .verdict = Verdict::Fail}) ==
          Rows{4});
}

TEST_CASE("counts tell what choosing a verdict would show") {
    const auto images = bottles();
    ImageQuery query(images, cuts(1.62, 1.95));
    CHECK(query.counts().all == 7);
    CHECK(query.counts().fail == 2);
    CHECK(query.counts().disagreements == 2);
    query.setFilter({.split = Split::Test, .verdict = Verdict::Fail});
    CHECK(query.counts().all == 5);
    CHECK(query.counts().pass == 2);
    CHECK(query.counts().review == 1);
    CHECK(query.counts().fail == 2);
    CHECK(query.counts().none == 0);
}

TEST_CASE("a position is found for what is listed, and the next one for what is not") {
    const auto images = bottles();
    ImageQuery query(images, cuts(1.62, 1.95));
    query.setFilter({.verdict = Verdict::Fail});
    CHECK(query.positionOf(0) == 0);
    CHECK(query.positionOf(4) == 1);
    CHECK(query.positionOf(2) == -1);
    CHECK(query.positionOf(-1) == -1);
    CHECK(query.positionOf(99) == -1);
    CHECK(query.positionOfOrAfter(2) == 1);
    CHECK(query.positionOfOrAfter(6) == 2);
    query.setOrder({OrderKey::Score, false});
    CHECK(query.rows() == std::vector<int>{4, 0});
    CHECK(query.isBefore(4, 0));
    CHECK(query.positionOf(0) == 1);
}

TEST_CASE("whatever changes, the rows are those of a query made afresh") {
    std::mt19937 random(11);
    auto images = manyImages(120);
    for (auto& record : images) record.score = std::round(record.score * 4) / 4;
    ImageQuery query(images, cuts(1.5, 2.5));
    for (int round = 0; round < 600; ++round) {
        const auto row = static_cast<std::size_t>(random() % images.size());
        switch (random() % 5) {
            case 0: {
                ImageFilter filter;
                if (random() % 2 == 0) filter.verdict = static_cast<Verdict>(random() % 5);
                if (random() % 3 == 0) filter.disagreementOnly = true;
                if (random() % 3 == 0) filter.label = static_cast<Label>(random() % 3);
                if (random() % 3 == 0) filter.text = QString::number(random() % 10);
                query.setFilter(filter);
                break;
            }
            case 1:
                query.setOrder({static_cast<OrderKey>(random() % 6), random() % 2 == 0});
                break;
            case 2:
                query.setOperatingPoint(
                    cuts(static_cast<double>(random() % 16) / 4, static_cast<double>(random() % 16) / 4));
                break;
            case 3:
                images[row].label = static_cast<Label>(random() % 3);
                images[row].defectType = images[row].label == Label::Defect ? QStringLiteral("bent") : QString();
                query.labelsChanged();
                break;
            default:
                images[row].score = static_cast<double>(random() % 16) / 4;
                const int changed = static_cast<int>(row);
                query.scoresChanged(std::span(&changed, 1));
        }
        ImageQuery fresh(images, query.operatingPoint());
        fresh.setFilter(query.filter());
        fresh.setOrder(query.order());
        REQUIRE(query.rows() == fresh.rows());
        REQUIRE(query.counts() == fresh.counts());
        for (std::size_t i = 0; i < query.rows().size(); ++i)
            REQUIRE(query.positionOf(query.rows()[i]) == static_cast<int>(i));
    }
}

TEST_CASE("a moved cut costs microseconds, a filter milliseconds") {
    const auto few = manyImages(10'000);
    ImageQuery small(few, cuts(1.6, 1.9));
    std::vector<double> plain;
    std::vector<double> filtered;
    for (const bool filter : {false, true}) {
        small.setFilter(filter ? ImageFilter{.verdict = Verdict::Fail} : ImageFilter{});
        for (int i = 0; i < 500; ++i) {
            const auto point = cuts(1.6 + i * 0.002, 1.9 + i * 0.002);
            (filter ? filtered : plain).push_back(milliseconds([&] { small.setOperatingPoint(point); }));
        }
    }
    const auto p99 = [](std::vector<double> v) {
        std::sort(v.begin(), v.end());
        return v[v.size() * 99 / 100];
    };
    std::cout << "cut moved, 10 000 images: p99 " << p99(plain) << " ms; with a verdict filter " << p99(filtered)
              << " ms\n";
    CHECK(p99(plain) < 1 * test::slowdown);
    CHECK(p99(filtered) < 1 * test::slowdown);

    const auto many = manyImages(100'000);
    std::unique_ptr<ImageQuery> query;
    std::cout << "100 000 images: query made " << milliseconds([&] { query = std::make_unique<ImageQuery>(many); })
              << " ms\n";
    query->setOperatingPoint(cuts(1.6, 1.9));
    double slowest = 0;
    const auto report = [&](const char* what, const std::function<void()>& work) {
        const double ms = milliseconds(work);
        slowest = std::max(slowest, ms);
        std::cout << "  " << what << " " << ms << " ms\n";
    };
    report("text filter", [&] { query->setFilter({.text = QStringLiteral("broken 77")}); });
    report("no filter", [&] { query->setFilter({}); });
    report("verdict filter", [&] { query->setFilter({.verdict = Verdict::Fail}); });
    query->setFilter({});
    query->setOrder({OrderKey::Date, false});
    report("by score", [&] { query->setOrder({OrderKey::Score, true}); });
    report("by name", [&] { query->setOrder({OrderKey::Name, false}); });
    report("by date", [&] { query->setOrder({OrderKey::Date, true}); });
    report("by label", [&] { query->setOrder({OrderKey::Label, true}); });
    report("labels changed", [&] { query->labelsChanged(); });
    const int row = 50'000;
    report("one score changed", [&] { query->scoresChanged(std::span(&row, 1)); });
    CHECK(slowest < 50 * test::slowdown);
}
