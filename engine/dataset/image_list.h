// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "engine/dataset/image_set.h"

namespace engine {

// Reads the text of a CSV list whose file is `path`; items are unsorted. Throws Error{Corrupt}.
ImageSet parseImageList(std::string_view text, const std::filesystem::path& path);

// Reads the file. Throws as openImageSet.
ImageSet openList(const std::filesystem::path& path);

}  // namespace engine
