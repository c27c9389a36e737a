// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_names.h"

#include <utility>

namespace cli {

OutputNames::OutputNames(std::filesystem::path folder, std::string ending)
    : m_folder(std::move(folder)), m_ending(std::move(ending)) {}

std::filesystem::path OutputNames::nameFor(const std::filesystem::path& image, const std::filesystem::path& root) {
    auto place = image.lexically_relative(root);
    if (place.empty() || *place.begin() == "..") place = image.filename();
    const auto stem = place.parent_path() / place.stem();
    auto name = stem;
    for (int copy = 2; !m_taken.insert(name).second; ++copy) name = stem.string() + "-" + std::to_string(copy);
    return m_folder / (name.string() + m_ending);
}

}  // namespace cli
