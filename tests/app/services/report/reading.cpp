// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/report/reading.h"

#include <array>
#include <cstdio>

namespace test {

std::string outputOf(const std::string& command) {
    std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return {};
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), got);
    return ::pclose(pipe) == 0 ? text : std::string();
}

bool hasProgram(const std::string& name) {
    return !outputOf("command -v " + name).empty();
}

std::string pythonWithOpenpyxl() {
    for (const std::string python : {"python3", "/usr/bin/python3"}) {  // Debian's packages are the latter's
        if (!outputOf(python + " -c 'import openpyxl; print(1)'").empty()) return python;
    }
    return {};
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t countOf(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace test
