// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include "app/services/images/picture_loader.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

// What a loader said, in order.
struct Heard {
    explicit Heard(PictureLoader& loader) {
        QObject::connect(&loader, &PictureLoader::loaded, &loader,
                         [this](quint64 request, const PicturePtr& picture) { loaded.emplace_back(request, picture); });
        QObject::connect(&loader, &PictureLoader::failed, &loader,
                         [this](quint64 request, const QString& message) { failed.emplace_back(request, message); });
    }
    bool waitFor(std::size_t answers) {
        return QTest::qWaitFor([&] { return loaded.size() + failed.size() >= answers; }, 20'000);
    }
    std::vector<std::pair<quint64, PicturePtr>> loaded;
    std::vector<std::pair<quint64, QString>> failed;
};

struct Images {
    explicit Images(int count, int side = 600) {
        for (int i = 0; i < count; ++i) {
            const auto path = folder / (std::to_string(i) + ".png");
            test::writeImage(path, test::picture(side, side / 2, 3, i));
            paths.append(test::qt(path));
        }
    }
    test::TemporaryFolder folder;
    QStringList paths;
};

std::string nameOf(int image) {
    return std::to_string(image) + ".png";
}

}  // namespace

TEST_CASE("a picture arrives after load has returned, with its format, its pixels and its levels") {
    const Images images(1);
    test::writeImage(images.folder / "1.dat.jpg", test::picture(64, 48, 1, 1));
    PictureLoader loader;
    Heard heard(loader);
    const quint64 first = loader.load(images.paths[0]);
    CHECK(heard.loaded.empty());
    REQUIRE(heard.waitFor(1));
    CHECK(heard.loaded[0].first == first);
    const PicturePtr picture = heard.loaded[0].second;
    CHECK(picture->path == images.paths[0]);
    CHECK(picture->format == QStringLiteral("PNG"));
    CHECK(picture->width() == 600);
    REQUIRE(picture->levels.size() == 2);
    CHECK(picture->levels[0].constBits() == picture->original.pixels.data);
    CHECK(cv::norm(picture->original.pixels, test::picture(600, 300, 3, 0), cv::NORM_INF) == 0);
    const quint64 second = loader.load(test::qt(images.folder / "1.dat.jpg"));
    CHECK(second != first);
    REQUIRE(heard.waitFor(2));
    CHECK(heard.loaded[1].second->format == QStringLiteral("JPEG"));
    CHECK(heard.loaded[1].second->levels[0].format() == QImage::Format_Grayscale8);
}

TEST_CASE("only the newest request is answered, while the one before is still being decoded") {
    const Images images(4);
    test::GatedDecoder decoder;
    PictureSettings settings;
    settings.decode = decoder.function();
    PictureLoader loader(settings);
    Heard heard(loader);
    decoder.close();
    loader.load(images.paths[0]);
    REQUIRE(decoder.waitForCalls(1));
    loader.load(images.paths[1]);
    REQUIRE(decoder.waitForCalls(2));
    loader.load(images.paths[2]);
    const quint64 newest = loader.load(images.paths[3]);
    decoder.open();
    REQUIRE(heard.waitFor(1));
    QTest::qWait(50);
    REQUIRE(heard.loaded.size() == 1);
    CHECK(heard.loaded[0].first == newest);
    CHECK(heard.loaded[0].second->path == images.paths[3]);
    CHECK(decoder.calls() == std::vector<std::string>{nameOf(0), nameOf(1), nameOf(3)});
    CHECK(heard.failed.empty());

    SECTION("and none after cancel") {
        loader.load(images.paths[2]);
        loader.cancel();
        QTest::qWait(100);
        CHECK(heard.loaded.size() == 1);
        loader.load(images.paths[2]);
        CHECK(heard.waitFor(2));
    }
}

TEST_CASE("asking again for what is being decoded does not decode it twice") {
    const Images images(1);
    test::GatedDecoder decoder;
    PictureSettings settings;
    settings.decode = decoder.function();
    PictureLoader loader(settings);
    Heard heard(loader);
    decoder.close();
    loader.load(images.paths[0]);
    REQUIRE(decoder.waitForCalls(1));
    const quint64 again = loader.load(images.paths[0]);
    QTest::qWait(20);
    decoder.open();
    REQUIRE(heard.waitFor(1));
    CHECK(heard.loaded[0].first == again);
    CHECK(decoder.calls().size() == 1);
}

TEST_CASE("going back is answered out of memory even while others are being decoded, unless the file has changed") {
    const Images images(4);
    test::GatedDecoder decoder;
    PictureSettings settings;
    settings.decode = decoder.function();
    PictureLoader loader(settings);
    Heard heard(loader);
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(1));
    decoder.close();
    loader.load(images.paths[1]);
    REQUIRE(decoder.waitForCalls(2));
    loader.load(images.paths[2]);
    REQUIRE(decoder.waitForCalls(3));
    const quint64 back = loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(2));
    CHECK(heard.loaded[1].first == back);
    CHECK(heard.loaded[1].second == heard.loaded[0].second);
    CHECK(decoder.calls().size() == 3);
    decoder.open();
    test::writeImage(images.folder / "0.png", test::picture(50, 40, 1, 1));
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(3));
    CHECK(heard.loaded[2].second->width() == 50);
}

TEST_CASE("a file that is not there, is damaged or went away gives a message that names it") {
    const Images images(2);
    PictureLoader loader;
    Heard heard(loader);
    const QString missing = test::qt(images.folder / "missing.png");
    const quint64 request = loader.load(missing);
    REQUIRE(heard.waitFor(1));
    CHECK(heard.failed[0].first == request);
    CHECK(heard.failed[0].second.contains(missing));
    QFile file(images.paths[0]);
    REQUIRE(file.resize(file.size() / 2));
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(2));
    CHECK(heard.failed[1].second.contains(images.paths[0]));
    loader.load(images.paths[1]);
    REQUIRE(heard.waitFor(3));
    REQUIRE(QFile::remove(images.paths[1]));
    loader.load(images.paths[1]);
    REQUIRE(heard.waitFor(4));
    CHECK(heard.loaded.size() == 1);
    CHECK(heard.failed[2].second.contains(images.paths[1]));
}

TEST_CASE("neighbours are read when there is nothing else to do, and are there when they are asked for") {
    const Images images(5);
    test::GatedDecoder decoder;
    PictureSettings settings;
    settings.decode = decoder.function();
    PictureLoader loader(settings);
    Heard heard(loader);
    decoder.close();
    loader.load(images.paths[2]);
    loader.prefetch({images.paths[3], images.paths[1]});
    REQUIRE(decoder.waitForCalls(1));
    QTest::qWait(20);
    CHECK(decoder.calls() == std::vector<std::string>{nameOf(2)});
    decoder.open();
    REQUIRE(heard.waitFor(1));
    REQUIRE(decoder.waitForCalls(3));
    CHECK(decoder.calls() == std::vector<std::string>{nameOf(2), nameOf(3), nameOf(1)});
    for (const int i : {3, 1, 2}) {
        const std::size_t before = heard.loaded.size();
        loader.load(images.paths[i]);
        REQUIRE(heard.waitFor(before + 1));
        CHECK(heard.loaded.back().second->path == images.paths[i]);
    }
    CHECK(decoder.calls().size() == 3);
    CHECK(heard.loaded.size() == 4);

    SECTION("one that is being read when it is asked for is not read twice") {
        decoder.close();
        loader.prefetch({images.paths[4]});
        REQUIRE(decoder.waitForCalls(4));
        const quint64 request = loader.load(images.paths[4]);
        QTest::qWait(20);
        decoder.open();
        REQUIRE(heard.waitFor(5));
        CHECK(heard.loaded.back().first == request);
        CHECK(decoder.calls().size() == 4);
    }
    SECTION("one that cannot be read is not spoken of") {
        REQUIRE(QFile::resize(images.paths[4], 20));
        loader.prefetch({images.paths[4], images.paths[0]});
        REQUIRE(decoder.waitForCalls(4));
        CHECK(decoder.calls().back() == nameOf(0));
        QTest::qWait(50);
        CHECK(heard.failed.empty());
    }
}

TEST_CASE("the memory keeps its budget, and neighbours do not drive out the picture that is looked at") {
    const Images images(6);
    constexpr qint64 one = 600 * 300 * 3 * 5 / 4;  // two levels
    test::GatedDecoder decoder;
    PictureSettings settings;
    settings.memoryBytes = one * 5 / 2;
    settings.decode = decoder.function();
    PictureLoader loader(settings);
    Heard heard(loader);
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(1));
    loader.prefetch({images.paths[1], images.paths[2], images.paths[3]});
    REQUIRE(decoder.waitForCalls(2));
    QTest::qWait(100);
    CHECK(decoder.calls() == std::vector<std::string>{nameOf(0), nameOf(1)});
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(2));
    CHECK(decoder.calls().size() == 2);
    for (int i = 2; i < 6; ++i) {
        loader.load(images.paths[i]);
        REQUIRE(heard.waitFor(static_cast<std::size_t>(i) + 1));
    }
    heard.loaded.clear();
    loader.load(images.paths[4]);
    REQUIRE(heard.waitFor(1));
    CHECK(decoder.calls().size() == 6);
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(2));
    CHECK(decoder.calls().size() == 7);
}

TEST_CASE("other limits of a 16-bit image are another picture, of an 8-bit image the same") {
    const Images images(1);
    cv::Mat deep(20, 20, CV_16UC1, cv::Scalar(1000));
    deep.at<std::uint16_t>(0, 0) = 3000;
    test::writeImage(images.folder / "deep.png", deep);
    const QString path = test::qt(images.folder / "deep.png");
    PictureLoader loader;
    Heard heard(loader);
    loader.load(path, SixteenBitLimits{0, 2000});
    REQUIRE(heard.waitFor(1));
    loader.load(path, SixteenBitLimits{0, 4000});
    REQUIRE(heard.waitFor(2));
    CHECK(std::abs(qRed(heard.loaded[0].second->levels[0].pixel(5, 5)) - 127) <= 1);
    CHECK(std::abs(qRed(heard.loaded[1].second->levels[0].pixel(5, 5)) - 64) <= 1);
    CHECK(heard.loaded[1].second->original.pixels.at<std::uint16_t>(5, 5) == 1000);
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(3));
    loader.load(images.paths[0], SixteenBitLimits{0, 2000});
    REQUIRE(heard.waitFor(4));
    CHECK(heard.loaded[3].second == heard.loaded[2].second);
}

TEST_CASE("a loader may go while it decodes and in the midst of its own signal, and its pictures outlive it") {
    const Images images(2);
    PicturePtr picture;
    for (int i = 0; i < 20; ++i) {
        PictureLoader loader;
        loader.load(images.paths[0]);
        loader.prefetch(images.paths);
    }
    auto* loader = new PictureLoader;
    bool gone = false;
    QObject::connect(loader, &PictureLoader::loaded, loader, [&](quint64, const PicturePtr& loaded) {
        picture = loaded;
        delete loader;
        gone = true;
    });
    loader->load(images.paths[0]);
    REQUIRE(QTest::qWaitFor([&] { return gone; }));
    CHECK(picture->levels[0].pixel(599, 299) != 0);
    picture.reset();
}

TEST_CASE("100 megapixels never hold the window: opened, gone back to and dropped") {
    const test::TemporaryFolder folder;
    const auto path = folder / "large.jpg";
    {
        cv::Mat pixels(8704, 11520, CV_8UC3, cv::Scalar(90, 120, 150));
        for (int x = 0; x < pixels.cols; x += 64) pixels.col(x).setTo(cv::Scalar(20, 30, 40));
        test::writeImage(path, pixels);
    }
    test::writeImage(folder / "small.png", test::picture(60, 60, 3, 1));
    PictureLoader loader;
    PicturePtr shown;
    int answers = 0;
    QObject::connect(&loader, &PictureLoader::loaded, &loader, [&](quint64, const PicturePtr& picture) {
        shown = picture;
        ++answers;
    });
    double longest = 0;
    QElapsedTimer opening;
    qint64 openedMs = 0;
    for (const char* name : {"large.jpg", "small.png", "large.jpg", "small.png"}) {
        const int before = answers;
        opening.start();
        const double start = test::threadMs();
        loader.load(test::qt(folder / name));
        longest = std::max(longest, test::threadMs() - start);
        longest = std::max(longest, test::longestTurnMs([&] { return answers > before; }));
        REQUIRE(answers == before + 1);
        openedMs = std::max(openedMs, opening.elapsed());
    }
    CHECK(shown->width() == 60);
    // The last one who holds a large picture drops it here.
    PictureSettings small;
    small.memoryBytes = 1;
    PictureLoader forgetful(small);
    PicturePtr last;
    QObject::connect(&forgetful, &PictureLoader::loaded, &forgetful,
                     [&](quint64, const PicturePtr& picture) { last = picture; });
    forgetful.load(test::qt(folder / "large.jpg"));
    longest = std::max(longest, test::longestTurnMs([&] { return last != nullptr; }));
    REQUIRE(last);
    CHECK(last->levels.size() == 6);
    PicturePtr large = std::exchange(last, nullptr);
    forgetful.load(test::qt(folder / "small.png"));
    longest = std::max(longest, test::longestTurnMs([&] { return last != nullptr; }));
    REQUIRE(large.use_count() == 1);
    const double start = test::threadMs();
    large.reset();
    longest = std::max(longest, test::threadMs() - start);
    CAPTURE(openedMs);
    CHECK(longest < 16);
}

TEST_CASE("a picture says which file it is of, and of no file that there is none") {
    const Images images(1);
    const QString broken = test::qt(images.folder / "broken.png");
    QFile(broken).open(QIODevice::WriteOnly);
    PictureLoader loader;
    std::vector<bool> missing;
    QObject::connect(&loader, &PictureLoader::failed, &loader,
                     [&](quint64, const QString&, bool isMissing) { missing.push_back(isMissing); });
    Heard heard(loader);
    const FileVersion before = fileVersionOf(images.paths[0]);
    loader.load(images.paths[0]);
    REQUIRE(heard.waitFor(1));
    CHECK(before.isKnown());
    CHECK(heard.loaded[0].second->file == before);
    loader.load(broken);
    REQUIRE(heard.waitFor(2));
    REQUIRE(QFile::remove(images.paths[0]));
    loader.load(images.paths[0]);  // though it is in the memory
    REQUIRE(heard.waitFor(3));
    CHECK(missing == std::vector{false, true});
}
