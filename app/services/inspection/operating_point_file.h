// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "engine/detector/model.h"

namespace services {

bool samePoint(const engine::OperatingPoint& a, const engine::OperatingPoint& b);

// The point of the project into its model's file, unless the file has it. Returns what the file says of itself then.
// Throws what the engine throws.
engine::ModelInfo bringIntoFile(const engine::OperatingPoint& point, const std::filesystem::path& file);

}  // namespace services
