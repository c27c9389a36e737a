// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_data.h"

#include <stdlib.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace test {

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anomaloscope-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("no file " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::filesystem::path> realData(std::string_view relativePath) {
    const char* root = std::getenv("ANOMALOSCOPE_TEST_DATA");
    if (root == nullptr || *root == '\0') {
        skip("ANOMALOSCOPE_TEST_DATA names no folder");
        return std::nullopt;
    }
    auto path = std::filesystem::path(root) / relativePath;
    if (!std::filesystem::exists(path)) {
        skip(path.string() + " is not there");
        return std::nullopt;
    }
    return path;
}

void skip(std::string_view why) {
    std::cout << "skipped: " << why << std::endl;
}

}  // namespace test
