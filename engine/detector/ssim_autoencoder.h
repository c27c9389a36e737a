// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/core/random.h"
#include "engine/detector/detector.h"
#include "engine/detector/method.h"
#include "engine/detector/prepared_images.h"
#include "engine/detector/ssim_autoencoder_parameters.h"
#include "engine/training/learner.h"

namespace engine {

// Bergmann et al., "Improving Unsupervised Defect Segmentation by Applying Structural Similarity to Autoencoders",
// 2018: an autoencoder of 128 x 128 pixels that has only seen good ones cannot reproduce a defect. Its loss, and the
// map, are
//     1 - SSIM(p, q),  SSIM = (2 mp mq + c1)(2 spq + c2) / ((mp^2 + mq^2 + c1)(sp^2 + sq^2 + c2))
// with the means m, variances s^2 and the covariance of the two windows of 11 x 11 around each pixel, c1 = 0.01,
// c2 = 0.03, for values in [0, 1]. An image scores its largest pixel.
//
// view=patches is that paper, whose images are textures: random patches to learn from, and to score an image patches at
// a stride of 30 pixels and the last at the far border, a pixel having the mean of the patches that contain it.
// view=whole is what its authors do with objects (Bergmann et al., "MVTec AD", 2019): the whole image, shrunk. It is
// the default since parts sit in fixtures, and since it is many times quicker in both.
//
// What the paper leaves open: at the border the statistics are those of the part of the window that lies in the patch,
// so that loss and map have its full size; the three colours count alike (the paper's images are gray); an epoch is a
// number of patches. Weights of the window are all the same, as in the paper, where much published code has Gaussian
// ones and c1 = 0.01^2, c2 = 0.03^2.
class SsimAutoencoder final : public Detector {
public:
    SsimAutoencoder(const InputSpec& input, std::shared_ptr<Learner> learner, SsimAutoencoderParameters parameters,
                    std::vector<std::int32_t> learned, Region region);

    std::string_view method() const override { return "ssim-ae"; }
    bool hasMap() const override { return true; }
    Prediction score(const Image& image, const RunContext& context) override;
    // Throws Error{Unsupported}: no good patch stands behind a score.
    Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) override;
    void save(TensorFile& file) const override;

    const std::vector<std::int32_t>& learned() const { return m_learned; }
    // The map over the input.
    cv::Mat mapOf(const PreparedImages& images, std::size_t image, StageTimes& times, const RunContext& context);

private:
    cv::Mat mapOfPatches(const PreparedImages& images, std::size_t image, StageTimes& times, const RunContext& context);

    Preprocessor m_preprocessor;
    std::shared_ptr<Learner> m_learner;
    SsimAutoencoderParameters m_parameters;
    std::vector<std::int32_t> m_learned;  // as PatchSvddState::learned
    Region m_region;
};

inline constexpr int autoencoderPatchPx = 128;
inline constexpr std::size_t autoencoderPatchesOfSample = 4;

// Where patches begin on a side of the input: at each multiple of the stride, and where the last one still fits.
std::vector<int> patchStarts(int sidePx, int stridePx);

// A sample of the learner "ssim-ae" (torch_ssim_autoencoder.cpp) with values in [0, 1]: a patch of each of the images
// [autoencoderPatchesOfSample] that `choose` gives, at a random place that is inspected for the larger part if some
// attempts find one; or the whole of it.
Sample ssimAutoencoderSample(const PreparedImages& images, const std::function<std::size_t()>& choose,
                             const InputSpec& input, AutoencoderView view, Random& random);

// `weights` as Learner::save gave them; null: to be trained. Throws Error{InvalidArgument} if the input is smaller than
// the patches.
std::shared_ptr<Learner> makeSsimAutoencoder(const SsimAutoencoderParameters& parameters, const InputSpec& input,
                                             const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                             const RunContext& context);

// What engine/detector/method.h asks of a method.
std::unique_ptr<Detector> fitSsimAutoencoder(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimateSsimAutoencoder(const FitTask& task, const RunContext& context);
std::unique_ptr<Detector> openSsimAutoencoder(TensorFile& file, const ModelInfo& info, const Region& region,
                                              const OpenOptions& options, const RunContext& context);
CrossValidation crossValidateSsimAutoencoder(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                             const RunContext& context);

}  // namespace engine
