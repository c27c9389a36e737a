// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace services::svg {

// A coordinate: a tenth of a pixel is finer than anything that is seen.
std::string px(double value);

std::string text(double x, double y, std::string_view anchor, std::string_view cssClass, std::string_view content);
std::string line(double x1, double y1, double x2, double y2, std::string_view cssClass);
std::string rectangle(double x, double y, double width, double height, std::string_view cssClass);

}  // namespace services::svg
