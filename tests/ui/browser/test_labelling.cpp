// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/browser/browser_window.h"

using engine::Label;
using services::ImageId;
using test::BrowserWindow;

TEST_CASE("keys label the current image, and it stays the current one") {
    BrowserWindow window;
    window.click(4);
    CHECK(window.panel.currentImage() == window.fixture.id(4));
    window.key(Qt::Key_D);
    CHECK(window.label(4) == Label::Defect);
    CHECK(window.panel.currentImage() == window.fixture.id(4));
    window.key(Qt::Key_2);
    CHECK(window.fixture.image(4).defectType == QStringLiteral("scratch_that_is_long"));
    window.key(Qt::Key_D);  // a defect keeps its type
    CHECK(window.fixture.image(4).defectType == QStringLiteral("scratch_that_is_long"));
    window.key(Qt::Key_1);
    CHECK(window.fixture.image(4).defectType == QStringLiteral("bent"));
    window.key(Qt::Key_9);  // there is no ninth type
    CHECK(window.fixture.image(4).defectType == QStringLiteral("bent"));
    window.key(Qt::Key_U);
    CHECK(window.label(4) == Label::Unlabelled);
    window.key(Qt::Key_G);
    CHECK(window.label(4) == Label::Good);
    const int steps = window.fixture.project().undoStack()->count();
    window.key(Qt::Key_G);  // it is good already
    CHECK(window.fixture.project().undoStack()->count() == steps);
}

TEST_CASE("several images are labelled in one step, and one undo brings them back") {
    BrowserWindow window;
    window.click(0);
    window.click(2, Qt::ControlModifier);
    window.click(5, Qt::ControlModifier);
    CHECK(window.panel.selectedImages() ==
          QVector<ImageId>{window.fixture.id(0), window.fixture.id(2), window.fixture.id(5)});
    window.key(Qt::Key_D);
    for (const int row : {0, 2, 5}) CHECK(window.label(row) == Label::Defect);
    CHECK(window.label(1) == Label::Good);
    CHECK(window.panel.selectedImages().size() == 3);
    CHECK(window.fixture.project().undoStack()->count() == 1);
    window.fixture.project().undoStack()->undo();
    for (const int row : {0, 2, 5}) CHECK(window.label(row) == Label::Good);

    window.click(1);
    window.click(6, Qt::ShiftModifier);
    CHECK(window.panel.selectedImages().size() == 6);
    window.key(Qt::Key_A, Qt::ControlModifier);
    CHECK(window.panel.selectedImages().size() == 24);
    window.key(Qt::Key_U);
    for (int row = 0; row < 24; ++row) CHECK(window.label(row) == Label::Unlabelled);
    window.fixture.project().undoStack()->undo();
    CHECK(window.fixture.image(3).defectType == QStringLiteral("bent"));
}

TEST_CASE("letters typed into the search field label nothing") {
    BrowserWindow window;
    window.click(4);
    window.key(Qt::Key_F, Qt::ControlModifier);
    auto* search = window.find<QLineEdit>("searchField");
    REQUIRE(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("gdun1"));
    CHECK(search->text() == QStringLiteral("gdun1"));
    CHECK(window.fixture.project().undoStack()->count() == 0);
    CHECK(window.count() == 0);
    QTest::keyClick(search, Qt::Key_Escape);
    CHECK(search->text().isEmpty());
    CHECK(window.count() == 24);
    QTest::keyClicks(search, QStringLiteral("0001"));
    CHECK(window.count() == 11);
    QTest::keyClick(search, Qt::Key_Return);
    CHECK(window.grid()->hasFocus());
    CHECK(window.panel.filter().text == QStringLiteral("0001"));
}

TEST_CASE("an image that is labelled out of the list stays the current one, and N goes on") {
    BrowserWindow window;
    window.panel.setFilter({.disagreementOnly = true});
    window.panel.setCurrent(window.panel.model()->idAt(2));
    const ImageId third = window.panel.model()->idAt(2);
    const ImageId fourth = window.panel.model()->idAt(3);
    const int before = window.count();
    window.key(Qt::Key_D);
    CHECK(window.count() == before - 1);
    CHECK(window.panel.currentImage() == third);
    window.key(Qt::Key_N);
    CHECK(window.panel.currentImage() == fourth);
    window.fixture.project().undoStack()->undo();
    CHECK(window.count() == before);
    window.panel.previous();
    CHECK(window.panel.currentImage() == third);
}

TEST_CASE("a read-only project says why a label cannot be given") {
    BrowserWindow window({.readOnly = true});
    window.click(0);
    window.key(Qt::Key_D);
    CHECK(window.label(0) == Label::Good);
    CHECK(window.find<QLabel>("browserNotice")->text().contains(QStringLiteral("Another window")));
    CHECK(window.find<QLabel>("browserNotice")->isVisible());
}

TEST_CASE("the label menu makes a new defect type, which gets a key") {
    BrowserWindow window;
    window.click(0);
    window.click(1, Qt::ControlModifier);
    Q_EMIT window.grid()->customContextMenuRequested(QPoint(20, 20));
    auto* menu = window.find<QMenu>("labelMenu");
    REQUIRE(menu->isVisible());
    auto* field = menu->findChild<QLineEdit*>(QStringLiteral("newTypeEdit"));
    REQUIRE(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("a dent"));
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(window.fixture.image(0).defectType == QStringLiteral("a dent"));
    CHECK(window.fixture.image(1).defectType == QStringLiteral("a dent"));
    CHECK(window.fixture.project().undoStack()->count() == 1);
    window.click(2);
    window.key(Qt::Key_1);
    CHECK(window.fixture.image(2).defectType == QStringLiteral("a dent"));
}

TEST_CASE("the keys work in another widget that takes the actions") {
    BrowserWindow window;
    window.click(0);
    QWidget viewer;
    viewer.setFocusPolicy(Qt::StrongFocus);
    viewer.addActions(window.panel.imageActions());
    viewer.show();
    viewer.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&viewer));
    viewer.setFocus();
    QTest::keyClick(&viewer, Qt::Key_Right);
    CHECK(window.panel.currentImage() == window.fixture.id(1));
    QTest::keyClick(&viewer, Qt::Key_U);
    CHECK(window.label(1) == Label::Unlabelled);
    QTest::keyClick(&viewer, Qt::Key_Left);
    CHECK(window.panel.currentImage() == window.fixture.id(0));
}
