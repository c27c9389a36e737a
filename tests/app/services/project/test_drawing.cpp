// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>

#include "app/services/project/drawing.h"
#include "engine/core/random.h"
#include "tests/app/services/project/project_fixture.h"

using services::PackedDrawing;

TEST_CASE("A drawing is packed without loss") {
    CHECK(PackedDrawing(QImage()).unpack().isNull());
    CHECK(PackedDrawing().unpack().isNull());
    CHECK(PackedDrawing(test::disc(1, 1, 3)).unpack() == test::disc(1, 1, 3));
    CHECK(PackedDrawing(test::disc(37, 91, 11)).unpack() == test::disc(37, 91, 11));
    QImage noise(101, 33, QImage::Format_Grayscale8);
    engine::Random random(3);
    for (int y = 0; y < noise.height(); ++y)
        for (int x = 0; x < noise.width(); ++x) noise.scanLine(y)[x] = static_cast<uchar>(random.below(3) * 100);
    CHECK(PackedDrawing(noise).unpack() == noise);
    QImage full(101, 33, QImage::Format_Grayscale8);
    full.fill(255);
    CHECK(PackedDrawing(full).unpack() == full);
    CHECK(PackedDrawing(full).bytes() == 8);
}

TEST_CASE("A packed drawing is small and quickly there again") {
    const QImage drawing = test::disc(3840, 2160, 900);
    const PackedDrawing packed(drawing);
    QElapsedTimer timer;
    timer.start();
    const QImage back = packed.unpack();
    std::cout << "3840 x 2160: " << packed.bytes() << " bytes, unpacked in "
              << static_cast<double>(timer.nsecsElapsed()) / 1e6 << " ms\n";
    CHECK(back == drawing);
    CHECK(packed.bytes() < 40'000);
}

TEST_CASE("A drawing's file: whole, or null") {
    const test::TemporaryFolder folder;
    const QImage drawing = test::disc(64, 48, 20);
    const QString path = test::toQString(folder / "1.1.png");
    CHECK(services::readDrawing(path).isNull());
    services::writeDrawing(path, drawing);
    CHECK(services::readDrawing(path) == drawing);
    CHECK(services::readDrawing(path).format() == QImage::Format_Grayscale8);
    CHECK(services::pixelsInside(services::readDrawing(path)) == services::pixelsInside(drawing));
    std::ofstream(folder / "1.1.png") << "no picture";
    CHECK(services::readDrawing(path).isNull());
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}
