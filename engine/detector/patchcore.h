// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/detector/detector.h"
#include "engine/detector/model.h"
#include "engine/detector/patch_scorer.h"
#include "engine/detector/patchcore_parameters.h"
#include "engine/features/feature_extractor.h"
#include "engine/features/pca.h"

namespace engine {

// Which training image and which cell of its grid a bank row comes from.
struct BankOrigin {
    std::int32_t image = 0;
    std::int32_t cell = 0;
};

// What fitting leaves behind.
struct PatchCoreState {
    PatchCoreParameters parameters;
    std::vector<float> stageScale;        // one for each tapped stage
    Pca pca;                              // identity unless parameters.pca > 0
    std::shared_ptr<const Matrix> bank;   // [rows, dimensions]
    std::vector<BankOrigin> origins;      // one a row
    std::vector<cv::Size> trainingSizes;  // of the (upright) training images
    Region region;
};

// Roth et al., "Towards Total Recall in Industrial Anomaly Detection", 2022. A patch scores the Euclidean distance to
// its nearest row of the memory bank, an image its largest patch, re-weighted by Eq. 7 if parameters.reweight > 0.
class PatchCore final : public Detector {
public:
    // Builds the index. Throws Error{Mismatch, InvalidArgument, OutOfMemory}, Cancelled.
    PatchCore(FeatureExtractor extractor, PatchCoreState state, const RunContext& context);

    std::string_view method() const override { return "patchcore"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<PatchCore> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                           const BackboneOptions& options, const TensorFile& weights,
                                           const RunContext& context);

    const PatchCoreState& state() const { return m_state; }
    const Matrix& bank() const { return *m_state.bank; }
    // The share of true nearest neighbours that the index finds; 1 unless it is approximate.
    double recall() const { return m_scorer.index().recall(); }
    FeatureExtractor& extractor() { return m_extractor; }

    // The descriptors of an image as the bank holds them, the caller's until the next image. Adds to times.
    const PatchFeatures& describe(const Image& image, StageTimes& times, const RunContext& context);
    // The second half of it: from the network's activations.
    const PatchFeatures& descriptors(std::span<const FeatureMap> maps, const RunContext& context);

private:
    FeatureExtractor m_extractor;
    PatchCoreState m_state;
    PcaTransform m_pca;
    PatchScorer m_scorer;
    PatchDescriber m_describer;
    PatchFeatures m_reduced;  // to m_pca's components
    Matrix m_inspected;
};

}  // namespace engine
