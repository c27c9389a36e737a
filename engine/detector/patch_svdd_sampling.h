// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/random.h"
#include "engine/detector/patch_svdd_parameters.h"
#include "engine/detector/prepared_images.h"

namespace engine {

inline constexpr int smallPatchPx = 32;
inline constexpr int bigPatchPx = 64;
// The first layer of the encoder has this stride, so that patches of a crop whose corners lie on even pixels share all
// their work.
inline constexpr int cellPx = 2;

// Two patches of a crop, their upper left corners in cells of two pixels.
struct PatchPair {
    int firstX = 0, firstY = 0;
    int secondX = 0, secondY = 0;
    int position = 0;  // of the second as seen from the first, row by row: 0 is up and left, 7 is down and right
};

// The cells, in each direction, at which a patch fits into a crop of `sidePx`.
int cellsOf(int sidePx, int patchPx);

// The position task: the second patch lies three quarters to one patch away in one of the eight directions,
// independently across and down. A crop that is too small for that gives the largest distance that it has.
PatchPair positionPair(Random& random, int cropWidth, int cropHeight, int patchPx);
// The SVDD loss: the second patch lies one cell away.
PatchPair nearPair(Random& random, int cropWidth, int cropHeight, int patchPx);

// One sample of the learner "patch-svdd" (torch_patch_svdd.cpp) out of a training image. Pairs that touch what is not
// inspected are drawn anew, and left out after some attempts.
Sample patchSvddSample(const PreparedImages& images, std::size_t image, const InputSpec& input,
                       const PatchSvddParameters& parameters, Random& random);

}  // namespace engine
