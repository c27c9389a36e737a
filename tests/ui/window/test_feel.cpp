// SPDX-License-Identifier: GPL-3.0-or-later
// How the window feels, in CPU time of its thread, which the machine's other work does not change; wall time is printed
// beside it.
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QTest>
#include <catch2/catch.hpp>
#include <cstdio>
#include <opencv2/imgcodecs.hpp>

#include "app/services/images/map_store.h"
#include "app/services/project/project.h"
#include "tests/support/test_data.h"
#include "tests/support/thread_clock.h"
#include "tests/ui/window/desk.h"
#include "ui/viewer/image_view.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

namespace {

constexpr int quick = 60'000;

// A project of `count` images, of which the first exists.
QString makeProject(const test::TemporaryFolder& folder, int count, const std::filesystem::path& first) {
    engine::ImageSet set;
    set.root = folder.path();
    set.items.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        engine::ImageItem item;
        char name[32];
        std::snprintf(name, sizeof name, "test/%06d.png", i);
        item.name = name;
        item.path = i == 0 ? first : folder / name;
        item.label = i % 5 == 0 ? engine::Label::Defect : engine::Label::Good;
        if (i % 5 == 0) item.defectType = "scratch";
        set.items.push_back(std::move(item));
    }
    const QString project = test::textOf(folder / "project");
    services::createProject(project, QStringLiteral("Feel"), set, {});
    return project;
}

double scoreOf(int i) {
    return 1 + 0.001 * ((i * 7919) % 1000) + (i % 5 == 0 ? 0.7 : 0);
}

struct LargeDesk {
    test::FakeDialogs dialogs;
    QSettings settings;
    ui::MainWindow window;

    explicit LargeDesk(const test::TemporaryFolder& folder)
        : settings(test::textOf(folder / "settings.ini"), QSettings::IniFormat),
          window({.settings = &settings,
                  .dialogs = &dialogs,
                  .weights = services::WeightStore({folder / "weights"}),
                  .projectsFolder = test::textOf(folder / "projects")}) {}
    services::Project* project() { return window.workspace()->project(); }
};

void settle() {
    QTest::qWait(300);
}

}  // namespace

TEST_CASE("everything follows a handle: a large image, ten thousand scored images") {
    test::TemporaryFolder folder;
    cv::Mat image(2160, 3840, CV_8UC3);
    cv::randu(image, 0, 255);
    cv::imwrite((folder / "large.bmp").string(), image);
    constexpr int count = 10'000;
    const QString path = makeProject(folder, count, folder / "large.bmp");
    LargeDesk desk(folder);
    desk.window.resize(1600 + 640, 1000 + 80);
    desk.window.show();
    desk.window.openPath(path);
    REQUIRE(QTest::qWaitFor([&] { return desk.window.workspace() != nullptr; }, quick));

    services::ModelRecord model;
    model.name = QStringLiteral("PatchCore");
    model.method = QStringLiteral("patchcore");
    model.mapLow = 0.5;
    model.mapHigh = 2.5;
    desk.project()->addModel(model);
    const services::ModelId id = desk.project()->currentModel()->id;
    const services::ImageId first = desk.project()->images().front().id;
    // What good patches score, a little uneven, and three defects.
    services::StoredMap map;
    map.values.create(192, 352, CV_32FC1);
    const auto bump = [](double x, double y, double size) { return std::exp(-(x * x + y * y) / (2 * size * size)); };
    for (int y = 0; y < map.values.rows; ++y)
        for (int x = 0; x < map.values.cols; ++x)
            map.values.at<float>(y, x) = static_cast<float>(
                0.7 + 0.1 * std::sin(x * 0.11) * std::cos(y * 0.13) + 1.6 * bump(x - 80, y - 60, 14) +
                1.2 * bump(x - 210, y - 120, 25) + 1.4 * bump(x - 300, y - 40, 8));
    map.placement = {.scaleX = 352.0 / 3840, .scaleY = 192.0 / 2160, .originalWidth = 3840, .originalHeight = 2160};
    map.largest = 2.5;
    services::MapStore(desk.project()->cacheFolder() + QStringLiteral("/maps")).write(id, first, map);
    std::vector<services::ImageScore> scores;
    for (int i = 0; i < count; ++i)
        scores.push_back({desk.project()->images()[static_cast<std::size_t>(i)].id, scoreOf(i), {}});
    desk.project()->addScores(id, scores);
    engine::OperatingPoint point;
    point.rule = "manual";
    point.review = 1.5;
    point.fail = 1.6;
    point.pixel = 1.7;
    desk.project()->setOperatingPoint(point);
    desk.window.workspace()->showImage(first);
    desk.window.workspace()->showPage(ui::Page::Tune);
    auto* view = desk.window.findChild<ui::ImageView*>();
    REQUIRE(view != nullptr);
    REQUIRE(QTest::qWaitFor([&] { return view->picture() && view->map(); }, quick));
    settle();
    CHECK(view->width() >= 1500);

    std::vector<double> cpu, wall;
    for (int i = 0; i < 300; ++i) {
        const double share = 0.5 + 0.5 * std::sin(i * 0.21);
        point.fail = 1.4 + 0.4 * share;
        point.review = *point.fail - 0.1;
        point.pixel = 1.0 + share;
        const double cpuStart = test::threadCpuMs();
        const double wallStart = test::wallMs();
        desk.project()->previewOperatingPoint(point);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        cpu.push_back(test::threadCpuMs() - cpuStart);
        wall.push_back(test::wallMs() - wallStart);
    }
    std::printf("a handle moves: CPU median %.2f ms, 99th percentile %.2f ms; wall %.2f and %.2f ms\n",
                test::percentile(cpu, 0.5), test::percentile(cpu, 0.99), test::percentile(wall, 0.5),
                test::percentile(wall, 0.99));
    CHECK(test::percentile(cpu, 0.99) < 24);  // the goal is 8; a sanitizer or a busy machine takes more
}

TEST_CASE("the experiments of a hundred thousand scored images never hold the window") {
    test::TemporaryFolder folder;
    cv::imwrite((folder / "first.png").string(), cv::Mat(64, 64, CV_8UC3, cv::Scalar(90, 120, 90)));
    const QString path = makeProject(folder, 100'000, folder / "first.png");
    LargeDesk desk(folder);
    desk.window.show();
    desk.window.openPath(path);
    REQUIRE(QTest::qWaitFor([&] { return desk.window.workspace() != nullptr; }, quick));
    services::ModelRecord model;
    model.name = QStringLiteral("PatchCore");
    model.method = QStringLiteral("patchcore");
    desk.project()->addModel(model);
    std::vector<services::ImageScore> scores;
    for (std::size_t i = 0; i < desk.project()->images().size(); ++i)
        scores.push_back({desk.project()->images()[i].id, scoreOf(static_cast<int>(i)), {}});
    desk.project()->addScores(desk.project()->currentModel()->id, scores);
    REQUIRE(QTest::qWaitFor([&] { return desk.project()->unwrittenChanges() == 0; }, quick));
    settle();
    test::EventLoopWatchdog watchdog;
    const double start = test::wallMs();
    desk.window.workspace()->toggleExperiments();
    const auto* table = desk.window.findChild<QAbstractItemView*>(QStringLiteral("experimentsTable"));
    const auto* state = desk.window.findChild<QLabel*>(QStringLiteral("experimentsState"));
    REQUIRE(table != nullptr);
    REQUIRE(state != nullptr);
    REQUIRE(QTest::qWaitFor([&] { return table->model()->rowCount() == 1 && state->text().isEmpty(); }, quick));
    std::printf("experiments of 100 000 images: shown in %.0f ms wall, longest turn %.1f ms CPU\n",
                test::wallMs() - start, watchdog.longestCpuMs());
    CHECK(watchdog.longestCpuMs() < 150);  // the goal is 50; a sanitizer or a busy machine takes more
}

TEST_CASE("a project of a hundred thousand images opens at once and scrolls") {
    test::TemporaryFolder folder;
    cv::imwrite((folder / "first.png").string(), cv::Mat(64, 64, CV_8UC3, cv::Scalar(90, 120, 90)));
    const QString path = makeProject(folder, 100'000, folder / "first.png");
    LargeDesk desk(folder);
    desk.window.show();
    settle();
    test::EventLoopWatchdog watchdog;
    const double start = test::wallMs();
    desk.window.openPath(path);
    REQUIRE(QTest::qWaitFor([&] { return desk.window.workspace() != nullptr; }, quick));
    QCoreApplication::processEvents();
    const double opened = test::wallMs() - start;
    const double held = watchdog.longestCpuMs();

    auto* grid = desk.window.findChild<QAbstractItemView*>(QStringLiteral("imageGrid"));
    REQUIRE(grid != nullptr);
    settle();
    std::vector<double> frames;
    for (int i = 0; i < 200; ++i) {
        const double cpuStart = test::threadCpuMs();
        grid->verticalScrollBar()->setValue(static_cast<int>(grid->verticalScrollBar()->maximum() * (i / 200.0)));
        QCoreApplication::processEvents();
        frames.push_back(test::threadCpuMs() - cpuStart);
    }
    std::printf(
        "100 000 images: open in %.0f ms wall, longest turn %.1f ms CPU; a frame of scrolling %.1f ms CPU, 99th "
        "percentile %.1f\n",
        opened, held, test::percentile(frames, 0.5), test::percentile(frames, 0.99));
    CHECK(opened < 5000);  // the goal is 1000 on an idle machine
    CHECK(test::percentile(frames, 0.99) < 100);
}
