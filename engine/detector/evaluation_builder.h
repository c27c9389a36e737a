// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/detector/evaluate.h"

namespace engine {

// The median of each stage by itself; all zero of nothing.
StageTimes medianTimes(const std::vector<StageTimes>& times);

// Puts an evaluation together out of images that are scored as it goes, as by evaluate(), or that were scored before
// and whose maps were kept.
class EvaluationBuilder {
public:
    struct Options {
        bool digests = true;  // SHA-256 of every image, and a warning of those that are training images as well
        bool pixels = true;   // pixel metrics, if any item has a mask
    };
    // All are used until finish(). items: those that will come, in any order; what is not added counts nowhere.
    EvaluationBuilder(const ModelInfo& info, const Region& region, const std::vector<const ImageItem*>& items,
                      const Options& options);
    EvaluationBuilder(const ModelInfo& info, const Region& region, const std::vector<const ImageItem*>& items)
        : EvaluationBuilder(info, region, items, Options{}) {}

    // Whether anything is made of the map of this image: its largest region, or pixel metrics.
    bool usesMapOf(const ImageItem& item) const;
    // map: CV_32FC1, the image's size, 0 outside the region of interest; empty if there is none. Throws Error.
    void add(const ImageItem& item, double score, const cv::Mat& map);
    void add(const StageTimes& times) { m_times.push_back(times); }
    void add(ImageFailure failure) { m_evaluation.failures.push_back(std::move(failure)); }
    void warn(const std::vector<std::string>& warnings);

    // To be called once, at the end. Throws Cancelled.
    Evaluation finish(const RunContext& context);

private:
    bool countsPixelsOf(const ImageItem& item) const;

    const OperatingPoint& m_point;
    const Region& m_region;
    Options m_options;
    std::map<std::string, std::string> m_trained;  // digest to name
    std::size_t m_images;
    bool m_anyMask = false;
    std::optional<PixelMetrics> m_pixels;
    std::vector<StageTimes> m_times;
    Evaluation m_evaluation;
};

}  // namespace engine
