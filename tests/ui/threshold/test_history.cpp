// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QLabel>
#include <QListWidget>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/threshold/project_fixture.h"
#include "ui/threshold/change_line.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/score_histogram.h"

using test::PanelFixture;

TEST_CASE("The last change is told, taken back, and those before it are listed") {
    PanelFixture fixture;
    auto* last = fixture.find<QLabel>("lastChange");
    auto* undo = fixture.find<QAbstractButton>("undoCutButton");
    auto* history = fixture.find<QAbstractButton>("cutHistoryButton");
    auto* list = fixture.find<QListWidget>("cutHistory");
    CHECK_FALSE(undo->isEnabled());
    CHECK_FALSE(history->isEnabled());
    fixture.setCuts(1.62, 2.1, 1.87);
    fixture.setCuts(1.62, 1.95, 1.87);
    REQUIRE(QTest::qWaitFor(
        [&] { return last->text().startsWith(QStringLiteral("Fail 2.10\u00A0→\u00A01.95\u00A0· you\u00A0· ")); }));
    CHECK(undo->isEnabled());
    CHECK(list->isHidden());
    QTest::mouseClick(history, Qt::LeftButton);
    CHECK_FALSE(list->isHidden());
    CHECK(list->count() == 2);
    CHECK(last->text() == QStringLiteral("Newest first"));                      // which is not told twice
    CHECK(list->visualItemRect(list->item(1)).bottom() == list->height() - 1);  // no more than it holds, and no less
    QTest::mouseClick(undo, Qt::LeftButton);
    CHECK(fixture.point().fail == 2.1);
    REQUIRE(QTest::qWaitFor([&] { return list->count() == 3; }));
    CHECK(list->item(0)->text().startsWith(QStringLiteral("Fail 1.95\u00A0→\u00A02.10")));
}

TEST_CASE("A drag is one line of the history, however far it went") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 2.1, 1.87);
    auto* list = fixture.find<QListWidget>("cutHistory");
    REQUIRE(QTest::qWaitFor([&] { return list->count() == 1; }));
    auto* handle = fixture.find<ui::ScoreHistogram>("scoreHistogram")->failHandle();
    for (int i = 0; i < 20; ++i) QTest::keyPress(handle, Qt::Key_Right);
    QTest::keyRelease(handle, Qt::Key_Right);
    REQUIRE(QTest::qWaitFor([&] { return list->count() == 2; }));
    CHECK(list->item(0)->text().startsWith(QStringLiteral("Fail 2.1\u00A0→\u00A02.3")));
}

TEST_CASE("The link to undo is only for the operating point") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    auto* undo = fixture.find<QAbstractButton>("undoCutButton");
    CHECK(undo->isEnabled());
    const services::ImageId id = fixture.project().images().front().id;
    fixture.project().setLabels({&id, 1}, engine::Label::Unlabelled);
    CHECK_FALSE(undo->isEnabled());
    fixture.project().undoStack()->undo();
    CHECK(undo->isEnabled());
}

TEST_CASE("A change says which cuts differ and by what rule") {
    services::AuditEntry entry;
    entry.from = QStringLiteral("fail 2.1, review 1.62, pixel 1.87 (manual)");
    entry.to = QStringLiteral("fail 1.954, review 1.62, pixel 1.9 (best-f1)");
    CHECK(ui::changeText(entry) ==
          QStringLiteral("Fail 2.10\u00A0→\u00A01.95, pixel cut 1.87\u00A0→\u00A01.90\u00A0· rule: best F1"));
    entry.from = QStringLiteral("fail 1.95 (manual)");
    entry.to = QStringLiteral("fail 1.59334 (false-reject)");
    CHECK(ui::changeText(entry) == QStringLiteral("Fail 1.95\u00A0→\u00A01.59\u00A0· rule: false rejects"));
    entry.from = QStringLiteral("fail 12346.4");
    entry.to = QStringLiteral("fail 12347.1");
    CHECK(ui::changeText(entry) == QStringLiteral("Fail 12346.4\u00A0→\u00A012347.1"));
    entry.from.clear();
    entry.to = QStringLiteral("fail 1.95");
    CHECK(ui::changeText(entry) == QStringLiteral("Fail set to 1.95"));
    entry.from = QStringLiteral("fail 1e-09 (manual)");
    entry.to = QStringLiteral("fail 2e-09 (manual)");
    CHECK(ui::changeText(entry) == QStringLiteral("Fail 1e-09\u00A0→\u00A02e-09"));
}
