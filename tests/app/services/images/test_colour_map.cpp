// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/images/colour_map.h"

using namespace services;

TEST_CASE("the tables are the published ones at both ends, and opaque") {
    // matplotlib's inferno, viridis and cividis; Google's turbo.
    CHECK(colourTable(ColourMap::Inferno).front() == qRgb(0, 0, 4));
    CHECK(colourTable(ColourMap::Inferno).back() == qRgb(252, 255, 164));
    CHECK(colourTable(ColourMap::Viridis).front() == qRgb(68, 1, 84));
    CHECK(colourTable(ColourMap::Viridis).back() == qRgb(253, 231, 37));
    CHECK(qBlue(colourTable(ColourMap::Cividis).front()) > 70);
    CHECK(qRed(colourTable(ColourMap::Cividis).back()) > 240);
    CHECK(qRed(colourTable(ColourMap::Turbo).back()) > 100);
    CHECK(qBlue(colourTable(ColourMap::Turbo).back()) < 10);
    for (const QRgb colour : colourTable(ColourMap::Inferno)) CHECK(qAlpha(colour) == 255);
}

TEST_CASE("the maps that are perceptually even grow lighter from step to step") {
    const auto luminance = [](QRgb c) { return 0.2126 * qRed(c) + 0.7152 * qGreen(c) + 0.0722 * qBlue(c); };
    for (const ColourMap map : {ColourMap::Inferno, ColourMap::Cividis, ColourMap::Viridis}) {
        const ColourTable table = colourTable(map);
        for (std::size_t i = 8; i < table.size(); ++i) CHECK(luminance(table[i]) > luminance(table[i - 8]));
    }
}
