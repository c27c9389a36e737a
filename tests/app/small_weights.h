// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace test {

// ResNet18 up to stage 4 with random weights, in a safetensors file: what a test needs that cannot have real ones.
void writeSmallWeights(const std::filesystem::path& file);

}  // namespace test
