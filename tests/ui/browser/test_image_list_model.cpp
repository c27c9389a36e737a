// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/ui/browser/browser_fixture.h"
#include "ui/browser/image_list_model.h"

using engine::Label;
using engine::Verdict;
using services::ImageFilter;
using services::OrderKey;
using ui::ImageListModel;
using Reporting = QAbstractItemModelTester::FailureReportingMode;

namespace {

// The positions that dataChanged named.
std::vector<int> changedPositions(const QSignalSpy& spy) {
    std::vector<int> positions;
    for (const auto& arguments : spy)
        for (int i = arguments[0].toModelIndex().row(); i <= arguments[1].toModelIndex().row(); ++i)
            positions.push_back(i);
    std::sort(positions.begin(), positions.end());
    return positions;
}

int failures = 0;

void countFailures(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    ++failures;
    std::fprintf(stderr, "%s\n", qPrintable(message));
}

// The tester says by warnings what is wrong with a model.
class TesterReport {
public:
    TesterReport() {
        failures = 0;
        m_previous = qInstallMessageHandler(countFailures);
    }
    ~TesterReport() { qInstallMessageHandler(m_previous); }
    int count() const { return failures; }

private:
    QtMessageHandler m_previous;
};

}  // namespace

TEST_CASE("the model keeps to the rules of models, whatever happens to the project") {
    test::BrowserFixture fixture({.count = 90});
    TesterReport report;
    ImageListModel model(&fixture.project());
    QAbstractItemModelTester tester(&model, Reporting::Warning);
    std::mt19937 random(5);
    for (int round = 0; round < 250; ++round) {
        const int row = static_cast<int>(random() % 90);
        switch (random() % 6) {
            case 0: {
                ImageFilter filter;
                if (random() % 2 == 0) filter.verdict = static_cast<Verdict>(1 + random() % 3);
                if (random() % 3 == 0) filter.label = static_cast<Label>(random() % 3);
                if (random() % 4 == 0) filter.disagreementOnly = true;
                model.setFilter(filter);
                break;
            }
            case 1:
                model.setOrder({static_cast<OrderKey>(random() % 6), random() % 2 == 0});
                break;
            case 2:
                fixture.project().setLabels(std::vector{fixture.id(row)}, static_cast<Label>(random() % 3));
                break;
            case 3:
                fixture.project().addScores(fixture.project().currentModel()->id,
                                            {{fixture.id(row), static_cast<double>(random() % 40) / 10, {}}});
                break;
            case 4:
                fixture.project().undoStack()->undo();
                break;
            default: {
                const double fail = 1 + static_cast<double>(random() % 30) / 10;
                fixture.project().previewOperatingPoint(test::cuts(fail - 0.3, fail));
            }
        }
        const auto& rows = model.query().rows();
        REQUIRE(model.rowCount() == static_cast<int>(rows.size()));
        for (int i = 0; i < model.rowCount(); ++i) {
            REQUIRE(model.idAt(i) == fixture.id(rows[static_cast<std::size_t>(i)]));
            REQUIRE(model.positionOf(model.idAt(i)) == i);
        }
    }
    CHECK(report.count() == 0);
}

TEST_CASE("a moved cut names the images that are judged anew and no other") {
    test::BrowserFixture fixture({.count = 40});
    ImageListModel model(&fixture.project());
    model.setOrder({OrderKey::DefectType, false});
    std::vector<int> expected;
    std::vector<Verdict> before;
    for (int i = 0; i < 40; ++i) before.push_back(model.verdictAt(i));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy layout(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy counts(&model, &ImageListModel::countsChanged);
    fixture.project().previewOperatingPoint(test::cuts(1.8, 2.4));
    for (int i = 0; i < 40; ++i)
        if (model.verdictAt(i) != before[static_cast<std::size_t>(i)]) expected.push_back(i);
    REQUIRE(expected.size() > 4);
    CHECK(changedPositions(changed) == expected);
    CHECK(reset.isEmpty());
    CHECK(layout.isEmpty());
    CHECK(counts.size() == 1);
    // No score lies between: nothing is said.
    changed.clear();
    fixture.project().previewOperatingPoint(test::cuts(1.8, 2.4001));
    CHECK(changed.isEmpty());
}

TEST_CASE("with a verdict filter, few images come and go one by one, many at once") {
    test::BrowserFixture fixture({.count = 400});
    ImageListModel model(&fixture.project());
    model.setFilter({.verdict = Verdict::Fail});
    const int before = model.rowCount();
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QPersistentModelIndex last(model.index(before - 1, 0));
    fixture.project().previewOperatingPoint(test::cuts(1.5, 2.1));
    CHECK(reset.isEmpty());
    CHECK(removed.size() == 1);
    CHECK(model.rowCount() < before);
    REQUIRE(last.isValid());
    CHECK(last.row() == model.rowCount() - 1);
    fixture.project().previewOperatingPoint(test::cuts(1.5, 2.0));
    CHECK(inserted.size() == 1);
    CHECK(model.rowCount() == before);
    model.setFilter({.label = Label::Good});
    CHECK(reset.size() == 1);
}

TEST_CASE("another order moves persistent indexes with their images") {
    test::BrowserFixture fixture;
    ImageListModel model(&fixture.project());
    const services::ImageId id = model.idAt(5);
    const QPersistentModelIndex index(model.index(5, ImageListModel::Score));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setOrder({OrderKey::Score, true});
    CHECK(reset.isEmpty());
    REQUIRE(index.isValid());
    CHECK(index.column() == ImageListModel::Score);
    CHECK(model.idAt(index.row()) == id);
    CHECK(index.row() == model.rowCount() - 6);
}

TEST_CASE("columns say what is known of an image") {
    test::BrowserFixture fixture;
    ImageListModel model(&fixture.project());
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    CHECK(text(3, ImageListModel::Name) == QStringLiteral("part_000003.png"));
    CHECK(text(3, ImageListModel::Label) == QStringLiteral("Defect"));
    CHECK(text(3, ImageListModel::DefectType) == QStringLiteral("Bent"));
    CHECK(text(3, ImageListModel::Verdict) == QStringLiteral("Pass"));
    CHECK(text(23, ImageListModel::Verdict) == QStringLiteral("Fail"));
    CHECK(text(3, ImageListModel::Score) == QLocale().toString(1.375, 'f', 2));
    CHECK(text(3, ImageListModel::Split) == QStringLiteral("Training"));
    CHECK(model.index(3, ImageListModel::Score)
              .data(Qt::TextAlignmentRole)
              .value<Qt::Alignment>()
              .testFlag(Qt::AlignRight));
    CHECK(model.index(3, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Bent, Pass")));
    fixture.project().addScores(fixture.project().currentModel()->id,
                                {{fixture.id(3), std::numeric_limits<double>::quiet_NaN(), QStringLiteral("gone")}});
    CHECK(text(3, ImageListModel::Verdict) == QStringLiteral("Unreadable"));
    CHECK(text(3, ImageListModel::Score).isEmpty());
    CHECK(model.index(3, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("gone")));
}
