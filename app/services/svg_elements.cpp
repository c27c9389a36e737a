// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/svg_elements.h"

#include "app/services/html_text.h"

namespace services::svg {

std::string px(double value) {
    return fixed(value, 1);
}

std::string text(double x, double y, std::string_view anchor, std::string_view cssClass, std::string_view content) {
    return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + std::string(anchor) + "\" class=\"" +
           std::string(cssClass) + "\">" + escaped(content) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view cssClass) {
    return "<line x1=\"" + px(x1) + "\" y1=\"" + px(y1) + "\" x2=\"" + px(x2) + "\" y2=\"" + px(y2) + "\" class=\"" +
           std::string(cssClass) + "\"/>\n";
}

std::string rectangle(double x, double y, double width, double height, std::string_view cssClass) {
    return "<rect x=\"" + px(x) + "\" y=\"" + px(y) + "\" width=\"" + px(width) + "\" height=\"" + px(height) +
           "\" class=\"" + std::string(cssClass) + "\"/>\n";
}

}  // namespace services::svg
