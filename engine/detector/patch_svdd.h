// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/detector/detector.h"
#include "engine/detector/method.h"
#include "engine/detector/patch_lattice.h"
#include "engine/detector/patch_svdd_parameters.h"
#include "engine/detector/patchcore.h"
#include "engine/search/neighbour_index.h"
#include "engine/training/learner.h"

namespace engine {

// The descriptors of good patches of one size, and where they lie.
struct PatchSvddBank {
    std::shared_ptr<const Matrix> rows;  // [patches, dimensions]
    std::vector<BankOrigin> origins;     // one a row; the cell is a patch of the lattice
};

struct PatchSvddState {
    PatchSvddParameters parameters;
    PatchSvddBank small, big;             // 32 and 64 pixels
    std::vector<std::int32_t> learned;    // the training images that it knows; the others give the thresholds
    std::vector<cv::Size> trainingSizes;  // of all (upright) training images
    Region region;
};

// Yi and Yoon, "Patch SVDD: Patch-level SVDD for Anomaly Detection and Segmentation", 2020. Two encoders, of patches of
// 32 and of 64 pixels, the second made of the first on its four quarters; trained on the images alone with
//     sum of both sizes: cross-entropy(position of p2 seen from p1 among eight, C(f(p1) - f(p2))) + lambda |f(p) -
//     f(p')|
// where p' lies right beside p and C is a perceptron with two hidden layers of 128. A patch scores the Euclidean
// distance to the nearest good patch of its size, a pixel the mean of the patches that contain it (strides 4 and 16),
// once for each size; the map is the product, and an image scores its largest pixel.
//
// Where the published code is not what the paper says, this follows the paper: the code freezes the last layer of C at
// random values, adds noise to the pixels beside the shift of colours (kept, for neighbours overlap), and subtracts the
// mean image. Ours: pairs come from crops that are encoded whole, which costs a fiftieth of patch by
// patch and gives the same descriptors, so that corners lie on even pixels; an epoch is a number of crops; lambda is
// one for all sets, where the paper tunes it for each.
class PatchSvdd final : public Detector {
public:
    // Builds the indices. Throws Error{InvalidArgument, OutOfMemory}, Cancelled.
    PatchSvdd(const InputSpec& input, std::shared_ptr<Learner> learner, PatchSvddState state,
              const RunContext& context);

    std::string_view method() const override { return "patch-svdd"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;

    const PatchSvddState& state() const { return m_state; }
    // The map over the input.
    cv::Mat mapOf(const PreparedImages& images, std::size_t image, StageTimes& times, const RunContext& context);

private:
    Preprocessor m_preprocessor;
    std::shared_ptr<Learner> m_learner;
    PatchSvddState m_state;
    PatchLattice m_small, m_big;
    std::unique_ptr<NeighbourIndex> m_smallIndex, m_bigIndex;
};

// The two lattices of a model; throws Error{InvalidArgument} if the input is smaller than a patch.
PatchLattice smallLattice(const InputSpec& input, const PatchSvddParameters& parameters);
PatchLattice bigLattice(const InputSpec& input, const PatchSvddParameters& parameters);
// The pixels of an image [3, height, width], as the learner encodes them.
Sample wholeSample(const PreparedImages& images, std::size_t image, const InputSpec& input);
// `weights` as Learner::save gave them; null: to be trained.
std::shared_ptr<Learner> makePatchSvddLearner(const PatchSvddParameters& parameters, const TensorFile* weights,
                                              std::uint64_t seed, const std::string& device, const RunContext& context);
// The rows of the patches that are inspected.
Matrix inspectedDescriptors(const FloatTensor& descriptors, std::span<const std::uint8_t> inspected);

// What engine/detector/method.h asks of a method.
std::unique_ptr<Detector> fitPatchSvdd(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimatePatchSvdd(const FitTask& task, const RunContext& context);
std::unique_ptr<Detector> openPatchSvdd(TensorFile& file, const ModelInfo& info, const Region& region,
                                        const OpenOptions& options, const RunContext& context);
CrossValidation crossValidatePatchSvdd(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                       const RunContext& context);

}  // namespace engine
