// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/window/desk.h"
#include "ui/common/theme.h"

using test::Desk;
using test::quickMs;

TEST_CASE("In the smallest window no panel is wider than its column and no name is cut off, however long it is") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    const QString longName = QStringLiteral("Zylinderkopfdichtungsflaechenvorbearbeitung an der Linie drei, Werk acht");
    Desk desk;
    desk.drop(test::textOf(desk.folder / "parts"));
    desk.find<QLineEdit>("projectNameEdit")->setText(longName);
    desk.click("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    const services::ImageId image = desk.project()->images().front().id;
    desk.project()->setLabels({&image, 1}, engine::Label::Defect, longName);
    desk.window->workspace()->showImage(image);
    desk.window->resize(desk.window->minimumSize());
    desk.click("trainPageButton");
    desk.click("advancedFold");
    for (const char* page : {"imagesPageButton", "trainPageButton", "tunePageButton", "reportPageButton"}) {
        desk.click(page);
        desk.window->grab();
        for (const auto* area : desk.window->findChildren<QScrollArea*>()) {
            INFO(page << " " << area->widget()->objectName().toStdString());
            if (area->isVisible()) CHECK(area->widget()->width() <= area->viewport()->width());
        }
    }
    const auto* bar = desk.find<QWidget>("topBar");
    for (const auto* button : bar->findChildren<QAbstractButton*>()) {
        if (!button->isVisible()) continue;
        INFO(button->objectName().toStdString());
        CHECK(button->width() >= button->sizeHint().width());
        CHECK(bar->rect().contains(button->geometry()));
    }
}

TEST_CASE("In the smallest window the button of a page is in sight, unfolded and scrolled or not") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    Desk desk;
    desk.makeProject();
    desk.window->resize(desk.window->minimumSize());
    desk.click("trainPageButton");
    desk.click("advancedFold");
    for (const auto& [page, button] :
         {std::pair("trainPageButton", "trainButton"), std::pair("reportPageButton", "makeReportButton")}) {
        desk.click(page);
        const auto* action = desk.find<QWidget>(button);
        INFO(button);
        REQUIRE(QTest::qWaitFor([&] { return action->isVisible(); }, quickMs));
        desk.window->grab();
        CHECK(action->visibleRegion() == QRegion(action->rect()));
    }
}

TEST_CASE("In the smallest window the whole Train page is seen while weights are missing") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    Desk desk;
    desk.makeProject();
    desk.click("trainPageButton");
    auto* backbone = desk.find<QComboBox>("backboneBox");
    REQUIRE(QTest::qWaitFor([&] { return backbone->currentData().toString() == QStringLiteral("resnet18"); }, quickMs));
    backbone->setCurrentIndex(backbone->findData(QStringLiteral("wide_resnet50_2")));
    desk.window->resize(desk.window->minimumSize());
    REQUIRE(QTest::qWaitFor([&] { return desk.find<QWidget>("weightsBox")->isVisible(); }, quickMs));
    desk.window->grab();
    const auto* panel = desk.find<QWidget>("trainingContent");
    CHECK(QTest::qWaitFor([&] { return panel->height() <= panel->parentWidget()->height(); }, quickMs));
}

TEST_CASE("The menu of models is no wider than the window lets it be, and an & in a name is a letter") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    Desk desk;
    desk.makeProject();
    services::ModelRecord model;
    model.name = QStringLiteral("Huber & Soehne: Zylinderkopfdichtungsflaechenvorbearbeitung an der Linie drei nachts");
    model.method = QStringLiteral("patchcore");
    desk.project()->addModel(model);
    const auto menus = desk.find<QWidget>("topBar")->findChildren<QMenu*>();
    REQUIRE(menus.size() == 1);
    REQUIRE(menus.front()->actions().size() == 1);
    const QAction* action = menus.front()->actions().front();
    CHECK(action->toolTip() == model.name);
    CHECK(action->text().startsWith(QStringLiteral("Huber && Soehne")));
    CHECK(menus.front()->sizeHint().width() < 480);
    // It opens below its button, which is at the right edge, and stays within the window.
    desk.window->resize(desk.window->minimumSize());
    desk.window->move(-400, 0);  // so that the screen goes on to the right of it
    desk.click("modelButton");
    REQUIRE(QTest::qWaitFor([&] { return menus.front()->isVisible(); }, quickMs));
    const QRect window(desk.window->mapToGlobal(QPoint()), desk.window->size());
    CHECK(window.contains(menus.front()->geometry()));
    menus.front()->close();
}
