// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/score_steps.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace engine {

namespace {

struct Labelled {
    double score;
    std::uint8_t label;
};

std::vector<Labelled> checked(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    if (scores.size() != labels.size()) {
        throw Error(ErrorCode::InvalidArgument, "there are " + std::to_string(scores.size()) + " scores but " +
                                                    std::to_string(labels.size()) +
                                                    " labels; give one label for each score");
    }
    std::vector<Labelled> images;
    images.reserve(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!std::isfinite(scores[i])) {
            throw Error(ErrorCode::InvalidArgument, "score " + std::to_string(i + 1) + " of " +
                                                        std::to_string(scores.size()) +
                                                        " is not a finite number; leave that image out");
        }
        if (labels[i] > 1) {
            throw Error(ErrorCode::InvalidArgument,
                        "label " + std::to_string(i + 1) + " is neither 0 (good) nor 1 (defect)");
        }
        images.push_back({scores[i], labels[i]});
    }
    return images;
}

}  // namespace

ScoreSteps scoreSteps(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    std::vector<Labelled> images = checked(scores, labels);
    const auto ascending = [](const Labelled& a, const Labelled& b) { return a.score < b.score; };
    if (!std::is_sorted(images.begin(), images.end(), ascending)) std::sort(images.begin(), images.end(), ascending);

    ScoreSteps result;
    for (std::size_t i = images.size(); i-- > 0;) {
        if (result.steps.empty() || result.steps.back().score != images[i].score) {
            result.steps.push_back({images[i].score, 0, 0});
        }
        ++(images[i].label == 1 ? result.steps.back().defect : result.steps.back().good);
    }
    for (const ScoreStep& step : result.steps) {
        result.good += step.good;
        result.defect += step.defect;
    }
    return result;
}

}  // namespace engine
