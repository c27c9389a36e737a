// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QStyle>
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ui/browser/browser_window.h"
#include "tests/ui/common/contrast.h"
#include "ui/browser/image_table.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"

using test::BrowserWindow;

namespace {

// Other tests are not to notice.
struct Themed {
    QString style = QApplication::style()->name();
    QPalette palette = QApplication::palette();
    QFont font = QApplication::font();
    ~Themed() {
        QApplication::setStyle(style);
        QApplication::setPalette(palette);
        QApplication::setFont(font);
    }
};

}  // namespace

TEST_CASE("what a selected cell says is read on the selection's colour, in light and in dark") {
    const Themed restored;
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        BrowserWindow window;
        auto* grid = window.grid();
        for (const int position : {1, 10, 20}) {  // pass, review, fail
            window.panel.setCurrent(window.fixture.id(position));
            window.key(Qt::Key_U);
            const QRect cell = grid->visualRect(window.panel.model()->index(position, 0));
            const QImage shown = grid->viewport()->grab(cell).toImage();
            const QColor ground = shown.pixelColor(shown.width() / 2, shown.height() - 4);
            // The darkest or lightest pixel of either half: strokes of small letters are blurred at their edges.
            const auto best = [&](int from, int to) {
                double most = 1;
                for (int y = shown.height() - 18; y < shown.height() - 6; ++y)
                    for (int x = from; x < to; ++x)
                        most = std::max(most, test::contrast(shown.pixelColor(x, y), ground));
                return most;
            };
            INFO((appearance == ui::Appearance::Dark ? "dark " : "light ") << position);
            CHECK(best(8, shown.width() / 2) >= 4.5);
            CHECK(best(shown.width() / 2, shown.width() - 8) >= 4.5);
            const ui::Colours& colours = ui::coloursOf(window.panel);
            const QColor verdict = ui::verdictColour(window.panel.model()->verdictAt(position), colours);
            CHECK(ground == colours.selection);
            int coloured = 0;
            for (int y = shown.height() - 18; y < shown.height() - 6; ++y)
                for (int x = shown.width() / 2; x < shown.width() - 8; ++x)
                    coloured += shown.pixelColor(x, y) == verdict ? 1 : 0;
            CHECK(coloured >= 20);  // the shape, filled
        }
    }
}

TEST_CASE("the cells of the grid end where the search field above them does") {
    const Themed restored;
    ui::applyTheme(*qApp, ui::Appearance::Light);
    BrowserWindow window;
    const auto* search = window.find<QLineEdit>("searchField");
    const auto* grid = window.grid();
    for (const int width : {296, 344, 250}) {
        window.panel.resize(width, 600);
        QApplication::processEvents();
        INFO("width " << width);
        const auto edges = [&](const QWidget* widget, const QRect& rect) {
            const int left = widget->mapTo(&window.panel, rect.topLeft()).x();
            return std::pair(left, left + rect.width());
        };
        const int last = grid->columns() - 1;
        const auto [left, ignored] = edges(grid->viewport(), grid->visualRect(window.panel.model()->index(0, 0)));
        const auto [also, right] = edges(grid->viewport(), grid->visualRect(window.panel.model()->index(last, 0)));
        const auto [from, to] = edges(search, search->rect());
        CHECK(left == from);
        CHECK(right <= to);
        CHECK(right >= to - last);  // what cannot be shared out evenly
    }
}

TEST_CASE("an image that cannot be read says so in one word, and what it was found to be before stands") {
    for (const bool scored : {false, true}) {
        BrowserWindow window({.scored = scored});
        auto* model = window.panel.model();
        const auto said = [&](int position) {
            return model->index(position, ui::ImageListModel::Verdict).data().toString();
        };
        const QString before = said(2);
        model->thumbnailFailed(window.fixture.id(2), QStringLiteral("is gone"));
        const QString unreadable = ui::verdictWord(engine::Verdict::Error);
        CHECK(said(2) == (scored ? before : unreadable));
        CHECK(model->index(2, 0).data(Qt::AccessibleTextRole).toString().contains(said(2)));
        CHECK(model->index(2, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("is gone")));
        CHECK(said(3) != unreadable);
        CHECK(window.find<ui::Chip>("errorChip")->text() == unreadable);
    }
}
