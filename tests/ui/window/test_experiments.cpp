// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "tests/ui/window/experiments_desk.h"
#include "ui/common/breakable.h"
#include "ui/experiments/experiments_model.h"
#include "ui/experiments/score_scatter.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/viewer_panel.h"

using test::cell;
using test::Desk;
using test::flagEverything;
using test::isWorkedOut;
using test::quickMs;
using test::textOf;

TEST_CASE("Experiments: a table without a model says so in its middle, and has no titles and nothing to scroll to") {
    Desk desk;
    desk.makeProject();
    QTest::keyClick(desk.window.get(), Qt::Key_E, Qt::ControlModifier);
    const auto* table = desk.find<QTableView>("experimentsTable");
    REQUIRE(table->isVisible());
    CHECK_FALSE(table->horizontalScrollBar()->isVisible());
    CHECK_FALSE(table->horizontalHeader()->isVisible());
    const auto* none = desk.find<QLabel>("noExperiments");
    CHECK(none->isVisible());
    REQUIRE(QTest::qWaitFor([&] { return none->x() > 100; }, quickMs));
    CHECK(none->width() >= none->fontMetrics().horizontalAdvance(none->text()));
    const auto* panel = desk.find<QWidget>("experimentsPanel");
    CHECK(std::abs(2 * none->geometry().center().x() - table->viewport()->width()) <= 8);
    // Down to the line below it is the table's.
    CHECK(table->mapTo(panel, table->rect().bottomLeft()).y() == panel->rect().bottom());
}

TEST_CASE("Experiments: a table of the models, two compared, and what they disagree on side by side") {
    Desk desk;
    desk.makeProject();
    desk.train("patchcore");
    desk.train("padim");
    flagEverything(desk);
    REQUIRE(desk.project()->models().size() == 2);

    QTest::keyClick(desk.window.get(), Qt::Key_E, Qt::ControlModifier);
    auto* table = desk.find<QTableView>("experimentsTable");
    // What decides between two models is beside their names.
    for (const int figure : {ui::ExperimentsModel::Auroc, ui::ExperimentsModel::PixelAuroc, ui::ExperimentsModel::Aupro,
                             ui::ExperimentsModel::Escapes, ui::ExperimentsModel::FalseRejects})
        CHECK(table->horizontalHeader()->visualIndex(figure) <
              table->horizontalHeader()->visualIndex(ui::ExperimentsModel::Backbone));
    const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    REQUIRE(table->isVisible());
    REQUIRE(QTest::qWaitFor([&] { return isWorkedOut(*table, 2); }, quickMs));

    using Column = ui::ExperimentsModel;
    table->sortByColumn(Column::Trained, Qt::AscendingOrder);
    CHECK(cell(*table, 0, Column::Method) == QStringLiteral("PatchCore"));
    CHECK(cell(*table, 1, Column::Method) == QStringLiteral("PaDiM"));
    for (int row = 0; row < 2; ++row)
        for (const int column : {Column::Auroc, Column::PixelAuroc, Column::Aupro, Column::Escapes,
                                 Column::FalseRejects, Column::FitTime, Column::ImageTime, Column::FileSize}) {
            INFO(row << " " << column << " " << cell(*table, row, column).toStdString());
            CHECK(table->model()->index(row, column).data(Column::sortRole).isValid());
        }
    CHECK(cell(*table, 0, Column::Scored) == QStringLiteral("12"));
    CHECK(cell(*table, 0, Column::Backbone).startsWith(QStringLiteral("ResNet-18")));

    // Until two are compared the table has the whole width.
    const auto* splitter = desk.find<QWidget>("experimentsSplitter");
    const auto* hint = desk.find<QLabel>("comparisonHint");
    CHECK(hint->text().startsWith(QStringLiteral("Choose two")));
    CHECK(table->parentWidget()->width() == splitter->width());
    CHECK(table->model()->index(1, Column::FalseRejects).data(Column::sortRole).toDouble() == 1);
    CHECK(table->model()->index(1, Column::Escapes).data(Column::sortRole).toDouble() == 0);
    table->sortByColumn(Column::FalseRejects, Qt::DescendingOrder);
    CHECK(cell(*table, 0, Column::Method) == QStringLiteral("PaDiM"));

    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    auto* disputes = desk.find<QTableView>("disputedImages");
    const QAbstractItemModelTester disputeTester(disputes->model(),
                                                 QAbstractItemModelTester::FailureReportingMode::Fatal);
    REQUIRE(QTest::qWaitFor([&] { return disputes->isVisible() && disputes->model()->rowCount() > 0; }, quickMs));
    CHECK(hint->text().isEmpty());
    CHECK(QTest::qWaitFor([&] { return table->width() < splitter->width(); }, quickMs));
    // PaDiM flags every image, so what PatchCore lets pass is in dispute.
    const auto count = [&](const char* name) { return desk.find<QLabel>(name)->text().toInt(); };
    CHECK(count("caughtBy_0") + count("caughtBy_2") == 6);
    CHECK(count("rejectedBy_0") + count("rejectedBy_2") == 6);
    CHECK(count("caughtBy_1") + count("caughtBy_3") == 0);
    CHECK(disputes->model()->rowCount() == count("caughtBy_2") + count("rejectedBy_2"));
    CHECK(desk.find<QLabel>("aurocTest")->text().contains(QStringLiteral("AUROC")));
    CHECK(desk.find<QLabel>("mcnemarTest")->text().contains(QStringLiteral("p\u00A0")));

    // One click: the image, by both.
    const QModelIndex first = disputes->model()->index(0, 0);
    QTest::mouseClick(disputes->viewport(), Qt::LeftButton, Qt::NoModifier, disputes->visualRect(first).center());
    auto* second = desk.find<ui::ImageView>("secondImageView");
    auto* view = desk.find<ui::ImageView>("imageView");
    REQUIRE(QTest::qWaitFor([&] { return second->isVisible() && second->picture() && second->map() && view->map(); },
                            quickMs));
    CHECK(second->picture() == view->picture());
    CHECK(second->map() != view->map());
    CHECK(desk.find<QLabel>("imageName")->accessibleName() == first.data().toString());
    // The current model is the left one.
    const auto nameOf = [&](std::size_t model) { return ui::unbrokenDate(desk.project()->models()[model].name); };
    CHECK(desk.find<QWidget>("firstCaption")->accessibleName() == QStringLiteral("A \u00B7 ") + nameOf(1));
    CHECK(desk.find<QWidget>("secondCaption")->accessibleName() == QStringLiteral("B \u00B7 ") + nameOf(0));
    const auto* badge = desk.find<ui::VerdictBadge>("secondVerdictBadge");
    CHECK(badge->isVisible());
    CHECK_FALSE(badge->text().startsWith(QStringLiteral("FAIL")));

    // The next image of the list likewise, by keyboard.
    const auto before = view->map();
    disputes->setFocus();
    QTest::keyClick(disputes, Qt::Key_Down);
    QTest::keyClick(disputes, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return view->map() && view->map() != before; }, quickMs));
    CHECK(desk.find<QLabel>("imageName")->accessibleName() == disputes->model()->index(1, 0).data().toString());

    // What has been opened is marked in the list, however it was opened.
    const auto marked = [&] {
        const QModelIndexList rows = disputes->selectionModel()->selectedRows();
        return rows.size() == 1 ? rows.front().row() : -1;
    };
    disputes->clearSelection();
    QTest::keyClick(disputes, Qt::Key_Return);
    CHECK(marked() == 1);
    // Also once the list is counted anew.
    const services::ModelId compared = desk.project()->models()[1].id;
    REQUIRE(desk.project()->currentModel()->id == compared);
    engine::OperatingPoint point = desk.project()->operatingPoint();
    point.fail = -2e6;
    QSignalSpy counted(disputes->model(), &QAbstractItemModel::modelReset);
    desk.project()->setOperatingPoint(point);
    REQUIRE(QTest::qWaitFor([&] { return !counted.isEmpty() && disputes->model()->rowCount() > 1; }, quickMs));
    CHECK(marked() == 1);

    // Where there is no room for both, the list has it, and the scatter is one click away.
    auto* scatter = desk.find<QWidget>("scoreScatter");
    CHECK(scatter->isVisible());
    desk.window->resize(desk.window->minimumSize());
    REQUIRE(QTest::qWaitFor([&] { return !scatter->isVisible(); }, quickMs));
    CHECK(disputes->isVisible());
    CHECK(disputes->viewport()->width() >= 280);
    const int narrow = table->width();
    desk.click("scatterChip");
    CHECK(QTest::qWaitFor([&] { return scatter->isVisible() && !disputes->isVisible(); }, quickMs));
    desk.window->grab();
    CHECK(table->width() == narrow);
    desk.click("disputesChip");
    CHECK(QTest::qWaitFor([&] { return disputes->isVisible() && !scatter->isVisible(); }, quickMs));
    desk.window->resize(1440, 900);
    CHECK(QTest::qWaitFor([&] { return disputes->isVisible() && scatter->isVisible(); }, quickMs));

    // Another current model ends it.
    desk.project()->setCurrentModel(desk.project()->models()[0].id);
    const auto* caption = desk.find<QWidget>("firstCaption");
    REQUIRE(QTest::qWaitFor([&] { return !second->isVisible(); }, quickMs));
    desk.window->findChild<ui::ViewerPanel*>()->setComparison(ui::Comparison::SideBySide);
    REQUIRE(QTest::qWaitFor([&] { return caption->accessibleName() == QStringLiteral("Anomaly map"); }, quickMs));
    CHECK(desk.find<QWidget>("secondCaption")->accessibleName() == QStringLiteral("Plain image"));
    CHECK_FALSE(badge->isVisible());
}

TEST_CASE(
    "Experiments: a click into the scatter opens its image, the comparison is exported, the panel is remembered") {
    Desk desk;
    desk.makeProject();
    desk.train("patchcore");
    desk.train("padim");
    flagEverything(desk);
    desk.click("experimentsButton");
    auto* table = desk.find<QTableView>("experimentsTable");
    REQUIRE(QTest::qWaitFor([&] { return isWorkedOut(*table, 2); }, quickMs));
    table->selectAll();
    auto* scatter = desk.find<ui::ScoreScatter>("scoreScatter");
    // What its edges mean is said, with the cuts.
    REQUIRE(QTest::qWaitFor([&] { return scatter->accessibleDescription().contains(QStringLiteral("cut")); }, quickMs));
    CHECK(scatter->accessibleDescription().count(QStringLiteral("cut")) == 2);
    const services::ImageRecord& image = desk.project()->images().front();
    REQUIRE(image.split == engine::Split::Test);
    REQUIRE(QTest::qWaitFor([&] { return scatter->isVisible() && scatter->placeOf(image.id); }, quickMs));
    QTest::mouseClick(scatter, Qt::LeftButton, Qt::NoModifier, scatter->placeOf(image.id)->toPoint());
    REQUIRE(QTest::qWaitFor([&] { return desk.find<ui::ImageView>("secondImageView")->isVisible(); }, quickMs));
    const QString shown = desk.find<QLabel>("imageName")->accessibleName();
    const int row = desk.project()->rowOf(image.id);
    CHECK(scatter->placeOf(image.id).has_value());
    // Another image may lie at the very same place.
    const auto& images = desk.project()->images();
    const auto chosen = std::find_if(images.begin(), images.end(), [&](const auto& i) { return i.name == shown; });
    REQUIRE(chosen != images.end());
    const auto* disputes = desk.find<QTableView>("disputedImages");
    const QModelIndexList selected = disputes->selectionModel()->selectedRows();
    QStringList disputed;
    for (int i = 0; i < disputes->model()->rowCount(); ++i) disputed << cell(*disputes, i, 0);
    CHECK(selected.size() == (disputed.contains(shown) ? 1 : 0));
    if (!selected.isEmpty()) CHECK(selected.front().data().toString() == shown);

    const QPointF way = *scatter->placeOf(chosen->id) - *scatter->placeOf(images[static_cast<std::size_t>(row)].id);
    CHECK(way.manhattanLength() <= 2);

    desk.dialogs.file = textOf(desk.folder / "cmp.csv");
    desk.click("exportComparison");
    REQUIRE(QTest::qWaitFor([&] { return std::filesystem::exists(desk.folder / "cmp.csv"); }, quickMs));
    std::ifstream file(desk.folder / "cmp.csv");
    std::string header;
    std::getline(file, header);
    int lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    CHECK(lines == 12);
    for (const char* method : {"patchcore", "padim"}) CHECK(header.find(method) != std::string::npos);

    desk.dialogs.file = textOf(desk.folder / "cmp.html");
    desk.click("exportComparison");
    REQUIRE(QTest::qWaitFor([&] { return std::filesystem::exists(desk.folder / "cmp.html"); }, quickMs));

    const QString folder = desk.project()->folder();
    desk.window.reset();
    desk.open();
    desk.window->openPath(folder);
    REQUIRE(QTest::qWaitFor([&] { return desk.inProject(); }, quickMs));
    CHECK(desk.find<QWidget>("experimentsPanel")->isVisible());
    desk.click("hideExperiments");
    CHECK_FALSE(desk.find<QWidget>("experimentsPanel")->isVisible());
}
