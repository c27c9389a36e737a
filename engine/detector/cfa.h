// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/detector/cfa_parameters.h"
#include "engine/detector/detector.h"
#include "engine/detector/patch_grid.h"
#include "engine/features/feature_extractor.h"
#include "engine/search/neighbour_index.h"

namespace engine {

// What training leaves behind: the descriptor Phi and the memory bank C.
struct CfaNetwork {
    std::shared_ptr<Learner> learner;
    std::shared_ptr<const Matrix> bank;  // [rows, dimensions]
    std::shared_ptr<const NeighbourIndex> index;
    std::vector<double> losses;
};

struct CfaState {
    CfaParameters parameters;
    Region region;
};

// Lee, Lee and Song, "CFA: Coupled-hypersphere-based Feature Adaptation for Target-Oriented Anomaly Localization",
// 2022.
//
// A patch is described by Phi, a 1x1 convolution over its features and its place (CoordConv: x and y from -1 to 1). The
// bank C is as large as one image's grid, however many images there are: the descriptors of the first image, each moved
// on as the running mean over the others, image by image. Then Phi is trained, C and the backbone staying as they are:
// with d_1 <= d_2 <= ... the squared distances of a descriptor to the rows of C,
//     loss = 1/nu * (mean over k <= K of max(0, d_k - r^2)  +  mean over K < j <= K + J of max(0, r^2 - d_j - alpha)).
// A cell scores softmin(sqrt d)_1 * sqrt d_1 over its K nearest rows: unsure between several means less. An image
// scores the largest value of its map.
//
// Paper and published code (github.com/sungwool/CFA_for_anomaly_localization) differ, as do we:
// - The paper moves a bank row towards the nearest patch of the next image, by an exponential average whose weight it
//   leaves open; the code towards the patch in the same cell, by the mean over all. bank=nearest (default) is the
//   paper's match with the code's mean; bank=position is the code. docs/results.md has both.
// - The paper clusters the first image's descriptors by K-means to gamma_c times fewer; all of its tables have
//   gamma_c = 1, which is no clustering, and so has this.
// - The code's repulsion starts at the J-th nearest row, which is the paper's K + 1st only because K = J = 3. Here it
//   starts behind the K nearest whatever J is.
// - r is trained with Phi, as in the code.
// - gamma_d, by which Phi has fewer dimensions than the features, is 4, not 1: as good here, at a quarter of the time.
// - Strides 4, 8 and 16, as in the paper; of an EfficientNet the stages 2, 3x and 4x, whose wide activations tell more.
// - 5 epochs instead of 30: the map is no better after more (docs/results.md), and two cores take minutes for one.
// - The code reports the best epoch on the test images; here the last epoch counts, or with patience > 0 the best on
// good
//   training images that are held out.
class Cfa final : public Detector {
public:
    Cfa(FeatureExtractor extractor, CfaState state, CfaNetwork network);

    std::string_view method() const override { return "cfa"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    // The patch and its score alone: the bank holds means, which are patches of no image.
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;
    static std::unique_ptr<Cfa> open(TensorFile& file, const ModelInfo& info, const Region& region,
                                     const BackboneOptions& options, const TensorFile& weights,
                                     const RunContext& context);

    const CfaState& state() const { return m_state; }
    const CfaNetwork& network() const { return m_network; }
    FeatureExtractor& extractor() { return m_extractor; }

private:
    CellScores cellScores(const Image& image, StageTimes& times, const RunContext& context);

    FeatureExtractor m_extractor;
    CfaState m_state;
    CfaNetwork m_network;
};

// What Phi takes: the features of the inspected cells, row by row, and behind them x and y of the cell in the grid,
// from -1 (first column, first row) to 1; 0 in a grid of one.
FloatTensor cfaRows(const PatchFeatures& patches, const std::vector<std::uint8_t>& inspected);

// softmin over the k distances of each row, times the first: [queries].
std::vector<float> cfaScores(const Neighbours& nearest, std::int64_t k);

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitCfa(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimateCfa(const FitTask& task, const RunContext& context);
CrossValidation crossValidateCfa(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                 const RunContext& context);

}  // namespace engine
