// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/query/row_order.h"

using services::ImageRecord;
using services::OrderKey;
using services::RowOrder;
using services::ScoreIndex;

namespace {

ImageRecord image(const char* name, double score, const char* type, qint64 modifiedMs) {
    ImageRecord record;
    record.name = QLatin1String(name);
    record.score = score;
    record.defectType = QLatin1String(type);
    record.label = *type == '\0' ? engine::Label::Good : engine::Label::Defect;
    record.file.modifiedMs = modifiedMs;
    return record;
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("names are compared as people count") {
    const auto before = [](const char* a, const char* b) {
        return services::compareNaturally(QString::fromLatin1(a), QString::fromLatin1(b)) < 0;
    };
    for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
             {"part 9", "part 10"},
             {"part 9", "part 010"},
             {"a/2.png", "a/10.png"},
             {"a", "a1"},
             {"a-1", "a1"},
             {"a1", "ab"},
             {"a1", "a1b"},
             {"1a2", "01a10"},
             {"a1b2", "a1b10"},
             {"a0", "a1"},
             {"a", "b1"},
             {"123456789012345678901234567890", "123456789012345678901234567891"}}) {
        INFO(a << " before " << b);
        CHECK(before(a, b));
        CHECK_FALSE(before(b, a));
    }
    CHECK(services::compareNaturally(u"same 07", u"same 7") == 0);
}

TEST_CASE("every order, both ways") {
    const std::vector<ImageRecord> images = {image("Part 10", 3, "scratch", 50), image("part 2", none, "", 10),
                                             image("part 9", 1, "bent", 50), image("a", 2, "", 30)};
    const ScoreIndex scores(images);
    const RowOrder order(images);
    using Rows = std::vector<int>;
    CHECK(order.ordered({OrderKey::Name, false}, scores) == Rows{3, 1, 2, 0});
    CHECK(order.ordered({OrderKey::Name, true}, scores) == Rows{0, 2, 1, 3});
    CHECK(order.ordered({OrderKey::Date, false}, scores) == Rows{1, 3, 2, 0});
    CHECK(order.ordered({OrderKey::Label, false}, scores) == Rows{3, 1, 2, 0});
    CHECK(order.ordered({OrderKey::Split, false}, scores) == Rows{3, 1, 2, 0});
    // What has no score or no type is last either way.
    CHECK(order.ordered({OrderKey::Score, false}, scores) == Rows{2, 3, 0, 1});
    CHECK(order.ordered({OrderKey::Score, true}, scores) == Rows{0, 3, 2, 1});
    CHECK(order.ordered({OrderKey::DefectType, false}, scores) == Rows{2, 0, 3, 1});
    CHECK(order.ordered({OrderKey::DefectType, true}, scores) == Rows{0, 2, 3, 1});
}
