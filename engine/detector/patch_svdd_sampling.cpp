// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_svdd_sampling.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <utility>

namespace engine {

namespace {

constexpr int attempts = 16;

int drawn(Random& random, int count) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(count)));
}

// Two places on a line of `cells` places, `step` apart.
std::pair<int, int> placesApart(Random& random, int cells, int step) {
    const int first = std::max(0, -step) + drawn(random, cells - std::abs(step));
    return {first, first + step};
}

// In cells, with its sign.
int positionStep(Random& random, int direction, int cells, int patchPx) {
    const int quarter = patchPx / cellPx / 4;
    return direction * std::min(3 * quarter + drawn(random, quarter), cells - 1);
}

// The crop with a shift of each colour and noise of each pixel: without them the network tells positions by what the
// lens does to colours and brightness instead of by what is seen (Yi and Yoon, 2020, section 3.3).
FloatTensor view(FloatTensor crop, const InputSpec& input, double noise, Random& random) {
    const std::size_t plane = crop.values.size() / 3;
    for (std::size_t c = 0; c < 3; ++c) {
        const double deviation = noise / static_cast<double>(input.deviation[c]);
        const double shift = deviation * random.normal();
        for (std::size_t i = c * plane; i < (c + 1) * plane; ++i)
            crop.values[i] += static_cast<float>(shift + deviation * random.normal());
    }
    return crop;
}

}  // namespace

int cellsOf(int sidePx, int patchPx) {
    return (sidePx - patchPx) / cellPx + 1;
}

PatchPair positionPair(Random& random, int cropWidth, int cropHeight, int patchPx) {
    static constexpr std::array<std::pair<int, int>, 8> directions{
        {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}};
    PatchPair pair;
    pair.position = drawn(random, 8);
    const auto [across, down] = directions[static_cast<std::size_t>(pair.position)];
    const int columns = cellsOf(cropWidth, patchPx);
    const int rows = cellsOf(cropHeight, patchPx);
    const int stepX = positionStep(random, across, columns, patchPx);
    const int stepY = positionStep(random, down, rows, patchPx);
    std::tie(pair.firstX, pair.secondX) = placesApart(random, columns, stepX);
    std::tie(pair.firstY, pair.secondY) = placesApart(random, rows, stepY);
    return pair;
}

PatchPair nearPair(Random& random, int cropWidth, int cropHeight, int patchPx) {
    const int columns = cellsOf(cropWidth, patchPx);
    const int rows = cellsOf(cropHeight, patchPx);
    // Eight neighbours; the fifth of the nine places is the patch itself.
    const int place = drawn(random, 8);
    const int step = place < 4 ? place : place + 1;
    PatchPair pair;
    const auto apart = [&](int cells, int wanted) {
        return placesApart(random, cells, std::clamp(wanted, 1 - cells, cells - 1));
    };
    std::tie(pair.firstX, pair.secondX) = apart(columns, step % 3 - 1);
    std::tie(pair.firstY, pair.secondY) = apart(rows, step / 3 - 1);
    return pair;
}

Sample patchSvddSample(const PreparedImages& images, std::size_t image, const InputSpec& input,
                       const PatchSvddParameters& parameters, Random& random) {
    const InspectedArea& area = images.area(image);
    const int width = std::min(static_cast<int>(parameters.crop), input.width);
    const int height = std::min(static_cast<int>(parameters.crop), input.height);
    int left = 0, top = 0;
    double best = -1;
    for (int i = 0; i < (area.isEverything() ? 1 : attempts); ++i) {
        const int x = drawn(random, input.width - width + 1);
        const int y = drawn(random, input.height - height + 1);
        const double share = area.share(x, y, width, height);
        if (share <= best) continue;
        best = share;
        left = x;
        top = y;
    }
    const auto inspected = [&](int cellX, int cellY, int patchPx) {
        return area.covers(left + cellPx * cellX, top + cellPx * cellY, patchPx);
    };
    const auto pairs = [&](auto draw, int patchPx) {
        const int columns = cellsOf(width, smallPatchPx);  // of the encoder's output, whatever the patch
        FloatTensor tensor{{0, 3}, {}};
        for (std::int64_t i = 0; i < parameters.pairs; ++i) {
            PatchPair pair;
            bool found = false;
            for (int attempt = 0; attempt < attempts && !found; ++attempt) {
                pair = draw(random, width, height, patchPx);
                found = inspected(pair.firstX, pair.firstY, patchPx) && inspected(pair.secondX, pair.secondY, patchPx);
            }
            if (!found) continue;
            for (const int value :
                 {pair.firstY * columns + pair.firstX, pair.secondY * columns + pair.secondX, pair.position})
                tensor.values.push_back(static_cast<float>(value));
            ++tensor.shape[0];
        }
        return tensor;
    };
    const FloatTensor crop = images.crop(image, left, top, width, height);
    Sample sample;
    sample.push_back(view(crop, input, parameters.noise, random));
    sample.push_back(view(crop, input, parameters.noise, random));
    for (const int patchPx : {smallPatchPx, bigPatchPx}) {
        sample.push_back(pairs(positionPair, patchPx));
        sample.push_back(pairs(nearPair, patchPx));
    }
    return sample;
}

}  // namespace engine
