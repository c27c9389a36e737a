// SPDX-License-Identifier: GPL-3.0-or-later
// A program outside the project: pixels of its own, a metric, a network's name and an error, through installed headers.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <vector>

#include <opencv2/core.hpp>

#include "engine/backbone/backbone.h"
#include "engine/core/error.h"
#include "engine/detector/fit.h"
#include "engine/detector/model.h"
#include "engine/image/preprocess.h"
#include "engine/metrics/curves.h"

namespace {

int failures = 0;

void expect(bool holds, const char* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    ++failures;
}

}  // namespace

int main() {
    const std::vector<double> scores{0.1, 0.4, 0.35, 0.8};
    const std::vector<std::uint8_t> labels{0, 0, 1, 1};
    expect(engine::auroc(scores, labels) == 0.75, "AUROC of the textbook's four scores is 0.75");

    std::vector<std::uint8_t> pixels(64 * 96, 255);
    const engine::Image image{cv::Mat(64, 96, CV_8UC1, pixels.data())};
    engine::InputSpec spec;
    spec.width = 96;
    spec.height = 64;
    std::vector<float> input(std::size_t{64} * 96 * 3);
    engine::Preprocessor(spec).apply(image, input);
    expect(input[0] > 2.2F && input[0] < 2.3F, "white is (1 - 0.485) / 0.229 in the red channel");

    expect(engine::architecture("resnet18").stages.size() >= 3, "resnet18 is known");
    const auto methods = engine::methods();
    expect(std::find(methods.begin(), methods.end(), "patchcore") != methods.end(), "PatchCore is there");

    try {
        engine::readModelInfo("no-such.anomaly");
        expect(false, "a missing model is an error");
    } catch (const engine::Error& error) {
        expect(error.code() == engine::ErrorCode::NotFound, "a missing model is NotFound");
    }
    return failures == 0 ? 0 : 1;
}
