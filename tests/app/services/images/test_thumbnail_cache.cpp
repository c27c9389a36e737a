// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>

#include "app/services/images/thumbnail_cache.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/app/services/images/thumbnail_fixture.h"
#include "tests/support/test_data.h"

using namespace services;
using test::Heard;
using test::writtenImage;

namespace {

std::vector<std::string> names(std::initializer_list<int> images) {
    std::vector<std::string> result;
    for (const int i : images) result.push_back(std::to_string(i) + ".png");
    return result;
}

// Opens the gate of its decoder as it goes: what is in hand must end for that.
class LeavingCache : public ThumbnailCache {
public:
    LeavingCache(const QString& folder, const ThumbnailSettings& settings, test::GatedDecoder& decoder)
        : ThumbnailCache(folder, settings), m_decoder(decoder) {}
    ~LeavingCache() override { m_decoder.open(); }

private:
    test::GatedDecoder& m_decoder;
};

}  // namespace

TEST_CASE("thumbnails arrive in memory, once, and are passed over afterwards") {
    test::TemporaryFolder folder;
    ThumbnailCache cache(test::qt(folder / "thumbs"), qint64{64} << 20);
    Heard heard(cache);
    QVector<ThumbnailRequest> wanted;
    for (int i = 1; i <= 5; ++i) wanted.append(test::requestOf(i, writtenImage(folder, i)));
    CHECK(cache.cached(1).isNull());
    cache.request(wanted);
    CHECK(heard.ready.empty());
    REQUIRE(heard.waitForReady(5));
    for (int i = 1; i <= 5; ++i) {
        CHECK(cache.cached(i).size() == QSize(256, 128));
        CHECK(cache.cached(i).format() == QImage::Format_RGB32);
    }
    CHECK(cache.cached(1) != cache.cached(2));
    cache.request(wanted);
    QTest::qWait(50);
    CHECK(heard.ready.size() == 5);
    CHECK(heard.failed.empty());
}

TEST_CASE("a second cache takes them from the disk") {
    test::TemporaryFolder folder;
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.decode = decoder.function();
    const auto request = test::requestOf(1, writtenImage(folder, 1));
    QImage before;
    {
        ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
        Heard heard(cache);
        cache.request({request});
        REQUIRE(heard.waitForReady(1));
        before = cache.cached(1);
    }
    REQUIRE(decoder.calls().size() == 1);
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    Heard heard(cache);
    cache.request({request});
    REQUIRE(heard.waitForReady(1));
    CHECK(decoder.calls().size() == 1);
    CHECK(cache.cached(1).size() == before.size());

    SECTION("unless what is there is damaged") {
        REQUIRE(test::filesBelow(test::qt(folder / "thumbs")).size() == 1);
        QFile file(test::filesBelow(test::qt(folder / "thumbs")).first());
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.seek(100);
        file.write("damaged");
        file.close();
        ThumbnailCache again(test::qt(folder / "thumbs"), settings);
        Heard heardAgain(again);
        again.request({request});
        REQUIRE(heardAgain.waitForReady(1));
        CHECK(again.cached(1) == before);
        CHECK(decoder.calls().size() == 2);
    }
}

TEST_CASE("the visible come first, and what was asked for before is dropped") {
    test::TemporaryFolder folder;
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.threads = 1;
    settings.decode = decoder.function();
    QVector<ThumbnailRequest> all;
    for (int i = 0; i < 9; ++i) all.append(test::requestOf(i, writtenImage(folder, i)));
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    Heard heard(cache);
    decoder.close();
    cache.request({all[0], all[1], all[2]});
    REQUIRE(decoder.waitForCalls(1));
    cache.request({all[3], all[4]});
    cache.request({all[7], all[0], all[5], all[8]});
    decoder.open();
    REQUIRE(heard.waitForReady(4));
    CHECK(heard.ready == std::vector<ImageId>{0, 7, 5, 8});
    CHECK(decoder.calls() == names({0, 7, 5, 8}));
}

TEST_CASE("a file that changed gets a new thumbnail") {
    test::TemporaryFolder folder;
    ThumbnailCache cache(test::qt(folder / "thumbs"), qint64{64} << 20);
    Heard heard(cache);
    const auto path = writtenImage(folder, 1);
    cache.request({test::requestOf(1, path)});
    REQUIRE(heard.waitForReady(1));
    test::writeImage(path, test::picture(300, 300, 1, 9));
    cache.request({test::requestOf(1, path)});
    REQUIRE(heard.waitForReady(2));
    CHECK(cache.cached(1).size() == QSize(256, 256));
}

TEST_CASE("an image that cannot be read says why, is not tried again at once, and is when it changed") {
    test::TemporaryFolder folder;
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.decode = decoder.function();
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    Heard heard(cache);
    const auto path = folder / "1.png";
    QFile file(test::qt(path));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("not an image");
    file.close();
    const ThumbnailRequest gone{2, test::qt(folder / "gone.png"), 5, 5};
    cache.request({test::requestOf(1, path), gone});
    REQUIRE(QTest::qWaitFor([&] { return heard.failed.size() == 2; }));
    std::sort(heard.failed.begin(), heard.failed.end());
    CHECK(heard.failed[0].second.contains(test::qt(path)));
    CHECK(heard.failed[1].second.contains(gone.path));
    CHECK(cache.failure(1) == heard.failed[0].second);
    CHECK(cache.failure(3).isEmpty());
    cache.request({test::requestOf(1, path), gone});
    QTest::qWait(50);
    CHECK(decoder.calls().size() == 2);
    CHECK(heard.failed.size() == 2);
    test::writeImage(path, test::picture(30, 30, 1, 9));
    cache.request({test::requestOf(1, path)});
    REQUIRE(heard.waitForReady(1));
    CHECK(cache.failure(1).isEmpty());
    CHECK(cache.cached(1).size() == QSize(30, 30));
}

TEST_CASE("with a full disk, and with no folder at all, the memory serves") {
    test::TemporaryFolder folder;
    QVector<ThumbnailRequest> wanted;
    for (int i = 0; i < 4; ++i) wanted.append(test::requestOf(i, writtenImage(folder, i)));
    {
        const test::FullDisk full;
        ThumbnailCache cache(test::qt(folder / "thumbs"), qint64{64} << 20);
        Heard heard(cache);
        cache.request(wanted);
        REQUIRE(heard.waitForReady(4));
        for (int i = 0; i < 4; ++i) CHECK_FALSE(cache.cached(i).isNull());
        CHECK(heard.failed.empty());
    }
    ThumbnailCache cache(QStringLiteral("/dev/null/thumbs"), qint64{64} << 20);
    Heard heard(cache);
    cache.request(wanted);
    REQUIRE(heard.waitForReady(4));
    CHECK(heard.failed.empty());
}

TEST_CASE("the memory keeps its budget, gives up what was seen longest ago, and is not asked for more than it holds") {
    test::TemporaryFolder folder;
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.memoryBytes = 4 * 256 * 256 * 4;  // four of the largest, eight of these
    settings.decode = decoder.function();
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    Heard heard(cache);
    QVector<ThumbnailRequest> all;
    for (int i = 0; i < 12; ++i) all.append(test::requestOf(i, writtenImage(folder, i)));
    cache.request(all);
    REQUIRE(heard.waitForReady(4));
    QTest::qWait(50);
    CHECK(heard.ready.size() == 4);
    cache.request(all.mid(4, 4));
    REQUIRE(heard.waitForReady(8));
    for (int i = 0; i < 8; ++i) CHECK_FALSE(cache.cached(i).isNull());
    cache.cached(0);
    cache.request(all.mid(8, 4));
    REQUIRE(heard.waitForReady(12));
    int kept = 0;
    for (int i = 0; i < 12; ++i) kept += cache.cached(i).isNull() ? 0 : 1;
    CHECK(kept == 8);
    CHECK_FALSE(cache.cached(0).isNull());
    CHECK(cache.cached(1).isNull());
}

TEST_CASE("a cache goes without doing what still waits, and in the midst of its own signals") {
    test::TemporaryFolder folder;
    test::GatedDecoder decoder;
    ThumbnailSettings settings;
    settings.threads = 2;
    settings.decode = decoder.function();
    QVector<ThumbnailRequest> all;
    for (int i = 0; i < 20; ++i) all.append(test::requestOf(i, writtenImage(folder, i)));
    bool heardLater = false;
    {
        LeavingCache cache(test::qt(folder / "thumbs"), settings, decoder);
        QObject::connect(&cache, &ThumbnailCache::ready, qApp, [&] { heardLater = true; });
        decoder.close();
        cache.request(all);
        REQUIRE(decoder.waitForCalls(2));
    }
    QCoreApplication::processEvents();
    // The two in hand; a third has hardly the time to begin between the gate and the stop.
    CHECK(decoder.calls().size() < 20);
    CHECK_FALSE(heardLater);
    auto* cache = new ThumbnailCache(test::qt(folder / "thumbs"), settings);
    bool gone = false;
    QObject::connect(cache, &ThumbnailCache::ready, cache, [&] {
        if (!gone) delete cache;
        gone = true;
    });
    cache->request(all);
    REQUIRE(QTest::qWaitFor([&] { return gone; }));
}
