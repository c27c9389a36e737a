// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>
#include <catch2/catch.hpp>

#include "ui/training/action_page.h"
#include "ui/training/message_line.h"
#include "ui/training/run_box.h"

namespace {

// More to ask than the page is high.
struct Page {
    Page() {
        auto* asked = new QVBoxLayout(content);
        for (int i = 0; i < 40; ++i) asked->addWidget(new QPushButton(QString::number(i), content));
        (new QVBoxLayout(told))->addWidget(message);
        (new QVBoxLayout(actions))->addWidget(button);
        (new QVBoxLayout(&window))->addWidget(page = new ui::ActionPage(content, told, actions, &window));
        window.layout()->setContentsMargins({});
        window.resize(320, 480);
        window.show();
        REQUIRE(QTest::qWaitForWindowExposed(&window));
    }
    QRect placeOf(const QWidget* widget) const { return QRect(widget->mapTo(&window, QPoint()), widget->size()); }

    QWidget window;
    QWidget* content = new QWidget(&window);
    QWidget* told = new QWidget(&window);
    QWidget* actions = new QWidget(&window);
    ui::MessageLine* message = new ui::MessageLine(told);
    QPushButton* button = new QPushButton(QStringLiteral("Go"), actions);
    ui::ActionPage* page = nullptr;
};

services::JobProgress features(qint64 done, double secondsLeft) {
    services::JobProgress progress;
    progress.stage = QStringLiteral("features");
    progress.done = done;
    progress.total = 60;
    progress.perSecond = secondsLeft < 0 ? 0 : 24;
    progress.secondsLeft = secondsLeft;
    return progress;
}

}  // namespace

TEST_CASE("the button of a page is in sight, however much is asked and told") {
    Page page;
    const QRect before = page.placeOf(page.button);
    CHECK(page.window.rect().contains(before));
    page.message->setFault(QStringLiteral("The folder is gone. ").repeated(60));
    const auto* area = page.told->parentWidget();
    REQUIRE(QTest::qWaitFor([&] { return area->height() > 100; }));
    CHECK(QTest::qWaitFor([&] { return page.placeOf(area).bottom() < before.top(); }));
    CHECK(page.placeOf(page.button) == before);
    CHECK(area->height() <= page.window.height() / 3);
    // A usual one is seen whole.
    page.message->setFault(QStringLiteral("/a/folder/of/images/that/is/gone: Put it back where it was. ").repeated(2));
    CHECK(QTest::qWaitFor([&] { return area->height() < 100 && page.told->height() <= area->height(); }));
    page.message->clear();
    CHECK(QTest::qWaitFor([&] { return area->height() == 0; }));
    // Where there is nothing to do there is no line.
    page.button->hide();
    CHECK(QTest::qWaitFor([&] { return page.actions->height() == 0; }));
}

TEST_CASE("what is asked comes before the button with the keyboard too") {
    Page page;
    page.button->setFocus();
    QTest::keyClick(page.button, Qt::Key_Backtab);
    const auto* focused = qobject_cast<QPushButton*>(page.window.focusWidget());
    REQUIRE(focused != nullptr);
    CHECK(focused->text() == QStringLiteral("39"));
}

TEST_CASE("while a job runs nothing in its box moves, and Cancel is not where the button was") {
    Page page;
    auto* box = new ui::RunBox(QStringLiteral("training"), QStringLiteral("Cancel the training"), page.actions);
    page.actions->layout()->addWidget(box);
    box->hide();
    const auto* cancel = box->findChild<QWidget*>(QStringLiteral("cancelTraining"));
    const auto* bar = box->findChild<QWidget*>(QStringLiteral("trainingBar"));
    page.window.resize(280, 480);
    page.window.grab();
    const QRect button = page.placeOf(page.button);
    page.button->hide();
    box->begin(services::JobState::Waiting);
    box->show();
    page.window.grab();
    REQUIRE(QTest::qWaitFor([&] { return cancel->isVisible() && page.placeOf(cancel).y() > 200; }));
    const QRect place = page.placeOf(cancel);
    const QRect line = page.placeOf(bar);
    CHECK_FALSE(place.intersects(button));
    for (const auto& progress : {features(1, -1), features(12, 2.1), features(59, 3599)}) {
        box->setProgress(progress);
        page.window.grab();
        CHECK(page.placeOf(cancel) == place);
        CHECK(page.placeOf(bar) == line);
    }
    const auto* numbers = box->findChild<QLabel*>(QStringLiteral("trainingNumbers"));
    CHECK(numbers->heightForWidth(numbers->width()) <= numbers->height());
}
