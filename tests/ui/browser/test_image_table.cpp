// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/browser/browser_window.h"
#include "ui/browser/image_list_model.h"
#include "ui/browser/image_table.h"
#include "ui/common/theme.h"

using test::BrowserWindow;

TEST_CASE("the table has its current row in sight when it comes and when the panel becomes lower") {
    BrowserWindow window({.count = 200});
    window.panel.setCurrent(window.fixture.id(150));
    window.panel.setTable(true);
    auto* table = window.find<ui::ImageTable>("imageTable");
    const auto isSeen = [&] {
        QApplication::processEvents();
        return table->viewport()->rect().intersects(table->visualRect(table->currentIndex()));
    };
    REQUIRE(QTest::qWaitFor(isSeen, 2000));
    for (const QSize& size : {QSize(296, 300), QSize(700, 240), QSize(296, 820)}) {
        window.panel.resize(size);
        INFO(size.width() << " x " << size.height());
        CHECK(QTest::qWaitFor(isSeen, 2000));
    }
    window.panel.setTable(false);
    window.panel.setCurrent(window.fixture.id(20));
    window.panel.resize(296, 200);
    window.panel.setTable(true);
    CHECK(QTest::qWaitFor(isSeen, 2000));
}

TEST_CASE("a table's columns show their headings and words whole, and the name has the rest") {
    for (const bool scored : {true, false}) {
        BrowserWindow window({.scored = scored});
        window.panel.setTable(true);
        auto* table = window.find<ui::ImageTable>("imageTable");
        const auto* header = table->horizontalHeader();
        using ui::ImageListModel;
        const auto showsWords = [&] {
            for (int column = 1; column < ImageListModel::ColumnCount; ++column) {
                if (!scored && column == ImageListModel::Score) continue;
                INFO("column " << column);
                CHECK(header->sectionSize(column) >= header->sectionSizeHint(column));
                for (int row = 0; row < window.count(); ++row) {
                    const QString text = window.panel.model()->index(row, column).data().toString();
                    const int shape = column == ImageListModel::Verdict ? 15 : 0;
                    REQUIRE(header->sectionSize(column) >=
                            table->fontMetrics().horizontalAdvance(text) + 2 * ui::metrics::gap + shape);
                }
            }
        };
        for (const int width : {296, 420, 900}) {
            window.panel.resize(width, 600);
            QApplication::processEvents();
            INFO("width " << width << (scored ? ", scored" : ""));
            showsWords();
            CHECK(header->sectionSize(ImageListModel::Name) >= 128);
            CHECK(header->isSectionHidden(ImageListModel::Score) == !scored);
        }
        CHECK(header->length() == table->viewport()->width());
        // By hand.
        table->setColumnWidth(ImageListModel::Name, 333);
        window.panel.resize(800, 600);
        QApplication::processEvents();
        CHECK(header->sectionSize(ImageListModel::Name) == 333);
    }
}

TEST_CASE("in the smallest window a table shows name, verdict and score, and verdicts by their shape alone") {
    BrowserWindow window;
    window.panel.setTable(true);
    auto* table = window.find<ui::ImageTable>("imageTable");
    using ui::ImageListModel;
    for (const int width : {250, 226}) {
        window.panel.resize(width, 600);
        QApplication::processEvents();
        INFO("width " << width);
        const QRect score = table->visualRect(window.panel.model()->index(0, ImageListModel::Score));
        CHECK(score.width() > 0);
        CHECK(score.right() < table->viewport()->width());
        CHECK(table->columnWidth(ImageListModel::Name) >= 88);
        const auto* header = table->horizontalHeader();
        const QString title = header->model()->headerData(ImageListModel::Verdict, Qt::Horizontal).toString();
        CHECK(table->columnWidth(ImageListModel::Verdict) >=
              header->fontMetrics().horizontalAdvance(title) + 2 * ui::metrics::gap);
    }
    // What the shape stands for is said, and is there again where it has room.
    const QModelIndex verdict = window.panel.model()->index(0, ImageListModel::Verdict);
    CHECK(verdict.data(Qt::ToolTipRole).toString().contains(verdict.data().toString()));
    window.panel.resize(420, 600);
    QApplication::processEvents();
    CHECK(table->columnWidth(ImageListModel::Verdict) >=
          table->fontMetrics().horizontalAdvance(ui::verdictWord(engine::Verdict::Review)) + 31);
}
