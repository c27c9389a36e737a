// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/browser/browser_fixture.h"
#include "ui/browser/browser_panel.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_list_model.h"

namespace test {

// The panel of a project's images in a window of its own, which has the focus.
class BrowserWindow {
public:
    explicit BrowserWindow(const BrowserFixture::Options& options = {})
        : fixture(options), panel(&fixture.project(), &fixture.thumbnails()) {
        panel.resize(296, 820);
        panel.show();
        REQUIRE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&panel));
        panel.focusImages();
    }

    template <typename Widget>
    Widget* find(const char* name) {
        auto* widget = panel.findChild<Widget*>(QLatin1String(name));
        REQUIRE(widget != nullptr);
        return widget;
    }
    ui::GridView* grid() { return find<ui::GridView>("imageGrid"); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void click(int position, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, modifiers,
                          grid()->visualRect(panel.model()->index(position, 0)).center());
    }
    engine::Label label(int row) const { return fixture.image(row).label; }
    int count() const { return panel.model()->rowCount(); }

    BrowserFixture fixture;
    ui::BrowserPanel panel;
};

}  // namespace test
