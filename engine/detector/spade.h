// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "engine/detector/detector.h"
#include "engine/detector/method.h"
#include "engine/detector/spade_gallery.h"
#include "engine/detector/spade_parameters.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// What fitting leaves behind.
struct SpadeState {
    SpadeParameters parameters;
    SpadeGallery gallery;
    Region region;
};

// Cohen and Hoshen, "Sub-Image Anomaly Detection with Deep Pyramid Correspondences", 2020. An image is compared with
// the K training images whose pooled features are nearest: it scores the mean of these squared distances (Eq. 2), a
// pixel the distance to its nearest correspondences among the pixels of those K (Eq. 3), whose descriptors are the
// stages of strides 4, 8 and 16 side by side. Distances of pixels are Euclidean, not squared as in Eq. 3, so that the
// map has the unit of an explanation; widespread implementations search each stage alone and average their maps, the
// paper concatenates, and so do we.
class Spade final : public Detector {
public:
    Spade(FeatureExtractor extractor, SpadeState state);

    std::string_view method() const override { return "spade"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<Spade> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                       const BackboneOptions& options, const TensorFile& weights,
                                       const RunContext& context);

    const SpadeState& state() const { return m_state; }
    FeatureExtractor& extractor() { return m_extractor; }

private:
    FeatureExtractor m_extractor;
    SpadeState m_state;
    SpadeSearch m_search;
};

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitSpade(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimateSpade(const FitTask& task, const RunContext& context);
// Each image before all others.
CrossValidation crossValidateSpade(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                   const RunContext& context);

}  // namespace engine
