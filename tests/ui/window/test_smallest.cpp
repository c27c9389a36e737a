// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLineEdit>
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
