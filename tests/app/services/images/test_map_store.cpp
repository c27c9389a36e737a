// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <atomic>
#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "app/services/images/map_store.h"
#include "engine/core/error.h"
#include "engine/detector/fit.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

StoredMap flatMap(float value) {
    StoredMap map;
    map.values = cv::Mat(24, 32, CV_32FC1, cv::Scalar(value));
    map.placement = {0.5, 0.5, 0, 0, 64, 48};
    map.largest = value;
    return map;
}

}  // namespace

TEST_CASE("maps are kept by model and image, replaced, and removed by model") {
    test::TemporaryFolder folder;
    // Names with what QString::arg would take for a place.
    const MapStore store(test::qt(folder / "maps %1 %2"));
    CHECK_FALSE(store.read(1, 1));
    for (const qint64 image : {1, 2, 257, 100'000}) store.write(1, image, flatMap(static_cast<float>(image)));
    store.write(2, 1, flatMap(-1));
    store.write(1, 2, flatMap(7));
    const MapStore again(test::qt(folder / "maps %1 %2"));
    CHECK(again.read(1, 1)->largest == 1);
    CHECK(again.read(1, 2)->largest == 7);
    CHECK(again.read(1, 257)->largest == 257);
    CHECK(again.read(1, 100'000)->largest == 100'000);
    CHECK(again.read(2, 1)->largest == -1);
    CHECK_FALSE(again.read(2, 2));
    store.remove(1, 2);
    CHECK_FALSE(store.read(1, 2));
    store.remove(1);
    CHECK_FALSE(store.read(1, 1));
    CHECK(store.read(2, 1));
    CHECK(test::filesBelow(test::qt(folder.path())).size() == 1);
}

TEST_CASE("a map that cannot be written says so and leaves the one before") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    store.write(1, 1, flatMap(5));
    bool failed = false;
    {
        const test::FullDisk full;
        try {
            store.write(1, 1, flatMap(6));
        } catch (const engine::Error& error) {
            failed = error.code() == engine::ErrorCode::WriteFailed;
        }
    }
    CHECK(failed);
    CHECK(store.read(1, 1)->largest == 5);
    CHECK(test::filesBelow(test::qt(folder.path())).size() == 1);
    const MapStore nowhere(test::qt(folder / "maps") + QStringLiteral("/1/1/1.map/below"));
    CHECK_THROWS_AS(nowhere.write(1, 1, flatMap(1)), engine::Error);
}

TEST_CASE("a project's folder that vanishes is not made anew by its maps") {
    test::TemporaryFolder folder;
    const QString project = test::qt(folder / "project");
    REQUIRE(QDir().mkpath(project));
    const MapStore store(project + QStringLiteral("/cache/maps"));
    store.write(1, 1, flatMap(5));
    REQUIRE(QDir(project + QStringLiteral("/cache")).removeRecursively());
    store.write(1, 1, flatMap(5));  // a cache that was cleared is filled again
    CHECK(store.read(1, 1).has_value());
    REQUIRE(QDir().rename(project, test::qt(folder / "elsewhere")));
    CHECK_THROWS_AS(store.write(1, 2, flatMap(6)), engine::Error);
    CHECK_FALSE(QDir(project).exists());
}

TEST_CASE("a damaged map and something else in its place are no map") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    store.write(1, 1, flatMap(5));
    QFile file(test::filesBelow(test::qt(folder.path())).value(0));
    REQUIRE(file.open(QIODevice::ReadWrite));
    REQUIRE(file.resize(file.size() - 1));
    file.close();
    CHECK_FALSE(store.read(1, 1));
    REQUIRE(file.remove());
    REQUIRE(QDir().mkpath(file.fileName()));
    CHECK_FALSE(store.read(1, 1));
}

TEST_CASE("who reads while others write finds a whole map") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    store.write(1, 1, flatMap(1));
    std::atomic<bool> stop = false;
    std::atomic<int> broken = 0;
    std::vector<std::thread> threads;
    for (int writer = 1; writer <= 2; ++writer)
        threads.emplace_back([&, writer] {
            for (int i = 0; i < 50; ++i) store.write(1, 1, flatMap(static_cast<float>(writer)));
        });
    std::thread reader([&] {
        while (!stop) {
            const auto map = store.read(1, 1);
            if (!map || map->values.at<float>(3, 3) != static_cast<float>(map->largest)) ++broken;
        }
    });
    for (std::thread& thread : threads) thread.join();
    stop = true;
    reader.join();
    CHECK(broken == 0);
}

TEST_CASE("the stored map brought to the image's size is the engine's map") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0, 97, 65);
    const engine::Image image{test::partWithBlot(97, 65, 600, 30, 20)};
    for (const auto mode : {engine::FitMode::Native, engine::FitMode::Letterbox, engine::FitMode::Crop}) {
        engine::FitParameters parameters;
        parameters.backbone.name = "resnet18";
        parameters.backbone.device = "cpu";
        parameters.preprocess.sizePx = 96;
        parameters.preprocess.fitMode = mode;
        auto fitted = engine::fit(parameters, engine::openImageSet(folder / "set"), test::formulaResnet18(),
                                  engine::RunContext());
        const engine::Prediction prediction = fitted.model.detector->score(image, engine::RunContext());
        double largest = 0;
        cv::minMaxLoc(prediction.map, nullptr, &largest);
        const StoredMap kept{prediction.inputMap, prediction.placement, largest};
        CHECK(cv::norm(mapAtImageSize(kept, 97, 65), prediction.map, cv::NORM_INF) == 0);

        const MapStore store(test::qt(folder / "maps"));
        store.write(1, 1, kept);
        const auto back = store.read(1, 1);
        REQUIRE(back);
        const cv::Mat map = mapAtImageSize(*back, 97, 65);
        REQUIRE(map.size() == prediction.map.size());
        double low = 0;
        double high = 0;
        cv::minMaxLoc(prediction.inputMap, &low, &high);
        CHECK(cv::norm(map, prediction.map, cv::NORM_INF) <= (high - low) / 65535 / 2 + high * 1e-6);
        CHECK(cv::norm(map, prediction.map, cv::NORM_INF) > 0);
    }
}

TEST_CASE("the map of an image shown smaller is the map shrunk") {
    StoredMap map;
    map.values.create(64, 96, CV_32FC1);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x)
            map.values.at<float>(y, x) = static_cast<float>(std::sin(x * 0.1) + std::cos(y * 0.07));
    map.placement = {0.25, 0.25, 0, 4, 384, 224};
    cv::Mat shrunk;
    cv::resize(mapAtImageSize(map, 384, 224), shrunk, {96, 56}, 0, 0, cv::INTER_AREA);
    CHECK(cv::norm(mapAtImageSize(map, 96, 56), shrunk, cv::NORM_INF) < 0.02);
    CHECK_THROWS_AS(mapAtImageSize(map, 0, 5), engine::Error);
    CHECK_THROWS_AS(mapAtImageSize({}, 5, 5), engine::Error);
}
