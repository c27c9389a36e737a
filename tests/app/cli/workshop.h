// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/process.h"
#include "tests/support/test_data.h"

namespace test {

// A folder with a small image set and small weights, and the program to use them: what a command-line test needs.
// Nothing outside it is looked at, so that weights of the machine do not matter.
class Workshop {
public:
    Workshop();

    std::filesystem::path operator/(const std::string& name) const { return m_folder / name; }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }

    // Runs anomaloscope-cli in the folder.
    ProcessResult run(std::vector<std::string> arguments, ProcessOptions options = {}) const;
    Process start(std::vector<std::string> arguments, ProcessOptions options = {}) const;
    // Exit status and standard error are checked.
    nlohmann::json runJson(std::vector<std::string> arguments) const;

    // set/: train/good 8, test/good 4, test/spot 4 with masks; 96 x 80 px.
    void drawImageSet(const std::string& name = "set") const;
    // A model of `set` in a second: ResNet18 with random weights, small input. Returns its path.
    std::string fitModel(const std::string& name = "m.anomaly", std::vector<std::string> more = {}) const;
    std::vector<std::string> fitArguments(const std::string& name, std::vector<std::string> more = {}) const;

private:
    std::vector<std::string> command(std::vector<std::string> arguments, ProcessOptions& options) const;

    TemporaryFolder m_folder;
};

// A part with a fine texture; the same from the same number. With a spot it is a defect, which `mask` marks.
void writePart(const std::filesystem::path& file, int number, bool spot = false, const std::filesystem::path& mask = {},
               int width = 96, int height = 80);

void writeFile(const std::filesystem::path& file, const std::string& bytes);
std::size_t lineCount(const std::string& text);
// All files below a folder, relative, sorted.
std::vector<std::string> filesBelow(const std::filesystem::path& folder);

}  // namespace test
