// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <catch2/catch.hpp>
#include <set>

#include "tests/ui/window/desk.h"

using test::Desk;
using test::quickMs;
using test::scored;
using test::textOf;
using test::trainingMs;

namespace {

// Who has the focus takes the key, as from a keyboard; without one, the window.
void press(const Desk& desk, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWidget* widget = QApplication::focusWidget();
    QTest::keyClick(widget != nullptr ? widget : desk.window.get(), key, modifiers);
}

// Tab by Tab to the widget of that name. Fails if a whole round does not come by it.
void tabTo(const Desk& desk, const char* name) {
    auto* wanted = desk.find<QWidget>(name);
    REQUIRE(QTest::qWaitFor([&] { return wanted->isVisible() && wanted->isEnabled(); }, quickMs));
    QStringList passed;
    for (int i = 0; i < 200 && QApplication::focusWidget() != wanted; ++i) {
        press(desk, Qt::Key_Tab);
        if (auto* widget = QApplication::focusWidget()) passed.append(widget->objectName());
    }
    INFO(name << ", passed: " << passed.join(QLatin1Char(' ')).toStdString());
    REQUIRE(QApplication::focusWidget() == wanted);
}

// The pages are one stop of Tab: arrows go from one to the next, which opens it.
void openPage(const Desk& desk, const char* name) {
    auto* wanted = desk.find<QAbstractButton>(name);
    REQUIRE(wanted->group() != nullptr);
    QAbstractButton* open = wanted->group()->checkedButton();
    REQUIRE(open != nullptr);
    tabTo(desk, open->objectName().toUtf8().constData());
    const Qt::Key arrow = wanted->x() < open->x() ? Qt::Key_Left : Qt::Key_Right;
    for (int i = 0; i < 3 && QApplication::focusWidget() != wanted; ++i) press(desk, arrow);
    REQUIRE(QApplication::focusWidget() == wanted);
    REQUIRE(wanted->isChecked());
}

// Every control that a person can reach on the page that is shown says what it is.
void checkNames(const Desk& desk, const char* page) {
    for (QWidget* widget : desk.window->findChildren<QWidget*>()) {
        if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0) continue;
        // A spin box speaks for the line in it.
        if (widget->focusProxy() != nullptr || qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr)
            continue;
        INFO(page << ": " << widget->metaObject()->className() << " " << widget->objectName().toStdString());
        const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        REQUIRE(accessible != nullptr);
        CHECK_FALSE(accessible->text(QAccessible::Name).isEmpty());
    }
}

}  // namespace

TEST_CASE("with the keyboard alone: folder, project, train, tune, label, undo, and every control has a name") {
    Desk desk;
    REQUIRE(QTest::qWaitForWindowActive(desk.window.get()));
    checkNames(desk, "welcome");
    tabTo(desk, "newProjectButton");
    press(desk, Qt::Key_Space);
    desk.dialogs.folder = textOf(desk.folder / "parts");
    tabTo(desk, "chooseImagesButton");
    press(desk, Qt::Key_Space);
    tabTo(desk, "createProjectButton");
    checkNames(desk, "new project");
    press(desk, Qt::Key_Space);
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));

    checkNames(desk, "images");
    openPage(desk, "trainPageButton");
    tabTo(desk, "backboneBox");
    auto* backbone = desk.find<QComboBox>("backboneBox");
    for (int i = 0; i < backbone->count() && backbone->currentData().toString() != QStringLiteral("resnet18"); ++i)
        press(desk, i == 0 ? Qt::Key_Home : Qt::Key_Down);
    REQUIRE(backbone->currentData().toString() == QStringLiteral("resnet18"));
    checkNames(desk, "train");
    tabTo(desk, "trainButton");
    press(desk, Qt::Key_Space);
    REQUIRE(QTest::qWaitFor([&] { return desk.project()->currentModel() != nullptr; }, trainingMs));
    REQUIRE(QTest::qWaitFor([&] { return scored(*desk.project()) == 24; }, trainingMs));
    checkNames(desk, "trained");

    openPage(desk, "tunePageButton");
    tabTo(desk, "failSpinBox");
    checkNames(desk, "tune");
    const double before = *desk.project()->operatingPoint().fail;
    press(desk, Qt::Key_Up);
    press(desk, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return *desk.project()->operatingPoint().fail > before; }, quickMs));

    openPage(desk, "reportPageButton");
    tabTo(desk, "makeReportButton");
    checkNames(desk, "report");
    press(desk, Qt::Key_E, Qt::ControlModifier);
    tabTo(desk, "experimentsTable");
    checkNames(desk, "experiments");
    press(desk, Qt::Key_E, Qt::ControlModifier);
    CHECK_FALSE(desk.find<QWidget>("experimentsPanel")->isVisible());

    openPage(desk, "imagesPageButton");
    tabTo(desk, "imageGrid");
    press(desk, Qt::Key_Home);
    const auto label = [&] { return desk.project()->images().front().label; };
    const engine::Label was = label();
    REQUIRE(was != engine::Label::Unlabelled);
    const bool wasGood = was == engine::Label::Good;
    press(desk, wasGood ? Qt::Key_D : Qt::Key_G);
    const engine::Label becomes = wasGood ? engine::Label::Defect : engine::Label::Good;
    REQUIRE(QTest::qWaitFor([&] { return label() == becomes; }, quickMs));
    press(desk, Qt::Key_Z, Qt::ControlModifier);
    CHECK(QTest::qWaitFor([&] { return label() == was; }, quickMs));
}

TEST_CASE("a round of Tab comes by every control of a page once and back to where it began") {
    Desk desk;
    REQUIRE(QTest::qWaitForWindowActive(desk.window.get()));
    desk.drop(textOf(desk.folder / "parts"));
    desk.click("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    for (const char* page : {"imagesPageButton", "trainPageButton", "tunePageButton", "reportPageButton"}) {
        desk.click(page);
        tabTo(desk, page);
        std::set<QWidget*> seen;
        for (int i = 0; i < 200; ++i) {
            press(desk, Qt::Key_Tab);
            QWidget* widget = QApplication::focusWidget();
            REQUIRE(widget != nullptr);
            CHECK(widget->isVisible());
            if (!seen.insert(widget).second || widget == desk.find<QWidget>(page)) break;
        }
        INFO(page);
        CHECK(QApplication::focusWidget() == desk.find<QWidget>(page));
        CHECK(seen.size() > 5);
    }
}
