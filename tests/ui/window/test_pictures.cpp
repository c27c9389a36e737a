// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QFile>
#include <QLabel>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>

#include "tests/support/parts.h"
#include "tests/ui/window/desk.h"
#include "ui/viewer/image_view.h"

using test::Desk;
using test::quickMs;

namespace {

const services::ImageRecord& image(const Desk& desk, const char* name) {
    const auto& images = desk.project()->images();
    const auto found =
        std::find_if(images.begin(), images.end(), [&](const auto& i) { return i.name == QLatin1String(name); });
    INFO(name);
    REQUIRE(found != images.end());
    return *found;
}

// In the grid, which has the images by name.
void choose(const Desk& desk, const char* name) {
    auto* grid = desk.find<QAbstractItemView>("imageGrid");
    grid->setCurrentIndex(grid->model()->index(desk.project()->rowOf(image(desk, name).id), 0));
}

// The picture of an image that is chosen, once it is there.
services::PicturePtr shown(const Desk& desk, const char* name) {
    choose(desk, name);
    auto* view = desk.find<ui::ImageView>("imageView");
    const QString path = image(desk, name).path;
    REQUIRE(QTest::qWaitFor([&] { return view->picture() && view->picture()->path == path; }, quickMs));
    return view->picture();
}

void write(const QString& path, const cv::Mat& picture) {
    REQUIRE(cv::imwrite(path.toStdString(), picture));
}

// Of 12 bits, as many cameras write them.
void makeDeep(const std::filesystem::path& parts) {
    for (const char* part : {"train", "test"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(parts / part)) {
            if (!entry.is_regular_file()) continue;
            cv::Mat deep;
            cv::imread(entry.path().string(), cv::IMREAD_UNCHANGED).convertTo(deep, CV_16U, 16);
            cv::imwrite(entry.path().string(), deep);
        }
}

void makeDarker(const std::filesystem::path& file) {
    cv::Mat image = cv::imread(file.string(), cv::IMREAD_UNCHANGED);
    cv::imwrite(file.string(), cv::Mat(image / 2));
}

int grayAt(const services::Picture& picture, int x, int y) {
    return qRed(picture.levels.front().pixel(x, y));
}

// As the model's range has it.
int expectedGray(const services::Picture& picture, const services::ModelRecord& model, int x, int y) {
    const double value = picture.original.pixels.at<std::uint16_t>(y, x);
    const double share = (value - model.sixteenBitLow) / (model.sixteenBitHigh - model.sixteenBitLow);
    return static_cast<int>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
}

}  // namespace

TEST_CASE("16-bit pictures of one project are shown between the values that its model was trained with") {
    Desk desk;
    makeDeep(desk.folder / "parts");
    makeDarker(desk.folder / "parts/test/good/001.png");
    desk.makeProject();

    const auto alone = shown(desk, "test/good/001.png");
    const auto bright =
        std::max_element(alone->original.pixels.begin<std::uint16_t>(), alone->original.pixels.end<std::uint16_t>());
    CHECK(grayAt(*alone, bright.pos().x, bright.pos().y) == 255);  // without a model by its own values

    desk.train();
    const services::ModelRecord& model = *desk.project()->currentModel();
    CHECK(model.sixteenBitHigh < 4096);
    auto* view = desk.find<ui::ImageView>("imageView");
    REQUIRE(QTest::qWaitFor([&] { return view->picture() && view->picture() != alone; }, quickMs));
    for (const char* name : {"test/good/001.png", "test/good/002.png"}) {
        const auto picture = shown(desk, name);
        INFO(name);
        for (const auto& [x, y] : {std::pair(10, 20), std::pair(40, 30), std::pair(90, 60)})
            CHECK(std::abs(grayAt(*picture, x, y) - expectedGray(*picture, model, x, y)) <= 1);
    }
}

TEST_CASE("an image that changed since it was scored says so over the picture, and is scored again from there") {
    Desk desk;
    desk.makeProject();
    desk.train();
    constexpr auto name = "test/good/002.png";
    shown(desk, name);
    auto* notice = desk.find<QLabel>("fileNoticeText");
    CHECK_FALSE(notice->isVisible());
    const double before = image(desk, name).score;

    write(image(desk, name).path, test::partWithBlot(96, 64, 7, 40, 30, 12));
    shown(desk, "test/good/003.png");
    shown(desk, name);
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK(notice->text().contains(QStringLiteral("changed since it was scored")));
    CHECK(image(desk, name).score == before);
    CHECK(image(desk, name).label == engine::Label::Good);
    shown(desk, "test/good/003.png");
    CHECK_FALSE(notice->isVisible());

    shown(desk, name);
    desk.click("fileNoticeAction");
    REQUIRE(QTest::qWaitFor([&] { return !notice->isVisible(); }, quickMs));
    CHECK(image(desk, name).score > before);
    CHECK(image(desk, name).label == engine::Label::Good);
    CHECK(test::scored(*desk.project()) == 24);
    CHECK(desk.dialogs.asked.isEmpty());

    const QString folder = desk.project()->folder();
    desk.window.reset();
    desk.open();
    desk.window->openPath(folder);
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    shown(desk, name);
    CHECK_FALSE(desk.find<QLabel>("fileNoticeText")->isVisible());

    // A scoring that fails can be asked for again.
    const double after = image(desk, name).score;
    write(image(desk, name).path, test::part(96, 64, 8));
    shown(desk, "test/good/003.png");
    shown(desk, name);
    REQUIRE(QTest::qWaitFor([&] { return desk.find<QLabel>("fileNoticeText")->isVisible(); }, quickMs));
    REQUIRE(QFile::remove(desk.project()->currentModel()->file));
    auto* again = desk.find<QAbstractButton>("fileNoticeAction");
    again->click();
    CHECK_FALSE(again->isEnabled());
    REQUIRE(QTest::qWaitFor([&] { return again->isEnabled(); }, quickMs));
    CHECK(desk.find<QWidget>("jobFailure")->isVisible());
    CHECK(image(desk, name).score == after);
}

TEST_CASE("a file that changes or goes while it is shown says so over the picture") {
    Desk desk;
    desk.makeProject();
    desk.train();
    constexpr auto name = "test/good/002.png";
    const auto first = shown(desk, name);
    auto* notice = desk.find<QLabel>("fileNoticeText");
    auto* view = desk.find<ui::ImageView>("imageView");
    const QString path = image(desk, name).path;
    CHECK_FALSE(notice->isVisible());

    write(path, test::partWithBlot(96, 64, 7, 40, 30, 12));
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK(notice->text().contains(QStringLiteral("changed since it was scored")));
    CHECK(view->picture() != first);

    // As editors save: another file takes its name.
    const auto second = view->picture();
    write(path + QStringLiteral(".new.png"), test::part(96, 64, 9));
    std::filesystem::rename((path + QStringLiteral(".new.png")).toStdString(), path.toStdString());
    REQUIRE(QTest::qWaitFor([&] { return view->picture() && view->picture() != second; }, quickMs));

    REQUIRE(QFile::remove(path));
    REQUIRE(QTest::qWaitFor([&] { return notice->text().contains(QStringLiteral("gone")); }, quickMs));
    CHECK(view->picture() == nullptr);
}

TEST_CASE("an image whose file is gone says so over the picture, and keeps its score and its label") {
    Desk desk;
    desk.makeProject();
    desk.train();
    constexpr auto name = "test/good/002.png";
    shown(desk, name);
    const services::ImageRecord before = image(desk, name);
    REQUIRE(QFile::rename(before.path, before.path + QStringLiteral(".away")));
    shown(desk, "test/good/003.png");
    choose(desk, name);
    auto* notice = desk.find<QLabel>("fileNoticeText");
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK(notice->text().contains(before.path));
    CHECK(notice->text().contains(QStringLiteral("score and label are kept")));
    CHECK_FALSE(desk.find<QWidget>("fileNoticeAction")->isVisible());
    for (const char* draw : {"editMaskButton", "editRegionButton"}) {
        CHECK_FALSE(desk.find<QWidget>(draw)->isEnabled());
        CHECK(desk.find<QWidget>(draw)->toolTip().contains(QStringLiteral("no image")));
    }
    CHECK(image(desk, name).score == before.score);
    CHECK(image(desk, name).label == before.label);
    CHECK(desk.dialogs.asked.isEmpty());

    REQUIRE(QFile::rename(before.path + QStringLiteral(".away"), before.path));
    shown(desk, "test/good/003.png");
    CHECK(desk.find<QWidget>("editMaskButton")->isEnabled());
    CHECK(desk.find<QWidget>("editRegionButton")->toolTip().isEmpty());
    shown(desk, name);
    CHECK_FALSE(notice->isVisible());

    // What goes while somebody draws on it takes the tools with it.
    desk.click("imagesPageButton");
    desk.click("editMaskButton");
    REQUIRE(desk.find<QWidget>("toolStrip")->isVisible());
    REQUIRE(QFile::remove(before.path));
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK_FALSE(desk.find<QWidget>("toolStrip")->isVisible());
}

TEST_CASE("of an image whose file is gone nothing is said to be kept that it never had") {
    Desk desk;
    desk.makeProject();
    constexpr auto name = "test/good/002.png";
    shown(desk, name);
    REQUIRE(QFile::remove(image(desk, name).path));
    auto* notice = desk.find<QLabel>("fileNoticeText");
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK(notice->text().contains(QStringLiteral("label is kept")));
    CHECK_FALSE(notice->text().contains(QStringLiteral("score")));
    const services::ImageId id = image(desk, name).id;
    desk.project()->setLabels({&id, 1}, engine::Label::Unlabelled, {});
    shown(desk, "test/good/003.png");
    choose(desk, name);
    REQUIRE(QTest::qWaitFor([&] { return notice->isVisible(); }, quickMs));
    CHECK_FALSE(notice->text().contains(QStringLiteral("kept")));
}

TEST_CASE("to draw where the defect is one is asked only where there may be one, and it can be drawn") {
    Desk desk;
    desk.makeProject();
    desk.click("imagesPageButton");
    constexpr auto name = "test/good/002.png";
    shown(desk, name);
    const auto* note = desk.find<QLabel>("maskNote");
    const auto asks = [&] { return note->text().contains(QStringLiteral("Draw")); };
    CHECK_FALSE(asks());
    const services::ImageId id = image(desk, name).id;
    desk.project()->setLabels({&id, 1}, engine::Label::Defect, {});
    CHECK(asks());
    REQUIRE(QFile::remove(image(desk, name).path));
    CHECK(QTest::qWaitFor([&] { return !asks(); }, quickMs));
    CHECK_FALSE(desk.find<QWidget>("editMaskButton")->isEnabled());
}

TEST_CASE("a model that scores whole images says over the picture that it draws no map") {
    Desk desk;
    desk.makeProject();
    auto* caption = desk.find<QWidget>("firstCaption");
    shown(desk, "test/good/002.png");
    CHECK_FALSE(caption->isVisible());
    desk.train("mahalanobis");
    REQUIRE(QTest::qWaitFor([&] { return caption->isVisible(); }, quickMs));
    CHECK(caption->accessibleName().contains(QStringLiteral("draws no map")));
    CHECK(desk.find<QWidget>("contourButton")->toolTip() == caption->accessibleName());
    desk.train();
    CHECK(QTest::qWaitFor([&] { return !caption->isVisible() && desk.find<QWidget>("contourButton")->isEnabled(); },
                          quickMs));
}
