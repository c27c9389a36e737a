// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/detector/model.h"

namespace engine {

// The metadata of a model file. Keys are sorted and numbers are the shortest that read back the same: same content,
// same bytes.
std::string toJson(const ModelInfo& info);
// Every value is checked before it is used. Throws Error: Corrupt, Unsupported (a newer format version).
ModelInfo modelInfoFromJson(const std::string& text);

}  // namespace engine
