// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace cli {

std::string exactNumber(double value) {
    if (!std::isfinite(value)) return {};
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string shortNumber(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g", value);
    return text.data();
}

std::string percent(double share) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", 100 * share);
    return text.data();
}

std::string grouped(std::int64_t count) {
    std::string digits = std::to_string(count);
    for (int place = static_cast<int>(digits.size()) - 3; place > (count < 0 ? 1 : 0); place -= 3)
        digits.insert(static_cast<std::size_t>(place), " ");
    return digits;
}

std::string byteSize(std::int64_t bytes) {
    constexpr std::array<const char*, 5> units{"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), value < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text.data();
}

std::string rateText(const engine::Rate& rate) {
    return percent(rate.value) + " (" + std::to_string(rate.count) + " of " + std::to_string(rate.total) +
           "; 95 %: " + percent(rate.interval.low) + " to " + percent(rate.interval.high) + ")";
}

std::string csvField(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string padded(std::string text, std::size_t width) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    const auto characters = text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
    if (characters < width) text.append(width - characters, ' ');
    return text;
}

}  // namespace cli
