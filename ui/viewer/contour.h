// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <vector>

#include "app/services/images/stored_map.h"

namespace ui {

// Where the map, sampled bilinearly, is `cut`: polylines in continuous pixel coordinates of the picture, every point on
// the level set, the larger values to the right of the way (y points down). A closed one ends with its first point. One
// that meets the edge of the picture ends there or beyond: what lies at the edge goes on outside, so that no line is
// drawn along it. Marching squares; saddles are joined as the bilinear surface joins them.
std::vector<QPolygonF> traceContour(const services::StoredMap& map, double cut);

}  // namespace ui
