// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/detector/detector.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/pfm_parameters.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// Two frozen networks that look at the same input, at stages of the same strides, whatever these are called.
struct PfmExtractors {
    FeatureExtractor first;
    FeatureExtractor second;

    // For each stage the activation of the first network and that of the second. Adds to times.
    std::vector<FeatureMap> extract(const Image& image, StageTimes& times, const RunContext& context);
};

struct PfmState {
    PfmParameters parameters;
    Region region;
};

// Wan, Gao, Li and Wen, "Unsupervised Image Anomaly Detection and Segmentation Based on Pre-Trained Feature Mapping",
// 2022; the bidirectional, multi-hierarchical variant, MB-PFM in the published code
// (github.com/smiler96/PFM-and-PEFM-for-Image-Anomaly-Detection-and-Segmentation).
//
// Two networks that were trained on the same pictures say the same of a good part in two languages. At each stage the
// activations of both, brought to length 1 along the channels, are mapped onto each other, both ways, by 1x1
// convolutions with batch norm and ReLU, in -> in/2 + L -> 2L -> L -> 2L -> out/2 + L -> out; the layer to L, which has
// neither, is shared by both ways. Trained with Adam on the mean squared difference, on good images alone: where a
// mapping misses, the part is not good. A cell of a stage scores the squared length of the difference, the mean of both
// ways; the map is the mean of the stages, each brought to the input's size bilinearly; an image scores its largest
// value.
//
// What differs from the published code, and why:
// - L is 0.8 times the wider network's channels at that stage (there 200, 400 and 900 for 256, 512 and 1024): other
//   pairs than ResNet34 and ResNet50 have other widths.
// - The map is smoothed (sigma=4 px, as for every method here; the code has that line, switched off). sigma=0 is
// theirs.
// - 20 epochs instead of 200: the loss has long settled (docs/results.md).
// - Stages are averaged on the finest grid, not at the input's size; both are bilinear.
class Pfm final : public Detector {
public:
    Pfm(PfmExtractors extractors, PfmState state, std::shared_ptr<Learner> learner);

    std::string_view method() const override { return "pfm"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    // The patch and its score alone: there is no training patch that it is compared with.
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<Detector> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                          const OpenOptions& options, const RunContext& context);

    const PfmState& state() const { return m_state; }
    const Learner& learner() const { return *m_learner; }
    PfmExtractors& extractors() { return m_extractors; }

private:
    CellScores cellScores(const Image& image, StageTimes& times, const RunContext& context);

    PfmExtractors m_extractors;
    PfmState m_state;
    std::shared_ptr<Learner> m_learner;
};

// Rows of a stage with length 1 along the channels, of the cells that are marked; a row of zeros stays one.
FloatTensor pfmRows(const FeatureMap& map, const std::vector<std::uint8_t>& inspected);

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitPfm(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimatePfm(const FitTask& task, const RunContext& context);
CrossValidation crossValidatePfm(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                 const RunContext& context);

}  // namespace engine
