// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/thread_clock.h"
#include "tests/ui/window/desk.h"
#include "ui/common/breakable.h"
#include "ui/training/message_line.h"
#include "ui/window/drop_frame.h"

using test::Desk;
using test::quickMs;
using test::scored;
using test::textOf;
using test::trainingMs;

TEST_CASE("a newcomer's whole way: folder, project, train, tune, label, close, open again, all is there") {
    Desk desk;
    test::EventLoopWatchdog watchdog;

    desk.drop(textOf(desk.folder / "parts"));
    auto* create = desk.find<QPushButton>("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return create->isEnabled(); }, quickMs));
    const QStringList counts = desk.find<QLabel>("countsLabel")->text().split(QLatin1Char('\n'));
    REQUIRE(counts.size() == 3);
    CHECK(counts[0].startsWith(QStringLiteral("24\u00A0images: ")));
    CHECK(counts[0].contains(QStringLiteral("\u00A0good for training")));
    CHECK(counts[1].contains(QStringLiteral("\u00A0defective: ")));
    CHECK(counts[2].contains(QStringLiteral("with a defect mask")));
    CHECK(desk.find<QLineEdit>("projectNameEdit")->text() == QStringLiteral("parts"));
    CHECK_FALSE(std::filesystem::exists(desk.folder / "projects"));  // nothing is made before she agrees
    QTest::keyClick(create, Qt::Key_Space);
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    REQUIRE(desk.project()->images().size() == 24);

    desk.click("trainPageButton");
    auto* backbone = desk.find<QComboBox>("backboneBox");
    backbone->setCurrentIndex(backbone->findData(QStringLiteral("resnet18")));
    desk.click("trainButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.project()->currentModel() != nullptr; }, trainingMs));
    REQUIRE(QTest::qWaitFor([&] { return scored(*desk.project()) == 24; }, trainingMs));
    REQUIRE(QTest::qWaitFor([&] { return desk.project()->operatingPoint().fail.has_value(); }, trainingMs));
    CHECK(desk.project()->operatingPoint().rule == "false-reject");

    const double chosen = desk.raiseFailCut();

    desk.click("imagesPageButton");
    auto* grid = desk.find<QAbstractItemView>("imageGrid");
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Home);
    QTest::keyClick(grid, Qt::Key_D);
    REQUIRE(QTest::qWaitFor([&] { return desk.project()->undoStack()->canUndo(); }, quickMs));
    const services::ImageId labelled = desk.project()->images().front().id;
    CHECK(desk.project()->images().front().label == engine::Label::Defect);

    const QString folder = desk.project()->folder();
    CHECK(watchdog.longestCpuMs() < 500);  // the tight bound is the benchmark's; this one catches work on this thread
    desk.window->close();
    desk.window.reset();
    desk.open();
    auto* recent = desk.find<QListWidget>("recentList");
    REQUIRE(recent->count() == 1);
    QTest::mouseClick(recent->viewport(), Qt::LeftButton, Qt::NoModifier,
                      recent->visualItemRect(recent->item(0)).center());
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    CHECK(desk.project()->folder() == folder);
    CHECK(desk.project()->images()[static_cast<std::size_t>(desk.project()->rowOf(labelled))].label ==
          engine::Label::Defect);
    CHECK(*desk.project()->operatingPoint().fail == chosen);
    CHECK(scored(*desk.project()) == 24);
}

TEST_CASE("a folder that is no image set is told in place, and nothing is made") {
    Desk desk;
    std::filesystem::create_directories(desk.folder / "empty");
    desk.drop(textOf(desk.folder / "empty"));
    auto* message = desk.find<ui::MessageLine>("newProjectMessage");
    REQUIRE(QTest::qWaitFor([&] { return message->isFault() && message->isVisible(); }, quickMs));
    // The folder is named once, above.
    CHECK(desk.find<QLabel>("sourceLabel")->text() == ui::breakable(textOf(desk.folder / "empty")));
    CHECK(message->text().startsWith(QStringLiteral("Holds no image")));
    CHECK_FALSE(desk.find<QPushButton>("createProjectButton")->isEnabled());
    desk.click("cancelNewProjectButton");
    CHECK(desk.find<QWidget>("welcomePage")->isVisible());
    CHECK_FALSE(std::filesystem::exists(desk.folder / "projects"));
}

TEST_CASE("the frame for the folder is lit while something that can be dropped is held over the window") {
    Desk desk;
    desk.click("newProjectButton");
    auto* frame = desk.find<ui::DropFrame>("dropFrame");
    const QImage before = frame->grab().toImage();
    const auto enter = [&](const QList<QUrl>& urls) {
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent event(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk.window.get(), &event);
    };
    enter({QUrl(QStringLiteral("https://example.org/parts"))});
    CHECK(frame->grab().toImage() == before);
    enter({QUrl::fromLocalFile(textOf(desk.folder / "parts"))});
    CHECK(frame->grab().toImage() != before);
    QDragLeaveEvent leave;
    QApplication::sendEvent(desk.window.get(), &leave);
    CHECK(frame->grab().toImage() == before);
}

TEST_CASE("a recent project that is gone is told in place") {
    Desk desk;
    desk.drop(textOf(desk.folder / "parts"));
    desk.click("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    const auto folder = desk.project()->folder().toStdString();
    desk.window.reset();
    std::filesystem::remove_all(folder);
    desk.open();
    auto* recent = desk.find<QListWidget>("recentList");
    QTest::mouseClick(recent->viewport(), Qt::LeftButton, Qt::NoModifier,
                      recent->visualItemRect(recent->item(0)).center());
    auto* message = desk.find<ui::MessageLine>("welcomeMessage");
    REQUIRE(QTest::qWaitFor(
        [&] {
            return message->text().contains(QString::fromStdString(folder)) &&
                   desk.find<QPushButton>("newProjectButton")->isEnabled();
        },
        quickMs));
    CHECK_FALSE(desk.inProject());
}

TEST_CASE("closing while training asks first, and stays if she does not agree") {
    Desk desk;
    desk.drop(textOf(desk.folder / "parts"));
    desk.click("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    desk.click("trainPageButton");
    auto* backbone = desk.find<QComboBox>("backboneBox");
    backbone->setCurrentIndex(backbone->findData(QStringLiteral("resnet18")));
    desk.click("trainButton");
    desk.window->close();
    CHECK(desk.window->isVisible());
    CHECK(desk.dialogs.asked.size() == 1);
    desk.dialogs.agrees = true;
    desk.window->close();
    CHECK(QTest::qWaitFor([&] { return !desk.window->isVisible(); }, quickMs));
}

TEST_CASE("a sample set whose making was killed is made anew, and one that is somebody else's is left alone") {
    Desk desk;
    const auto folder = desk.folder / "projects" / "Sample parts";
    std::filesystem::create_directories(folder / "parts");
    const auto touch = [&](const char* name) { std::ofstream(folder / name) << "x"; };
    touch("mine.txt");
    desk.click("sampleButton");
    auto* message = desk.find<ui::MessageLine>("welcomeMessage");
    REQUIRE(QTest::qWaitFor([&] { return message->text().contains(QStringLiteral("is there already")); }, quickMs));
    CHECK(std::filesystem::exists(folder / "mine.txt"));
    touch(".unfinished");
    desk.click("sampleButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, trainingMs));
    CHECK(desk.project()->images().size() == 120);
    CHECK_FALSE(std::filesystem::exists(folder / ".unfinished"));
    CHECK_FALSE(std::filesystem::exists(folder / "mine.txt"));
}
