// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace cli {

// Names for what is written an image: the image's place below its root, another ending. Two images never share a name:
// the second "a/foo" becomes "a/foo-2". The same names from the same images in the same order.
class OutputNames {
public:
    // folder/<image relative to root, without its ending><ending>. An image outside its root gives its file name alone.
    OutputNames(std::filesystem::path folder, std::string ending);

    std::filesystem::path nameFor(const std::filesystem::path& image, const std::filesystem::path& root);

private:
    std::filesystem::path m_folder;
    std::string m_ending;
    std::set<std::filesystem::path> m_taken;
};

}  // namespace cli
