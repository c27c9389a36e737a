// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/trained_fit.h"

#include <cstddef>
#include <cstdio>
#include <span>

#include "engine/core/sha256.h"
#include "engine/detector/held_out.h"
#include "engine/detector/setting.h"

namespace engine {

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

TrainParameters trainParametersOf(const FitTask& task, const std::map<std::string, std::string>& settings,
                                  std::span<const std::int32_t> learned, std::int64_t epochs, std::int64_t batch) {
    Sha256 digest;
    const auto add = [&](const std::string& text) { digest.update(text + '\n'); };
    add(task.parameters.method);
    for (const auto& [key, value] : settings) add(key + "=" + value);
    add(std::to_string(task.parameters.seed) + " " + std::to_string(task.input.width) + " " +
        std::to_string(task.input.height) + " " + std::string(nameOf(task.input.fitMode)) + " " +
        numberText(task.input.sixteenBitLow) + " " + numberText(task.input.sixteenBitHigh));
    for (const std::int32_t image : learned) add(task.images.used()[static_cast<std::size_t>(image)].sha256);
    if (!task.parameters.region.isEverything()) {
        const cv::Mat mask = task.parameters.region.mask().clone();  // clone: packed rows
        add(std::to_string(mask.cols) + " " + std::to_string(mask.rows));
        digest.update(std::as_bytes(std::span(mask.ptr<std::uint8_t>(), mask.total())));
    }
    TrainParameters parameters;
    parameters.epochs = epochs;
    parameters.batch = batch;
    parameters.seed = task.parameters.seed;
    parameters.checkpoint = task.parameters.checkpoint;
    parameters.binding = digest.hex();
    return parameters;
}

std::string sampledImagesNote(double keptShare) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "%.0f %% of the images were left out to stay within the memory budget; a smaller size or a larger "
                  "budget would keep all",
                  100 * (1 - keptShare));
    return text;
}

}  // namespace engine
