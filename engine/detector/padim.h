// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/detector/detector.h"
#include "engine/detector/method.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/padim_parameters.h"
#include "engine/detector/patch_grid.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// What fitting leaves behind.
struct PadimState {
    PadimParameters parameters;
    PatchGrid grid;
    std::vector<std::int32_t> drawn;      // which of the descriptor's dimensions, ascending
    std::vector<std::int32_t> counts;     // how many training images have shown each position
    std::shared_ptr<const Matrix> means;  // [positions, dimensions]
    SharedFloats factors;  // [positions, packed]: L of Sigma + epsilon I = L L^T; nothing is in those never shown
    Region region;
};

// Defard et al., "PaDiM: a Patch Distribution Modeling Framework for Anomaly Detection and Localization", 2020. Every
// position of the grid has a Gaussian over randomly drawn dimensions of its descriptor; a cell scores its Mahalanobis
// distance, an image the largest value of its map. Two things differ from the paper: coarser stages are interpolated
// to the finest grid, as for every method here, not repeated, and the input keeps its aspect ratio.
class Padim final : public Detector {
public:
    Padim(FeatureExtractor extractor, PadimState state);

    std::string_view method() const override { return "padim"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    // The patch and its distance alone: there is no training patch that it is compared with.
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<Padim> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                       const BackboneOptions& options, const TensorFile& weights,
                                       const RunContext& context);

    const PadimState& state() const { return m_state; }
    FeatureExtractor& extractor() { return m_extractor; }

private:
    FeatureExtractor m_extractor;
    PadimState m_state;
};

// The drawn dimensions of an image's descriptors. [positions, dimensions]; `grid` receives theirs.
Matrix padimEmbedding(std::span<const FeatureMap> maps, const PadimParameters& parameters,
                      std::span<const std::int32_t> drawn, PatchGrid& grid, const RunContext& context);

// |L^-1 (x - mean)| of each position that is inspected and has been learned; the others are no longer inspected.
// Throws Error{InvalidArgument} if none is left.
CellScores padimScores(const PadimState& state, const Matrix& embedding, std::vector<std::uint8_t> inspected,
                       const RunContext& context);

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitPadim(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimatePadim(const FitTask& task, const RunContext& context);
// Leaving each image out in turn: its share is taken out of mean and covariance, which needs no second fit.
CrossValidation crossValidatePadim(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                   const RunContext& context);

}  // namespace engine
