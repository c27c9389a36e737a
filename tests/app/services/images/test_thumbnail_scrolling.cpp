// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "app/services/images/thumbnail_cache.h"
#include "tests/app/services/images/thumbnail_fixture.h"
#include "tests/support/test_data.h"

using namespace services;
using test::Heard;
using test::writtenImage;

TEST_CASE("100 000 images scrolled through: nothing piles up, the window never waits, the last view is served") {
    test::TemporaryFolder folder;
    const auto path = writtenImage(folder, 1);
    const QString name = test::qt(path);
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.decode = decoder.function();
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    Heard heard(cache);
    constexpr int visible = 60;
    constexpr int near = 180;
    double longestRequest = 0;
    double longestTurn = 0;
    int requests = 0;
    for (ImageId top = 0; top < 100'000; top += 20, ++requests) {
        QVector<ThumbnailRequest> wanted;
        // Another time each, so that none is on the disk.
        for (ImageId i = top; i < top + near; ++i) wanted.append({i, name, i, 1});
        double start = test::threadMs();
        cache.request(wanted);
        longestRequest = std::max(longestRequest, test::threadMs() - start);
        start = test::threadMs();
        QCoreApplication::processEvents();
        longestTurn = std::max(longestTurn, test::threadMs() - start);
    }
    constexpr ImageId lastTop = 99'980;
    const std::size_t before = heard.ready.size();
    const auto lastIsThere = [&] {
        for (ImageId i = lastTop; i < lastTop + visible; ++i)
            if (cache.cached(i).isNull()) return false;
        return true;
    };
    REQUIRE(QTest::qWaitFor(lastIsThere, 20'000));
    CAPTURE(requests, longestRequest, longestTurn, before);
    CHECK(longestRequest < 16);
    CHECK(longestTurn < 16);
    // Of earlier views no more than what was in hand and what had just been made.
    CHECK(std::count_if(heard.ready.begin() + static_cast<std::ptrdiff_t>(before), heard.ready.end(),
                        [](ImageId image) { return image < lastTop; }) <= 8);
    const std::set<ImageId> once(heard.ready.begin(), heard.ready.end());
    CHECK(once.size() == heard.ready.size());

    SECTION("even a request for all of them takes no time") {
        QVector<ThumbnailRequest> everything;
        for (ImageId i = 0; i < 100'000; ++i) everything.append({i, name, i + 1, 1});
        const double start = test::threadMs();
        cache.request(everything);
        CHECK(test::threadMs() - start < 16);
    }
}
