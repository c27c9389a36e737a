// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/services/report/chart.h"

namespace services {

// Inline SVG, whose colours come from the classes of report_style.h. Nothing for an empty chart.
std::string svgOf(const Chart& chart);

}  // namespace services
