// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/window/desk.h"

using test::Desk;
using test::quickMs;

TEST_CASE("Every page that waits for a model leads to where one is trained, with the keyboard too") {
    Desk desk;
    desk.makeProject();
    for (const auto& [opener, panel] :
         {std::pair("tunePageButton", "thresholdPanel"), std::pair("reportPageButton", "reportPanel"),
          std::pair("experimentsButton", "experimentsPanel")}) {
        INFO(panel);
        desk.click("imagesPageButton");
        desk.click(opener);
        const auto buttons = desk.find<QWidget>(panel)->findChildren<QAbstractButton*>(QStringLiteral("trainFirst"));
        REQUIRE(buttons.size() == 1);
        QAbstractButton* train = buttons.front();
        REQUIRE(QTest::qWaitFor([&] { return train->isVisible(); }, quickMs));
        CHECK_FALSE(train->text().isEmpty());
        bool reached = false;
        for (int step = 0; step < 200 && !reached; ++step) {
            QTest::keyClick(desk.window->focusWidget() != nullptr ? desk.window->focusWidget() : desk.window.get(),
                            Qt::Key_Tab);
            reached = train->hasFocus();
        }
        REQUIRE(reached);
        QTest::keyClick(train, Qt::Key_Space);
        CHECK(desk.find<QWidget>("trainButton")->isVisible());
    }
    desk.train();
    for (const auto* train : desk.window->findChildren<QAbstractButton*>(QStringLiteral("trainFirst"))) {
        INFO(train->parentWidget()->objectName().toStdString());
        CHECK(QTest::qWaitFor([&] { return train->isHidden(); }, quickMs));
    }
}
