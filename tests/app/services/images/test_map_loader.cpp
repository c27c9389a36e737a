// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>

#include "app/services/images/map_store.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

void writeMap(const MapStore& store, qint64 image) {
    StoredMap map;
    map.values = cv::Mat(256, 256, CV_32FC1, cv::Scalar(static_cast<double>(image)));
    map.placement = {1, 1, 0, 0, 256, 256};
    map.largest = static_cast<double>(image);
    store.write(1, image, map);
}

}  // namespace

TEST_CASE("a map is read, and one that is not there is null") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    writeMap(store, 3);
    MapLoader loader(store);
    std::vector<std::pair<quint64, std::shared_ptr<const StoredMap>>> answers;
    QObject::connect(&loader, &MapLoader::loaded, &loader,
                     [&](quint64 request, const auto& map) { answers.emplace_back(request, map); });
    const quint64 first = loader.load(1, 3);
    CHECK(answers.empty());
    REQUIRE(QTest::qWaitFor([&] { return answers.size() == 1; }));
    CHECK(answers[0].first == first);
    REQUIRE(answers[0].second);
    CHECK(answers[0].second->largest == 3);
    const quint64 second = loader.load(1, 4);
    CHECK(second != first);
    REQUIRE(QTest::qWaitFor([&] { return answers.size() == 2; }));
    CHECK(answers[1].first == second);
    CHECK_FALSE(answers[1].second);
}

TEST_CASE("only the newest request is answered, and none after it was cancelled") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    for (qint64 image = 0; image < 20; ++image) writeMap(store, image);
    MapLoader loader(store);
    std::vector<std::pair<quint64, double>> answers;
    QObject::connect(&loader, &MapLoader::loaded, &loader,
                     [&](quint64 request, const auto& map) { answers.emplace_back(request, map->largest); });
    quint64 newest = 0;
    for (int i = 0; i < 2000; ++i) newest = loader.load(1, i % 20);
    REQUIRE(QTest::qWaitFor([&] { return !answers.empty(); }));
    loader.load(1, 5);
    loader.cancel();
    const quint64 last = loader.load(1, 7);
    REQUIRE(QTest::qWaitFor([&] { return answers.size() > 1; }));
    CHECK(answers == std::vector<std::pair<quint64, double>>{{newest, 1999 % 20}, {last, 7}});
    loader.load(1, 5);
    loader.cancel();
    QTest::qWait(50);
    CHECK(answers.size() == 2);
}

TEST_CASE("a loader may go while it reads, and in the midst of its own signal") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    writeMap(store, 1);
    for (int i = 0; i < 50; ++i) MapLoader(store).load(1, 1);
    auto* loader = new MapLoader(store);
    bool gone = false;
    QObject::connect(loader, &MapLoader::loaded, loader, [&] {
        delete loader;
        gone = true;
    });
    loader->load(1, 1);
    REQUIRE(QTest::qWaitFor([&] { return gone; }));
}
