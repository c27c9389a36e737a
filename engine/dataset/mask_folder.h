// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dataset/folder_walk.h"

namespace engine {

// The masks of one defect type, found by the name of their image: <stem>_mask.png, or <stem>.png, or the same name (any
// ending that the decoder reads will do).
class MaskFolder {
public:
    MaskFolder(const std::filesystem::path& folder, std::vector<std::string>& warnings);

    // imageName is relative to the folder of the type. Empty if there is none.
    std::filesystem::path maskOf(const std::string& imageName);
    // A line for each mask that no image asked for; many of them are summed up in one.
    void warnOfUnused(std::vector<std::string>& warnings) const;

private:
    std::vector<FoundImage> m_masks;
    std::vector<bool> m_used;
    std::unordered_map<std::string, std::size_t> m_byName;
    std::unordered_map<std::string, std::size_t> m_byStem;
};

}  // namespace engine
