// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/detector/detector.h"
#include "engine/detector/mahalanobis_parameters.h"
#include "engine/detector/method.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// The Gaussian of one stage's pooled features.
struct StageGaussian {
    std::vector<float> mean;    // [channels]
    Matrix components;          // [kept, channels], the principal components that are looked at; empty: none is taken
    std::vector<float> factor;  // packed L of the covariance, of the components if there are any

    // The Mahalanobis distance of the features, not squared.
    double distance(std::span<const float> features) const;
};

// What fitting leaves behind.
struct MahalanobisState {
    MahalanobisParameters parameters;
    std::vector<StageGaussian> stages;
    Region region;
};

// Rippel, Mertens and Merhof, "Modeling the Distribution of Normal Data in Pre-Trained Deep Features for Anomaly
// Detection", 2020. The features of every stage, pooled over the image, have a Gaussian with a shrunk covariance; an
// image scores the sum of its Mahalanobis distances. There is no map. The paper taps the nine levels of an
// EfficientNet-B4 at its own input size; here it is every stage that the network has by name, at the size that is asked
// for, and pooling stays inside the region of interest.
class Mahalanobis final : public Detector {
public:
    Mahalanobis(FeatureExtractor extractor, MahalanobisState state);

    std::string_view method() const override { return "mahalanobis"; }
    bool hasMap() const override { return false; }
    Prediction score(const Image& image, const RunContext& context) override;
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<Mahalanobis> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                             const BackboneOptions& options, const TensorFile& weights,
                                             const RunContext& context);

    const MahalanobisState& state() const { return m_state; }
    FeatureExtractor& extractor() { return m_extractor; }

private:
    FeatureExtractor m_extractor;
    MahalanobisState m_state;
};

// Of the rows (one an image) for which `used` is not 0; at least two. Throws Error{NotEnoughData}, Cancelled.
StageGaussian fitStageGaussian(const Matrix& pooled, std::span<const std::uint8_t> used,
                               const MahalanobisParameters& parameters, const RunContext& context);

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitMahalanobis(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimateMahalanobis(const FitTask& task, const RunContext& context);
CrossValidation crossValidateMahalanobis(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                         const RunContext& context);

}  // namespace engine
