// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/ssim_autoencoder.h"

#include <algorithm>
#include <map>
#include <utility>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"
#include "engine/detector/held_out.h"
#include "engine/detector/patch_lattice.h"

namespace engine {

namespace {

// Back from the network's input to [0, 1], for which c1 and c2 are meant.
void toUnitRange(FloatTensor& patch, const InputSpec& input) {
    const std::size_t plane = patch.values.size() / 3;
    for (std::size_t i = 0; i < patch.values.size(); ++i)
        patch.values[i] = patch.values[i] * input.deviation[i / plane] + input.mean[i / plane];
}

FloatTensor stacked(const std::vector<FloatTensor>& patches) {
    FloatTensor all{{0, 3, autoencoderPatchPx, autoencoderPatchPx}, {}};
    for (const FloatTensor& patch : patches) {
        all.values.insert(all.values.end(), patch.values.begin(), patch.values.end());
        ++all.shape[0];
    }
    return all;
}

FloatTensor wholeOf(const PreparedImages& images, std::size_t image, const InputSpec& input) {
    FloatTensor large = images.crop(image, 0, 0, input.width, input.height);
    FloatTensor small{{3, autoencoderPatchPx, autoencoderPatchPx}, {}};
    small.values.resize(3 * autoencoderPatchPx * autoencoderPatchPx);
    for (int c = 0; c < 3; ++c) {
        const cv::Mat from(input.height, input.width, CV_32FC1, large.values.data() + c * input.width * input.height);
        cv::Mat to(autoencoderPatchPx, autoencoderPatchPx, CV_32FC1,
                   small.values.data() + c * autoencoderPatchPx * autoencoderPatchPx);
        cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
    }
    toUnitRange(small, input);
    return small;
}

FloatTensor patchAt(const PreparedImages& images, std::size_t image, int x, int y, const InputSpec& input) {
    FloatTensor patch = images.crop(image, x, y, autoencoderPatchPx, autoencoderPatchPx);
    toUnitRange(patch, input);
    return patch;
}

}  // namespace

std::vector<int> patchStarts(int sidePx, int stridePx) {
    std::vector<int> starts;
    for (int start = 0; start + autoencoderPatchPx < sidePx; start += stridePx) starts.push_back(start);
    starts.push_back(sidePx - autoencoderPatchPx);
    return starts;
}

Sample ssimAutoencoderSample(const PreparedImages& images, const std::function<std::size_t()>& choose,
                             const InputSpec& input, AutoencoderView view, Random& random) {
    constexpr int attempts = 16;
    const auto drawn = [&](int side) {
        return static_cast<int>(random.below(static_cast<std::uint64_t>(side - autoencoderPatchPx + 1)));
    };
    std::vector<FloatTensor> patches;
    while (patches.size() < autoencoderPatchesOfSample) {
        const std::size_t image = choose();
        if (view == AutoencoderView::Whole) {
            patches.push_back(wholeOf(images, image, input));
            continue;
        }
        int x = 0, y = 0;
        for (int attempt = 0; attempt < attempts; ++attempt) {
            x = drawn(input.width);
            y = drawn(input.height);
            if (images.area(image).covers(x, y, autoencoderPatchPx)) break;
        }
        patches.push_back(patchAt(images, image, x, y, input));
    }
    Sample sample;
    sample.push_back(stacked(patches));
    return sample;
}

std::shared_ptr<Learner> makeSsimAutoencoder(const SsimAutoencoderParameters& parameters, const InputSpec& input,
                                             const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                             const RunContext& context) {
    if (parameters.view == AutoencoderView::Patches &&
        (input.width < autoencoderPatchPx || input.height < autoencoderPatchPx))
        throw Error(ErrorCode::InvalidArgument, "ssim-ae looks at patches of 128 pixels, and the input has " +
                                                    std::to_string(input.width) + " x " + std::to_string(input.height) +
                                                    "; fit with a larger --size, or view=whole");
    const std::map<std::string, double> numbers{{"learning_rate", parameters.training.learningRate},
                                                {"weight_decay", *parameters.training.weightDecay},
                                                {"latent", static_cast<double>(parameters.latent)},
                                                {"window", static_cast<double>(parameters.window)}};
    const TensorFile none;
    return std::shared_ptr<Learner>(
        anomaloscopeMakeTorchLearner({"ssim-ae", numbers, none, weights, seed, device}, context));
}

SsimAutoencoder::SsimAutoencoder(const InputSpec& input, std::shared_ptr<Learner> learner,
                                 SsimAutoencoderParameters parameters, std::vector<std::int32_t> learned, Region region)
    : m_preprocessor(input),
      m_learner(std::move(learner)),
      m_parameters(parameters),
      m_learned(std::move(learned)),
      m_region(std::move(region)) {}

cv::Mat SsimAutoencoder::mapOf(const PreparedImages& images, std::size_t image, StageTimes& times,
                               const RunContext& context) {
    if (m_parameters.view == AutoencoderView::Patches) return mapOfPatches(images, image, times, context);
    const InputSpec& input = m_preprocessor.spec();
    Stopwatch watch;
    Sample sample;
    sample.push_back(stacked({wholeOf(images, image, input)}));
    times.preprocess += watch.lapMs();
    FloatTensor values = std::move(m_learner->infer(sample, context).front());
    times.backbone += watch.lapMs();
    const cv::Mat small(autoencoderPatchPx, autoencoderPatchPx, CV_32FC1, values.values.data());
    cv::Mat map;
    cv::resize(small, map, cv::Size(input.width, input.height), 0, 0, cv::INTER_LINEAR);
    times.map += watch.lapMs();
    return map;
}

cv::Mat SsimAutoencoder::mapOfPatches(const PreparedImages& images, std::size_t image, StageTimes& times,
                                      const RunContext& context) {
    const InputSpec& input = m_preprocessor.spec();
    const InspectedArea& area = images.area(image);
    const int stride = static_cast<int>(m_parameters.stride);
    std::vector<cv::Point> places;
    for (const int y : patchStarts(input.height, stride))
        for (const int x : patchStarts(input.width, stride))
            if (area.share(x, y, autoencoderPatchPx, autoencoderPatchPx) > 0) places.emplace_back(x, y);

    cv::Mat sums(input.height, input.width, CV_32FC1, cv::Scalar(0));
    cv::Mat counts(input.height, input.width, CV_32FC1, cv::Scalar(0));
    constexpr std::size_t atOnce = 12;  // between two looks at whether to stop
    Stopwatch watch;
    for (std::size_t first = 0; first < places.size(); first += atOnce) {
        std::vector<FloatTensor> patches;
        for (std::size_t i = first; i < std::min(places.size(), first + atOnce); ++i)
            patches.push_back(patchAt(images, image, places[i].x, places[i].y, input));
        Sample sample;
        sample.push_back(stacked(patches));
        times.preprocess += watch.lapMs();
        FloatTensor maps = std::move(m_learner->infer(sample, context).front());
        times.backbone += watch.lapMs();
        for (std::size_t i = 0; i < patches.size(); ++i) {
            const cv::Mat map(autoencoderPatchPx, autoencoderPatchPx, CV_32FC1,
                              maps.values.data() + i * autoencoderPatchPx * autoencoderPatchPx);
            const cv::Rect window(places[first + i], map.size());
            sums(window) += map;
            counts(window) += 1;
        }
        times.map += watch.lapMs();
    }
    return sums / cv::max(counts, 1);
}

Prediction SsimAutoencoder::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    Stopwatch watch;
    const PreparedImages prepared(m_preprocessor, m_region, image);
    prediction.times.preprocess = watch.lapMs();
    prediction.inputMap = mapOf(prepared, 0, prediction.times, context);
    watch.lapMs();
    prediction.score = largestInspected(prediction.inputMap, prepared.area(0));
    prediction.placement = m_preprocessor.placement(image.width(), image.height());
    prediction.map = anomalyMap(prediction.inputMap, m_preprocessor, m_region, image.width(), image.height());
    prediction.times.map += watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation SsimAutoencoder::explain(const Image&, int, int, int, const RunContext&) {
    throw Error(ErrorCode::Unsupported,
                "ssim-ae compares an image with its own reconstruction, so that no good patch stands behind a score; "
                "patchcore and patch-svdd show one");
}

void SsimAutoencoder::save(TensorFile& file) const {
    putLearned(file, m_learned);
    m_learner->save(file);
}

std::unique_ptr<Detector> openSsimAutoencoder(TensorFile& file, const ModelInfo& info, const Region& region,
                                              const OpenOptions& options, const RunContext& context) {
    const auto parameters = SsimAutoencoderParameters::from(info.parameters);
    auto learned = takeLearned(file, info.training.size());
    auto learner = makeSsimAutoencoder(parameters, info.input, &file, info.seed, options.device, context);
    return std::make_unique<SsimAutoencoder>(info.input, std::move(learner), parameters, std::move(learned), region);
}

}  // namespace engine
