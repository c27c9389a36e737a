// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/dataset/image_set.h"

namespace engine {

// Recognises one of the folder layouts and lists it; items are unsorted. Throws as openImageSet.
ImageSet openFolder(const std::filesystem::path& folder);

// The one line that says what a folder should hold.
extern const char* const recognisedLayouts;

}  // namespace engine
