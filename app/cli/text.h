// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/metrics/interval.h"

namespace cli {

// The shortest decimal that reads back as the same number, whatever the locale; empty if it is not finite.
std::string exactNumber(double value);
// For people: four significant digits.
std::string shortNumber(double value);
// "12.3 %" of a share from 0 to 1.
std::string percent(double share);
// "163 856"
std::string grouped(std::int64_t count);
// "1.2 GB", "23 MB", "512 B"
std::string byteSize(std::int64_t bytes);
// "2.5 % (1 of 40; 95 %: 0.1 % to 13.2 %)"
std::string rateText(const engine::Rate& rate);
// A field of a CSV line by RFC 4180: quoted if it holds a comma, a quote or a line break.
std::string csvField(std::string_view text);
// Left-aligned in so many columns of a terminal, as far as every character takes one.
std::string padded(std::string text, std::size_t width);

}  // namespace cli
