// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/window/experiments_desk.h"
#include "ui/experiments/experiments_model.h"
#include "ui/viewer/viewer_panel.h"

using test::cell;
using test::Desk;
using test::flagEverything;
using test::isWorkedOut;
using test::quickMs;

namespace {

// The word in front of a field of the Train page.
QString wordBefore(const Desk& desk, const char* field) {
    for (const auto* label : desk.window->findChildren<QLabel*>())
        if (label->buddy() == desk.find<QWidget>(field)) return label->text();
    return {};
}

}  // namespace

TEST_CASE("Experiments: the figures are in sight beside a comparison, and columns stay as a person leaves them") {
    Desk desk;
    desk.makeProject();
    desk.train("patchcore");
    desk.train("padim");
    desk.click("experimentsButton");
    auto* table = desk.find<QTableView>("experimentsTable");
    REQUIRE(QTest::qWaitFor([&] { return isWorkedOut(*table, 2); }, quickMs));
    table->selectAll();
    const auto* view = desk.find<QWidget>("comparisonView");
    REQUIRE(QTest::qWaitFor([&] { return view->isVisible(); }, quickMs));
    desk.window->grab();

    using Column = ui::ExperimentsModel;
    CHECK(table->horizontalScrollBar()->value() == 0);
    for (const int column : {Column::Model, Column::Auroc, Column::Escapes, Column::FalseRejects}) {
        INFO(column << " in " << table->viewport()->width());
        const int end = table->columnViewportPosition(column) + table->columnWidth(column);
        CHECK(end <= table->viewport()->width());
    }
    // So is all that is told of the two.
    const auto* told = desk.find<QScrollArea>("comparedText");
    CHECK(QTest::qWaitFor([&] { return told->widget()->height() <= told->viewport()->height(); }, quickMs));
    // In the smallest window the first of them is.
    desk.window->resize(desk.window->minimumSize());
    desk.window->grab();
    CHECK(table->columnViewportPosition(Column::Auroc) + table->columnWidth(Column::Auroc) <=
          table->viewport()->width());
    desk.window->resize(1440, 900);
    desk.window->grab();

    for (int column = Column::Auroc; column < Column::Parameters; ++column)
        for (int row = 0; row < 2; ++row) {
            const int words = table->fontMetrics().horizontalAdvance(cell(*table, row, column));
            INFO(column << " " << cell(*table, row, column).toStdString());
            CHECK(table->columnWidth(column) >= words);
            CHECK(table->columnWidth(column) <=
                  std::max(words, table->horizontalHeader()->sectionSizeHint(column)) + 24);
        }

    const auto title = [&](int column) { return table->model()->headerData(column, Qt::Horizontal).toString(); };
    CHECK(title(Column::Backbone) == wordBefore(desk, "backboneBox"));
    CHECK(title(Column::InputSize) == wordBefore(desk, "sizeSpinBox"));

    table->horizontalHeader()->moveSection(Column::FalseRejects, Column::Auroc);
    table->setColumnWidth(Column::Aupro, 222);
    const int fitted = table->columnWidth(Column::Model);
    const QString folder = desk.project()->folder();
    desk.window.reset();
    desk.open();
    desk.window->openPath(folder);
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    table = desk.find<QTableView>("experimentsTable");
    REQUIRE(QTest::qWaitFor([&] { return isWorkedOut(*table, 2); }, quickMs));
    CHECK(table->horizontalHeader()->visualIndex(Column::FalseRejects) == Column::Auroc);
    CHECK(table->columnWidth(Column::Aupro) == 222);
    CHECK(table->columnWidth(Column::Model) == fitted);
}

TEST_CASE("Experiments: the picture is shown as before once they are hidden") {
    Desk desk;
    desk.makeProject();
    desk.train("patchcore");
    desk.train("padim");
    flagEverything(desk);
    auto* viewer = desk.window->findChild<ui::ViewerPanel*>();
    REQUIRE(viewer != nullptr);
    for (const auto before : {ui::Comparison::Off, ui::Comparison::Swipe}) {
        viewer->setComparison(before);
        desk.click("experimentsButton");
        auto* table = desk.find<QTableView>("experimentsTable");
        REQUIRE(QTest::qWaitFor([&] { return isWorkedOut(*table, 2); }, quickMs));
        table->selectAll();
        auto* disputes = desk.find<QTableView>("disputedImages");
        REQUIRE(QTest::qWaitFor([&] { return disputes->isVisible() && disputes->model()->rowCount() > 1; }, quickMs));
        for (int row = 0; row < 2; ++row) Q_EMIT disputes->activated(disputes->model()->index(row, 0));
        auto* second = desk.find<ui::ImageView>("secondImageView");
        REQUIRE(QTest::qWaitFor([&] { return second->isVisible() && second->map(); }, quickMs));
        desk.click("hideExperiments");
        CHECK(viewer->comparison() == before);
        CHECK_FALSE(second->isVisible());
        CHECK_FALSE(desk.find<QWidget>("secondVerdictBadge")->isVisible());
        CHECK_FALSE(desk.find<QWidget>("firstCaption")->accessibleName().startsWith(QStringLiteral("A \u00B7")));
    }
}
