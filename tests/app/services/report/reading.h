// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace test {

// What a command prints on its standard output; nothing if it fails.
std::string outputOf(const std::string& command);
bool hasProgram(const std::string& name);  // of poppler, say
std::string pythonWithOpenpyxl();          // nothing if there is none

bool has(const std::string& text, const std::string& part);
std::size_t countOf(const std::string& text, const std::string& part);

}  // namespace test
