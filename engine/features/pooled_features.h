// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"

namespace engine {

// The mean of an activation over the image, one value a channel: global average pooling, each cell weighed by the share
// of it that lies in the image and in the region of interest. Summed in double, cell after cell.
// Throws Error{InvalidArgument} if the region lies outside what the input shows.
std::vector<float> pooledFeatures(const FeatureMap& map, const Preprocessor& preprocessor, const Region& region,
                                  int originalWidth, int originalHeight);

}  // namespace engine
