// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <opencv2/core/mat.hpp>

#include "engine/core/run_context.h"

namespace engine {

struct PixelScores {
    std::optional<double> auroc;
    std::optional<double> aupr;
    std::optional<double> f1max;
    std::optional<double> f1threshold;
    // Area under the per-region overlap up to 30 % false positive rate, divided by 0.3 (Bergmann et al., 2020).
    // One region is one connected component (8-connectivity) of a mask; every region weighs alike.
    std::optional<double> aupro30;
    std::int64_t masks = 0;  // images with a marked pixel
    std::int64_t regions = 0;
};

// Gathers maps and masks of a test set; every pixel's score is held once. Exact up to `most`: ties are handled, nothing
// is binned. With more good pixels or more of defects, scores within 1 part in 8192 of each other count as equal, and
// the memory (96 MiB) does not grow with the set.
class PixelMetrics {
public:
    struct MostExact {
        std::int64_t good = 100'000'000;   // 400 MB
        std::int64_t defect = 25'000'000;  // 100 MB
    };

    // With more pixels expected than may be held of good ones, none is held even before there are so many.
    explicit PixelMetrics(std::int64_t expectedPixels = 0);
    PixelMetrics(std::int64_t expectedPixels, const MostExact& most);
    ~PixelMetrics();

    // map: CV_32FC1, finite. mask: CV_8UC1 of the same size, nonzero is defect; empty for a good image.
    // inside: CV_8UC1 region of interest, pixels outside are not counted; empty for everything.
    // Throws Error{Mismatch} on sizes that differ, Error{InvalidArgument}.
    void add(const cv::Mat& map, const cv::Mat& mask, const cv::Mat& inside = {});

    // Sorts what was gathered; to be called once, at the end.
    PixelScores compute(const RunContext& context);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace engine
