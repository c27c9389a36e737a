// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace engine {

// A function of the LibTorch module beside the program (see network.h), which is loaded at the first call.
// Throws Error{NotFound | Unsupported}.
void* torchModuleSymbol(const char* name);

}  // namespace engine
