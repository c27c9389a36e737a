// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/backbone/tensor_file.h"

namespace test {

// A ResNet18 up to layer3 with weights made by a formula: no pretrained file is needed, random features tell textures
// apart well enough for tests of everything around the network.
engine::TensorFile formulaResnet18();

}  // namespace test
