// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/mask_folder.h"

#include <algorithm>

#include "engine/core/error.h"

namespace engine {

namespace {

constexpr std::size_t mostNamed = 10;

std::string stemOf(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos ? name : name.substr(0, dot);
}

}  // namespace

MaskFolder::MaskFolder(const std::filesystem::path& folder, std::vector<std::string>& warnings)
    : m_masks(findImages(folder, warnings)), m_used(m_masks.size()) {
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        m_byName.emplace(m_masks[i].name, i);
        m_byStem.emplace(stemOf(m_masks[i].name), i);
    }
}

std::filesystem::path MaskFolder::maskOf(const std::string& imageName) {
    const std::string stem = stemOf(imageName);
    auto found = m_byName.find(stem + "_mask.png");
    if (found == m_byName.end()) found = m_byName.find(stem + ".png");
    if (found == m_byName.end()) found = m_byName.find(imageName);
    if (found == m_byName.end()) found = m_byStem.find(stem + "_mask");
    if (found == m_byStem.end()) found = m_byStem.find(stem);
    if (found == m_byStem.end()) return {};
    m_used[found->second] = true;
    return m_masks[found->second].path;
}

void MaskFolder::warnOfUnused(std::vector<std::string>& warnings) const {
    std::size_t unused = 0;
    for (std::size_t i = 0; i < m_masks.size(); ++i)
        if (!m_used[i] && unused++ < mostNamed)
            warnings.push_back(displayPath(m_masks[i].path) + ": a mask without an image; not used");
    if (unused > mostNamed)
        warnings.push_back(displayPath(m_masks.front().path.parent_path()) + ": " + std::to_string(unused - mostNamed) +
                           " more masks without an image");
}

}  // namespace engine
