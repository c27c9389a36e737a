// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <catch2/catch.hpp>

#include "tests/ui/common/contrast.h"
#include "ui/common/theme.h"

using test::contrast;

namespace {

// A translucent colour as it looks over another.
QColor over(const QColor& front, const QColor& back) {
    const auto mix = [&](double f, double b) { return f * front.alphaF() + b * (1 - front.alphaF()); };
    return QColor::fromRgbF(static_cast<float>(mix(front.redF(), back.redF())),
                            static_cast<float>(mix(front.greenF(), back.greenF())),
                            static_cast<float>(mix(front.blueF(), back.blueF())));
}

struct Pair {
    const char* what;
    QColor front;
    QColor back;
};

std::vector<Pair> pairsOf(const ui::Colours& c) {
    return {{"text on a panel", c.text, c.panel},
            {"text in a field", c.text, c.field},
            {"headings on a panel", c.secondary, c.panel},
            {"placeholder in a field", c.secondary, c.field},
            {"a link on a panel", c.accent, c.panel},
            {"a link in a field", c.accent, c.field},
            {"a selected item, the page that we are on", c.onAccent, c.accent},
            {"a page under the mouse", c.text, c.hairline},
            {"pass on a panel", c.pass, c.panel},
            {"pass in a cell", c.pass, c.field},
            {"review on a panel", c.review, c.panel},
            {"review in a cell", c.review, c.field},
            {"fail on a panel", c.fail, c.panel},
            {"fail in a cell", c.fail, c.field},
            {"text in a selected row", c.text, c.selection},
            {"an unlabelled image that is selected", c.secondary, c.selection},
            {"pass in a selected row", c.pass, c.selection},
            {"review in a selected row", c.review, c.selection},
            {"fail in a selected row", c.fail, c.selection},
            {"a badge: pass", c.onVerdict, c.pass},
            {"a badge: review", c.onVerdict, c.review},
            {"a badge: fail", c.onVerdict, c.fail},
            {"the read-out over a white picture", c.onTooltip, over(c.tooltip, Qt::white)},
            {"the read-out over a black picture", c.onTooltip, over(c.tooltip, Qt::black)}};
}

}  // namespace

TEST_CASE("contrast is what the formula says") {
    CHECK(contrast(Qt::black, Qt::white) == Approx(21));
    CHECK(contrast(QColor(0x77, 0x77, 0x77), Qt::white) == Approx(4.48).margin(0.01));
    CHECK(over(QColor(0, 0, 0, 0), Qt::white) == QColor(Qt::white));
}

TEST_CASE("text and badges have a contrast of 4.5 or more, in light and in dark") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const ui::Colours& colours = ui::coloursOf(QApplication::palette());
        REQUIRE(colours.dark == (appearance == ui::Appearance::Dark));
        for (const Pair& pair : pairsOf(colours)) {
            INFO((colours.dark ? "dark: " : "light: ") << pair.what);
            CHECK(contrast(pair.front, pair.back) >= 4.5);
        }
    }
}

TEST_CASE("the palette that widgets paint with is that of the theme") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const QPalette palette = QApplication::palette();
        for (const auto& [front, back] :
             {std::pair(QPalette::WindowText, QPalette::Window), std::pair(QPalette::Text, QPalette::Base),
              std::pair(QPalette::ButtonText, QPalette::Button),
              std::pair(QPalette::HighlightedText, QPalette::Highlight),
              std::pair(QPalette::ToolTipText, QPalette::ToolTipBase),
              std::pair(QPalette::PlaceholderText, QPalette::Base), std::pair(QPalette::Link, QPalette::Window)}) {
            INFO(static_cast<int>(front) << " on " << static_cast<int>(back));
            CHECK(contrast(palette.color(front), palette.color(back)) >= 4.5);
        }
    }
}
