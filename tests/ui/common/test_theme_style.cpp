// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QIcon>
#include <QImage>
#include <QMenu>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyleOptionComboBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "tests/ui/common/contrast.h"
#include "ui/common/table_style.h"
#include "ui/common/theme.h"
#include "ui/common/verdict_delegate.h"

namespace {

// The first and the last column of pixels that are not the ground's colour, between two rows of pixels.
std::pair<int, int> inkOf(const QImage& image, int top, int bottom) {
    const QRgb ground = image.pixel(1, top);
    int first = image.width();
    int last = -1;
    for (int y = top; y < bottom; ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != ground) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
    return {first, last};
}

QImage grabOf(QWidget& widget) {
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

// Without its arrow, which is the same for every text.
QImage labelOf(QComboBox& box) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = false;
    const QRect room = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    return grabOf(box).copy(room);
}

}  // namespace

TEST_CASE(
    "Tables: rows of 28 pixels with a hairline below, words and numbers 8 pixels from the edges of their column, "
    "the first ones 12") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QStandardItemModel model(2, 2);
        model.setHorizontalHeaderLabels({QStringLiteral("HI"), QStringLiteral("IH")});
        model.setItem(0, 0, new QStandardItem(QStringLiteral("HI")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("IH")));
        model.item(0, 1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model.horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        model.horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        QTableView table;
        ui::styleTable(&table);
        table.setModel(&model);
        table.resize(400, 200);
        REQUIRE(table.rowHeight(0) == ui::metrics::rowHeight);

        for (QWidget* part : {table.viewport(), table.horizontalHeader()->viewport()}) {
            const QImage whole = grabOf(*part);
            const QImage left = whole.copy(0, 0, table.columnWidth(0), ui::metrics::rowHeight);
            const QImage right = whole.copy(table.columnWidth(0), 0, table.columnWidth(1), ui::metrics::rowHeight);
            const QColor hairline = ui::coloursOf(table).hairline;
            CHECK(left.pixelColor(3, ui::metrics::rowHeight - 1) == hairline);
            CHECK(right.pixelColor(right.width() - 3, ui::metrics::rowHeight - 1) == hairline);
            // The glyphs have a pixel or two of their own.
            const int first = inkOf(left, 4, 24).first;
            CHECK(first >= ui::metrics::margin);
            CHECK(first <= ui::metrics::margin + 3);
            const int last = inkOf(right, 4, 24).second;
            CHECK(last < right.width() - ui::metrics::gap + 1);
            CHECK(last >= right.width() - ui::metrics::gap - 3);
        }
    }
}

TEST_CASE("A combo box that is too narrow for its text ends in dots") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QComboBox box;
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const QString text = QStringLiteral("Fails, reviews, worst passes");
    box.addItem(text);
    box.resize(120, 28);
    const QImage shown = labelOf(box);
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room = labelOf(box).width() - 2;
    const QString elided = box.fontMetrics().elidedText(text, Qt::ElideRight, room);
    REQUIRE(elided.endsWith(QChar(0x2026)));
    box.setItemText(0, elided);
    CHECK(labelOf(box) == shown);
    box.setItemText(0, elided.chopped(1) + QStringLiteral("w"));
    CHECK_FALSE(labelOf(box) == shown);
}

TEST_CASE("A tool button that is too narrow for its text keeps both its ends") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    const auto shown = [](const QString& text) {
        QToolButton button;
        button.setToolButtonStyle(Qt::ToolButtonTextOnly);
        button.setText(text);
        button.resize(60, 24);
        return grabOf(button);
    };
    const QString text = QStringLiteral("Defect type of it all \u2191");
    const QString elided = QToolButton().fontMetrics().elidedText(text, Qt::ElideMiddle, 56);
    REQUIRE(elided != text);
    CHECK(shown(text) == shown(elided));
    CHECK(shown(text) != shown(QStringLiteral("w") + elided.mid(1)));
}

TEST_CASE("Check boxes: the edge of an empty one and the mark of a ticked one stand out in light and dark") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const auto contrastOf = [](QCheckBox& box) {
            const QImage image = grabOf(box);
            double most = 1;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    most = std::max(most,
                                    test::contrast(QColor(image.pixel(x, y)), box.palette().color(QPalette::Window)));
            return most;
        };
        QCheckBox box;
        box.resize(40, 24);
        CHECK(contrastOf(box) >= 3);
        const QImage empty = grabOf(box);
        box.setChecked(true);
        CHECK(contrastOf(box) >= 3);
        const QImage ticked = grabOf(box);
        CHECK(ticked != empty);
        box.setTristate(true);
        box.setCheckState(Qt::PartiallyChecked);
        CHECK(grabOf(box) != empty);
        CHECK(grabOf(box) != ticked);
    }
}

TEST_CASE("A verdict beside a number in a table costs it none of its digits") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QTableView table;
    ui::styleTable(&table);
    QStandardItemModel model(40, 1);
    for (int row = 0; row < model.rowCount(); ++row) {
        auto* item = new QStandardItem(QString::number(111.0 + 23.7 * row, 'f', row % 3));
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        item->setData(static_cast<int>(engine::Verdict::Fail), ui::VerdictRole);
        model.setItem(row, 0, item);
    }
    table.setModel(&model);
    table.setColumnWidth(0, 90);
    table.resize(120, 40 * 28 + 60);
    ui::VerdictDelegate delegate;
    table.setItemDelegate(&delegate);
    const QFontMetrics measures(table.font());
    for (int row = 0; row < model.rowCount(); ++row) {
        const QRect cell = table.visualRect(model.index(row, 0)).translated(table.viewport()->pos());
        const QImage image = grabOf(table).copy(cell.adjusted(2, 2, -2, -2));
        const QString text = model.item(row)->text();
        INFO(text.toStdString());
        const auto [first, last] = inkOf(image, 0, image.height());
        // Mark, gap and the whole number, flush right.
        CHECK(last >= image.width() - ui::metrics::gap - 2);
        CHECK(std::abs((last - first) - (9 + 6 + measures.horizontalAdvance(text))) <= 4);
    }
}

TEST_CASE("A selected row keeps the colour of its verdict, and is parted from the next one") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QTableView table;
        ui::styleTable(&table);
        QStandardItemModel model(3, 2);
        for (int row = 0; row < model.rowCount(); ++row) {
            model.setItem(row, 0, new QStandardItem(QStringLiteral("HI")));
            auto* item = new QStandardItem(QStringLiteral("HI"));
            item->setData(static_cast<int>(engine::Verdict::Fail), ui::VerdictRole);
            model.setItem(row, 1, item);
        }
        table.setModel(&model);
        ui::VerdictDelegate delegate;
        table.setItemDelegateForColumn(1, &delegate);
        table.resize(300, 200);
        table.selectRow(0);
        table.selectionModel()->select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        const ui::Colours& colours = ui::coloursOf(table);
        const QImage image = grabOf(*table.viewport());
        for (const int row : {0, 1}) {
            const QRect cell = table.visualRect(model.index(row, 1));
            CHECK(image.pixelColor(cell.right() - 4, cell.top() + 4) == colours.selection);
            CHECK(image.pixelColor(cell.left() + ui::metrics::gap + 4, cell.center().y()) == colours.fail);
            CHECK(image.pixelColor(cell.right() - 4, cell.bottom()) == colours.hairline);
            // Told by more than the shade of its ground.
            CHECK(image.pixelColor(1, cell.center().y()) == colours.accent);
        }
        CHECK(image.pixelColor(1, table.visualRect(model.index(2, 0)).center().y()) == colours.field);
    }
}

TEST_CASE("Menus: a separator is seen, with as much room above it as below, in light and dark") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QMenu menu;
        menu.addAction(QStringLiteral("One"));
        QAction* separator = menu.addSeparator();
        menu.addAction(QStringLiteral("Two"));
        menu.resize(menu.sizeHint());
        const QRect room = menu.actionGeometry(separator);
        const QImage image = grabOf(menu);
        REQUIRE(room.height() >= 9);
        const int x = room.center().x();
        const QColor ground = image.pixelColor(x, room.top());
        CHECK(test::contrast(image.pixelColor(x, room.center().y()), ground) >= 1.5);
        CHECK(room.center().y() - room.top() == room.bottom() - room.center().y());
        CHECK(image.pixelColor(x, room.bottom()) == ground);
    }
}

TEST_CASE("The letter that goes with Alt is underlined while Alt is held") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QPushButton button(QStringLiteral("&Create"));
    button.show();
    button.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&button));
    const QImage usual = grabOf(button);
    QTest::keyPress(&button, Qt::Key_Alt, Qt::AltModifier);
    CHECK(grabOf(button) != usual);
    QTest::keyRelease(&button, Qt::Key_Alt);
    CHECK(grabOf(button) == usual);
    // Whoever goes to another window with Alt+Tab lets go of it there.
    QTest::keyPress(&button, Qt::Key_Alt, Qt::AltModifier);
    QEvent left(QEvent::WindowDeactivate);
    QApplication::sendEvent(&button, &left);
    CHECK(button.style()->styleHint(QStyle::SH_UnderlineShortcut, nullptr, &button) == 0);
}

TEST_CASE("What empties a field is drawn anew at every scale, in the secondary colour of the theme") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    const QIcon icon = QApplication::style()->standardIcon(QStyle::SP_LineEditClearButton);
    for (const auto appearance : {ui::Appearance::Dark, ui::Appearance::Light}) {
        ui::applyTheme(*qApp, appearance);
        const QImage large = icon.pixmap(QSize(16, 16), 4.0).toImage();
        REQUIRE(large.size() == QSize(64, 64));
        CHECK(large.pixelColor(32, 32) == ui::coloursOf(QApplication::palette()).secondary);
        CHECK(large.pixelColor(32, 20).alpha() == 0);
        CHECK(large.pixelColor(2, 2).alpha() == 0);
    }
}
