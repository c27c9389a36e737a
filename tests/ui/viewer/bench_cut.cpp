// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <vector>

#include "tests/support/sanitizer.h"
#include "tests/support/thread_clock.h"
#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/contour.h"
#include "ui/viewer/image_view.h"

namespace {

struct Times {
    std::vector<double> cpu;
    std::vector<double> wall;

    static double percentile(std::vector<double> values, double share) {
        std::sort(values.begin(), values.end());
        return values[static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1];
    }
    double print(const char* what) const {
        std::printf("%-42s CPU %6.2f ms median %6.2f ms 99 %%   wall %6.2f ms median %6.2f ms 99 %%\n", what,
                    percentile(cpu, 0.5), percentile(cpu, 0.99), percentile(wall, 0.5), percentile(wall, 0.99));
        return percentile(cpu, 0.99);
    }
};

template <typename Step>
Times timed(int count, Step step) {
    Times times;
    for (int i = 0; i < count; ++i) {
        const double cpu = test::threadCpuMs();
        const double wall = test::wallMs();
        step(i);
        times.cpu.push_back(test::threadCpuMs() - cpu);
        times.wall.push_back(test::wallMs() - wall);
    }
    return times;
}

}  // namespace

// The product asks for 8 ms for all that a moved cut changes; the bounds here are loose, because they must hold on a
// machine that does other things at the same time, and without optimisation. The figures printed are what counts.
TEST_CASE("What a moved cut, a move and a zoom cost", "[bench]") {
    constexpr double loose = 80 * test::slowdown;
    cv::Mat pixels = test::addressed(3840, 2160);
    ui::ImageView view;
    view.resize(1600, 1000);
    view.setPicture(test::pictureOf(pixels));
    view.setMapRange(0, 1.6);
    QImage screen(1600, 1000, QImage::Format_RGB32);
    const auto paint = [&] { view.render(&screen, {}, {}, QWidget::DrawChildren); };
    const auto cutAt = [](int i) { return 0.8 + 0.6 * std::sin(i * 0.11); };

    const struct {
        const char* name;
        cv::Mat values;
    } maps[] = {{"smooth map 512 x 288", test::blobs(512, 288, 14, 0.12)},
                {"busy map 1024 x 576", test::blobs(1024, 576, 400, 0.03)}};
    for (const auto& map : maps) {
        view.setMap(test::mapOver(map.values, 3840, 2160));
        for (const bool onlyAbove : {false, true}) {
            ui::OverlayLook look;
            look.onlyAboveCut = onlyAbove;
            view.setOverlay(look);
            view.setPixelCut(0.5);
            paint();
            const auto work = view.work();
            const Times times = timed(300, [&](int i) {
                view.setPixelCut(cutAt(i));
                paint();
            });
            CHECK(view.work().plain == work.plain);
            CHECK(view.work().values == work.values);
            CHECK(view.work().blended == work.blended);
            const QByteArray name = QByteArray(map.name) + (onlyAbove ? ", only above" : "");
            CHECK(times.print(name.constData()) < loose);
        }
    }
    const auto busy = test::mapOver(maps[1].values, 3840, 2160);
    timed(60, [&](int i) { ui::traceContour(*busy, cutAt(i)); }).print("trace the busy map alone");
    view.setOverlay({});
    view.setViewTransform({0.7, {1900, 1000}, false});
    timed(100, [&](int i) {
        view.panBy({i % 2 ? 9.0 : -7.0, i % 3 ? 5.0 : -8.0});
        paint();
    }).print("move the picture");
    timed(60, [&](int i) {
        view.zoomBy(i % 2 ? 1.25 : 0.8, {500, 300});
        paint();
    }).print("zoom");
    timed(60, [&](int i) {
        ui::OverlayLook look;
        look.opacity = 0.3 + i * 0.01;
        view.setOverlay(look);
        paint();
    }).print("opacity");
    timed(60, [&](int) { paint(); }).print("repaint, nothing changed");
    const auto large = test::pictureOf(cv::Mat(10000, 10000, CV_8UC1, cv::Scalar(90)));
    const auto small = view.picture();
    timed(20, [&](int i) {
        view.setPicture(i % 2 ? small : large);
        paint();
    }).print("another picture, every second 100 megapixels");
    view.setPicture(large);
    view.setViewTransform({0.51, {5000, 5000}, false});
    timed(60, [&](int i) {
        view.panBy({i % 2 ? 300.0 : -290.0, 200.0});
        paint();
    }).print("move 100 megapixels, in large steps");
}
