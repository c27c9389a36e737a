// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QElapsedTimer>
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <opencv2/imgproc.hpp>

#include "app/services/images/map_codec.h"
#include "app/services/images/map_store.h"
#include "app/services/images/picture_levels.h"
#include "app/services/images/picture_loader.h"
#include "app/services/images/thumbnail_cache.h"
#include "app/services/images/thumbnail_files.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/test_data.h"

// Measurements, run by name: test_services_images "[speed]".

using namespace services;

namespace {

// Much like a photograph: smooth with fine noise, so that codecs have something to do.
cv::Mat photograph(int width, int height, int seed) {
    cv::Mat pixels(height, width, CV_8UC3);
    cv::RNG random(static_cast<std::uint64_t>(seed));
    random.fill(pixels, cv::RNG::NORMAL, 128, 60);
    cv::GaussianBlur(pixels, pixels, {}, 6);
    cv::Mat noise(height, width, CV_8UC3);
    random.fill(noise, cv::RNG::UNIFORM, 0, 6);
    return pixels + noise;
}

double seconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

double timeOf(ThumbnailCache& cache, const QVector<ThumbnailRequest>& wanted) {
    qsizetype ready = 0;
    const auto counting = QObject::connect(&cache, &ThumbnailCache::ready, &cache,
                                           [&](const QVector<ImageId>& images) { ready += images.size(); });
    QElapsedTimer timer;
    timer.start();
    cache.request(wanted);
    test::longestTurnMs([&] { return ready == wanted.size(); });
    REQUIRE(ready == wanted.size());
    QObject::disconnect(counting);
    return seconds(timer);
}

}  // namespace

TEST_CASE("speed of thumbnails", "[.][speed]") {
    test::TemporaryFolder folder;
    QVector<ThumbnailRequest> wanted;
    for (int i = 0; i < 200; ++i) {
        const auto path = folder / (std::to_string(i) + ".png");
        test::writeImage(path, photograph(900, 900, i));
        wanted.append(test::requestOf(i, path));
    }
    ThumbnailSettings settings;
    settings.threads = 1;
    {
        ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
        std::cout << "900 x 900 PNG, one thread: " << 200 / timeOf(cache, wanted) << " a second\n";
    }
    ThumbnailCache cache(test::qt(folder / "thumbs"), settings);
    std::cout << "out of the folder: " << timeOf(cache, wanted) / 200 * 1e3 << " ms each\n";
    ThumbnailCache other(test::qt(folder / "thumbs"), settings);
    {
        QElapsedTimer timer;
        const engine::Image image{photograph(900, 900, 1)};
        timer.start();
        for (int i = 0; i < 50; ++i) thumbnailOf(image, 256);
        std::cout << "shrunk in " << seconds(timer) / 50 * 1e3 << " ms";
        ThumbnailFiles files(test::qt(folder / "written"), settings.diskBytes);
        const QImage thumbnail = thumbnailOf(image, 256);
        timer.start();
        for (int i = 0; i < 50; ++i) files.write(QString::number(1000 + i), thumbnail);
        std::cout << ", written in " << seconds(timer) / 50 * 1e3 << " ms\n";
    }
    std::cout << "the first of them: " << timeOf(other, {wanted[7]}) * 1e3 << " ms\n";
}

TEST_CASE("speed of pictures", "[.][speed]") {
    test::TemporaryFolder folder;
    for (const char* name : {"large.jpg", "large.png", "odd.jpg", "small.png"}) {
        const cv::Mat pixels = name[0] == 's'   ? photograph(900, 900, 1)
                               : name[0] == 'o' ? photograph(11521, 8705, 1)
                                                : photograph(11520, 8704, 1);
        test::writeImage(folder / name, pixels);
    }
    for (const char* name : {"large.jpg", "large.png", "odd.jpg", "small.png"}) {
        PictureLoader loader;
        PicturePtr picture;
        QObject::connect(&loader, &PictureLoader::loaded, &loader,
                         [&](quint64, const PicturePtr& loaded) { picture = loaded; });
        for (const char* how : {"opened", "again"}) {
            picture.reset();
            QElapsedTimer timer;
            timer.start();
            loader.load(test::qt(folder / name));
            const double longest = test::longestTurnMs([&] { return picture != nullptr; });
            std::cout << name << ' ' << how << ": " << seconds(timer) * 1e3 << " ms, longest turn " << longest
                      << " ms\n";
        }
        QElapsedTimer timer;
        timer.start();
        pictureLevels(picture->original, {});
        std::cout << "  its levels: " << seconds(timer) * 1e3 << " ms\n";
    }
}

TEST_CASE("speed and size of maps", "[.][speed]") {
    test::TemporaryFolder folder;
    const MapStore store(test::qt(folder / "maps"));
    for (const int side : {256, 512}) {
        StoredMap map;
        cv::Mat grid(side / 8, side / 8, CV_32FC1);
        cv::RNG(3).fill(grid, cv::RNG::NORMAL, 1.5, 0.2);
        cv::resize(grid, map.values, {side, side}, 0, 0, cv::INTER_LINEAR);
        cv::GaussianBlur(map.values, map.values, {}, 4);
        map.placement = {1, 1, 0, 0, side, side};
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i) encodeMap(map);
        std::cout << side << ": encoded in " << seconds(timer) * 10 << " ms, " << encodeMap(map).size() << " bytes";
        timer.start();
        for (int i = 0; i < 100; ++i) store.write(1, i, map);
        std::cout << "; written in " << seconds(timer) * 10 << " ms";
        timer.start();
        for (int i = 0; i < 100; ++i) REQUIRE(store.read(1, i));
        std::cout << "; read in " << seconds(timer) * 10 << " ms\n";
    }
}
