// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace test {

// A folder of its own for one test, removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

// Real data, in the folder that the environment variable ANOMALOSCOPE_TEST_DATA names. Without the variable or the file
// it prints "skipped: why", by which ctest knows, and gives nothing: the test returns.
std::optional<std::filesystem::path> realData(std::string_view relativePath);

// Every byte of a file. Throws std::runtime_error where there is none.
std::string contentOf(const std::filesystem::path& path);

// Prints "skipped: why"; for tests that need something else that is not there (another user, a GPU).
void skip(std::string_view why);

}  // namespace test
