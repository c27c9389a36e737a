// SPDX-License-Identifier: Apache-2.0
#include "engine/features/pooled_features.h"

#include <opencv2/core/mat.hpp>

#include "engine/core/error.h"

namespace engine {

std::vector<float> pooledFeatures(const FeatureMap& map, const Preprocessor& preprocessor, const Region& region,
                                  int originalWidth, int originalHeight) {
    const bool whole = region.isEverything() && preprocessor.spec().fitMode != FitMode::Letterbox;
    cv::Mat share;
    if (!whole) share = preprocessor.coverage(region.atSize(originalWidth, originalHeight), map.width, map.height);
    const auto channels = static_cast<std::size_t>(map.channels);
    std::vector<double> sums(channels, 0.0);
    double total = 0;
    const float* cell = map.values.data();
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x, cell += channels) {
            const double weight = whole ? 1.0 : share.at<float>(y, x);
            if (weight == 0) continue;
            total += weight;
            for (std::size_t c = 0; c < channels; ++c) sums[c] += weight * cell[c];
        }
    if (!(total > 0))
        throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch of this image; draw it larger");
    std::vector<float> means(channels);
    for (std::size_t c = 0; c < channels; ++c) means[c] = static_cast<float>(sums[c] / total);
    return means;
}

}  // namespace engine
