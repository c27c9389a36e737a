// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <array>

#include "app/services/overlay.h"

namespace services {

// The colours of a map from its low to its high end, opaque. The overlay on a picture and in a report is made of the
// same ones.
using ColourTable = std::array<QRgb, 256>;
ColourTable colourTable(ColourMap map);

}  // namespace services
