// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace cli {

// The images of a set for testing, or for training if it has no other; at most `limit`, evenly spread (0: all). Throws
// engine::Error{NotEnoughData} if there is none.
std::vector<std::filesystem::path> benchImages(const std::filesystem::path& dataset, std::int64_t limit);

}  // namespace cli
