// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_svdd.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"
#include "engine/detector/patch_svdd_sampling.h"

namespace engine {

namespace {

void requirePatches(const PatchLattice& lattice, std::span<const std::uint8_t> inspected) {
    if (std::find(inspected.begin(), inspected.end(), std::uint8_t{1}) == inspected.end())
        throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch of " +
                                                    std::to_string(lattice.patchPx) +
                                                    " pixels of this image; draw it larger");
}

}  // namespace

PatchLattice smallLattice(const InputSpec& input, const PatchSvddParameters& parameters) {
    if (input.width < bigPatchPx || input.height < bigPatchPx)
        throw Error(ErrorCode::InvalidArgument, "patch-svdd looks at patches of 64 pixels, and the input has " +
                                                    std::to_string(input.width) + " x " + std::to_string(input.height) +
                                                    "; fit with a larger --size");
    return PatchLattice::over(input, smallPatchPx, static_cast<int>(parameters.stride));
}

PatchLattice bigLattice(const InputSpec& input, const PatchSvddParameters& parameters) {
    return PatchLattice::over(input, bigPatchPx, 4 * static_cast<int>(parameters.stride));
}

std::shared_ptr<Learner> makePatchSvddLearner(const PatchSvddParameters& parameters, const TensorFile* weights,
                                              std::uint64_t seed, const std::string& device,
                                              const RunContext& context) {
    const std::map<std::string, double> numbers{{"learning_rate", parameters.training.learningRate},
                                                {"lambda", parameters.pull},
                                                {"dimensions", static_cast<double>(parameters.dimensions)},
                                                {"stride", static_cast<double>(parameters.stride)}};
    const TensorFile none;
    return std::shared_ptr<Learner>(
        anomaloscopeMakeTorchLearner({"patch-svdd", numbers, none, weights, seed, device}, context));
}

Sample wholeSample(const PreparedImages& images, std::size_t image, const InputSpec& input) {
    Sample sample;
    sample.push_back(images.crop(image, 0, 0, input.width, input.height));
    return sample;
}

Matrix inspectedDescriptors(const FloatTensor& descriptors, std::span<const std::uint8_t> inspected) {
    const std::int64_t dimensions = descriptors.shape.back();
    Matrix rows(std::count(inspected.begin(), inspected.end(), std::uint8_t{1}), dimensions);
    std::int64_t next = 0;
    for (std::size_t i = 0; i < inspected.size(); ++i)
        if (inspected[i] != 0)
            std::copy_n(descriptors.values.data() + static_cast<std::int64_t>(i) * dimensions, dimensions,
                        rows.row(next++));
    return rows;
}

PatchSvdd::PatchSvdd(const InputSpec& input, std::shared_ptr<Learner> learner, PatchSvddState state,
                     const RunContext& context)
    : m_preprocessor(input),
      m_learner(std::move(learner)),
      m_state(std::move(state)),
      m_small(smallLattice(input, m_state.parameters)),
      m_big(bigLattice(input, m_state.parameters)),
      m_smallIndex(makeIndex(m_state.parameters.index, m_state.small.rows, context)),
      m_bigIndex(makeIndex(m_state.parameters.index, m_state.big.rows, context)) {}

cv::Mat PatchSvdd::mapOf(const PreparedImages& images, std::size_t image, StageTimes& times,
                         const RunContext& context) {
    const InspectedArea& area = images.area(image);
    Stopwatch watch;
    const auto descriptors = m_learner->infer(wholeSample(images, image, m_preprocessor.spec()), context);
    times.backbone += watch.lapMs();
    cv::Mat product;
    for (const bool isSmall : {true, false}) {
        const PatchLattice& lattice = isSmall ? m_small : m_big;
        const auto inspected = inspectedPatches(lattice, area);
        requirePatches(lattice, inspected);
        const Neighbours nearest =
            (isSmall ? m_smallIndex : m_bigIndex)
                ->search(inspectedDescriptors(descriptors[isSmall ? 0 : 1], inspected), 1, context);
        times.search += watch.lapMs();
        const cv::Mat map = spreadScores(lattice, nearest.distances, inspected, m_preprocessor.spec());
        product = isSmall ? map : product.mul(map);
        times.map += watch.lapMs();
    }
    return product;
}

Prediction PatchSvdd::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    Stopwatch watch;
    const PreparedImages prepared(m_preprocessor, m_state.region, image);
    prediction.times.preprocess = watch.lapMs();
    prediction.inputMap = mapOf(prepared, 0, prediction.times, context);
    watch.lapMs();
    prediction.score = largestInspected(prediction.inputMap, prepared.area(0));
    prediction.placement = m_preprocessor.placement(image.width(), image.height());
    prediction.map = anomalyMap(prediction.inputMap, m_preprocessor, m_state.region, image.width(), image.height());
    prediction.times.map += watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation PatchSvdd::explain(const Image& image, int x, int y, int count, const RunContext& context) {
    const cv::Size size(image.width(), image.height());
    const PreparedImages prepared(m_preprocessor, m_state.region, image);
    const int patch =
        inspectedPatchAt(m_small, inspectedPatches(m_small, prepared.area(0)), x, y, m_preprocessor, size);
    const FloatTensor descriptors =
        std::move(m_learner->infer(wholeSample(prepared, 0, m_preprocessor.spec()), context).front());
    Matrix query(1, descriptors.shape.back());
    std::copy_n(descriptors.values.data() + patch * query.cols, query.cols, query.row(0));
    const auto wanted = std::clamp<std::int64_t>(count, 1, m_state.small.rows->rows);
    const Neighbours nearest = m_smallIndex->search(query, wanted, context);

    Explanation explanation;
    explanation.box = patchBox(m_small, patch, m_preprocessor, size);
    explanation.distance = nearest.distances.front();
    for (std::size_t i = 0; i < nearest.rows.size(); ++i) {
        const BankOrigin& origin = m_state.small.origins[static_cast<std::size_t>(nearest.rows[i])];
        const auto trainingImage = static_cast<std::size_t>(origin.image);
        explanation.similar.push_back(
            {trainingImage, patchBox(m_small, origin.cell, m_preprocessor, m_state.trainingSizes[trainingImage]),
             nearest.distances[i]});
    }
    return explanation;
}

}  // namespace engine
