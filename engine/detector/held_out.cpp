// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/held_out.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/training_images.h"

namespace engine {

namespace {

const std::string learnedName = "learned";

}  // namespace

bool isHeldOut(std::size_t image, std::size_t count, double share) {
    constexpr std::size_t fewest = 6;
    if (share <= 0 || count < fewest) return false;
    const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(count)));
    const std::size_t held = std::clamp<std::size_t>(wanted, 2, count / 2);
    return (image + 1) * held / count != image * held / count;
}

FitParts::FitParts(const PreparedImages& images, std::size_t count, double heldOutShare) {
    for (std::size_t i = 0; i < images.size(); ++i)
        (isHeldOut(images.trainingIndex(i), count, heldOutShare) ? heldOut : learned).push_back(i);
    // A small memory budget may have left none to learn from.
    if (learned.empty()) learned.swap(heldOut);
}

std::vector<std::int32_t> FitParts::learnedTraining(const PreparedImages& images) const {
    std::vector<std::int32_t> indices;
    for (const std::size_t image : learned) indices.push_back(static_cast<std::int32_t>(images.trainingIndex(image)));
    return indices;
}

CrossValidation scoreHeldOut(Detector& detector, const ModelInfo& info, std::span<const std::int32_t> learned,
                             const ImageSet& set, const RunContext& context) {
    std::set<std::string> known;
    for (const std::int32_t image : learned) known.insert(info.training[static_cast<std::size_t>(image)].sha256);
    TrainingImages images(set, 0, context);
    CrossValidation result;
    result.folds = 1;
    images.forEach("held out", false, context, [&](const Image& image, std::size_t index) {
        const TrainingImage& used = images.used()[index];
        if (known.contains(used.sha256)) return;
        const Prediction prediction = detector.score(image, context);
        double largest = 0;
        if (!prediction.map.empty()) cv::minMaxLoc(prediction.map, nullptr, &largest);
        result.names.push_back(used.name);
        result.scores.push_back(prediction.score);
        result.mapMaxima.push_back(largest);
    });
    result.failures = images.failures();
    if (result.scores.size() < 2)
        throw Error(
            ErrorCode::NotEnoughData,
            "has fewer than two good images that the model has not learned from; fit with six images or more and "
            "--set held_out=0.2, or give another set of good images",
            set.root);
    return result;
}

void putLearned(TensorFile& file, std::span<const std::int32_t> learned) {
    file.tensors[learnedName] = Tensor::of({static_cast<std::int64_t>(learned.size())}, learned);
}

std::vector<std::int32_t> takeLearned(TensorFile& file, std::size_t images) {
    const Tensor tensor = takeTensor(file, learnedName, DataType::I32, 1);
    const auto values = tensor.int32s();
    const bool rising = std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
    if (values.empty() || !rising || values.front() < 0 || static_cast<std::size_t>(values.back()) >= images)
        damagedModel("the list of the images that it has learned from makes no sense");
    return {values.begin(), values.end()};
}

}  // namespace engine
