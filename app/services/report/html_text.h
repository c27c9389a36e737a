// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace services {

// Text for HTML, in elements and in quoted attributes. File names are hostile: besides the characters that mean
// something to HTML, control characters and those that turn the direction of writing are shown as \x1b and \u202e, and
// what is not UTF-8 becomes U+FFFD, one for each byte.
std::string escaped(std::string_view text);
// The same without what only HTML needs: one line of readable UTF-8.
std::string readable(std::string_view text);
// What is not UTF-8 becomes U+FFFD, one for each byte; all else stays.
std::string validUtf8(std::string_view text);

// Numbers are written alike under every locale, with a point.
std::string fixed(double value, int decimals);
// "1.6 %"; with more digits where one would turn a small share into none, or a large one into all.
std::string percent(double share);
// "10 000", with narrow spaces that do not break.
std::string grouped(std::int64_t count);

std::string base64(std::span<const std::byte> bytes);

}  // namespace services
