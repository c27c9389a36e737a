// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/colour_map.h"

#include <algorithm>

namespace services {

ColourTable colourTable(ColourMap map) {
    const auto colours = coloursOf(map);
    ColourTable table;
    std::transform(colours.begin(), colours.end(), table.begin(),
                   [](const auto& bgr) { return qRgb(bgr[2], bgr[1], bgr[0]); });
    return table;
}

}  // namespace services
