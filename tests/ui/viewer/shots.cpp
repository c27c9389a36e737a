// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "app/services/sample_set.h"
#include "tests/ui/viewer/pictures.h"
#include "ui/common/notice_strip.h"
#include "ui/common/theme.h"
#include "ui/viewer/viewer_panel.h"

namespace {

cv::Mat part(int width, int height) {
    cv::Mat pixels(height, width, CV_8UC3, cv::Scalar(236, 238, 240));
    const cv::Point middle(width / 2, height / 2);
    const int radius = std::min(width, height) * 2 / 5;
    for (int i = 0; i < 40; ++i) {
        const int gray = 40 + (i * 37) % 60 + i;
        cv::circle(pixels, middle, radius - i * radius / 60, cv::Scalar(gray + 12, gray + 6, gray), cv::FILLED,
                   cv::LINE_AA);
    }
    cv::line(pixels, {width / 2, height / 3}, {width * 2 / 3, height / 2}, cv::Scalar(200, 210, 220), radius / 30,
             cv::LINE_AA);
    return pixels;
}

}  // namespace

// Writes pictures of the viewer for a person to look at, into the folder that ANOMALOSCOPE_SHOTS names.
TEST_CASE("Pictures of the viewer", "[.shots]") {
    const QString folder = qEnvironmentVariable("ANOMALOSCOPE_SHOTS", QStringLiteral("/tmp/shots"));
    REQUIRE(QDir().mkpath(folder));
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        ui::ViewerPanel panel;
        const auto save = [&](const char* name) {
            const QString theme =
                appearance == ui::Appearance::Light ? QStringLiteral("light") : QStringLiteral("dark");
            const QString file = QStringLiteral("%1/viewer_%2_%3_%4x.png")
                                     .arg(folder, QString::fromLatin1(name), theme)
                                     .arg(panel.devicePixelRatioF());
            QTest::qWait(1);
            CHECK(panel.grab().save(file));
        };
        panel.resize(800, 780);
        panel.show();
        panel.setEmptyText(QStringLiteral("Choose an image on the left"));
        save("empty");
        panel.setTitle(QStringLiteral("broken_large / 000"));
        panel.setPicture(test::pictureOf(part(900, 900)));
        panel.setScore({}, engine::Verdict::None);
        save("unscored");
        panel.setMap(test::mapOver(test::blobs(256, 256, 3, 0.25), 900, 900));
        panel.setMapRange(0.15, 1.1);
        panel.setPixelCut(0.62);
        panel.setScore(3.29, engine::Verdict::Fail);
        QTest::mouseMove(panel.view(), {390, 400});
        save("fail");
        panel.setScore(1.62, engine::Verdict::Review);
        ui::OverlayLook look;
        look.onlyAboveCut = true;
        look.colours = services::ColourMap::Cividis;
        panel.setOverlay(look);
        panel.setComparison(ui::Comparison::Swipe);
        save("swipe");
        panel.resize(1100, 640);
        panel.setOverlay({});
        panel.setComparison(ui::Comparison::SideBySide);
        panel.setScore(0.41, engine::Verdict::Pass);
        save("side_by_side");
        panel.setComparison(ui::Comparison::Off);
        panel.resize(330, 420);
        panel.setTitle(QStringLiteral("contamination / a rather long name of a picture_000123.png"));
        save("narrow");
        panel.resize(560, 520);
        panel.setEditing(ui::MaskTarget::Defect);
        QImage mask(900, 900, QImage::Format_Grayscale8);
        mask.fill(0);
        for (int y = 300; y < 480; ++y)
            for (int x = 380; x < 640; ++x) mask.scanLine(y)[x] = 255;
        panel.setMask(mask);
        QTest::mouseMove(panel.view(), {200, 200});
        save("mask");
        panel.setEditing(ui::MaskTarget::Region);
        panel.setMask({});
        panel.setRegion(mask);
        panel.resize(900, 620);
        save("region");
        panel.setEditing({});
        panel.setRegion({});
        panel.view()->setViewTransform({24, {520, 380}, false});
        save("pixels");
        panel.view()->zoomToFit();
        panel.notice()->say(QStringLiteral("The file has changed since it was scored. The score and the map are of "
                                           "what was there before; the label stays."),
                            QStringLiteral("Score again"));
        save("notice");
        panel.notice()->say({});
        panel.setMap(nullptr);
        panel.setDrawsMaps(false);
        save("no_map");
    }
}
