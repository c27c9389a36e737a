// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace test {

// What is wrong with a page, empty if nothing: tags that do not balance, attributes without quotes or given twice, a
// bare ampersand, control characters, text that is not UTF-8, a reference to anything outside the page.
std::string faultOf(std::string_view page);

// The page's text without tags, style and script, entities resolved.
std::string textOf(std::string_view page);

}  // namespace test
