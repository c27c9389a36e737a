// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/dataset/image_set.h"

namespace test {

// Listing reads no image, so the files need no content.
inline void makeFiles(const std::filesystem::path& root, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        std::filesystem::create_directories((root / name).parent_path());
        std::ofstream(root / name) << "x";
    }
}

inline std::vector<std::string> namesOf(const std::vector<const engine::ImageItem*>& items) {
    std::vector<std::string> names;
    for (const auto* item : items) names.push_back(item->name);
    return names;
}

}  // namespace test
