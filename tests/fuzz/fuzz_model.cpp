// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are either a model that scores, or refused with an Error; nothing else may happen.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/core/error.h"
#include "engine/detector/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    engine::OpenOptions options;
    options.device = "cpu";
    const engine::RunContext context({}, {}, {}, {1, engine::InstructionSet::Auto});
    try {
        engine::Model model = engine::openModel(std::as_bytes(std::span(data, size)), "fuzz.anomaly", options, context);
        const engine::Image gray{cv::Mat(40, 56, CV_8UC1, cv::Scalar(90))};
        if (std::isnan(model.detector->score(gray, context).score)) std::abort();
    } catch (const engine::Error&) {
    }
    return 0;
}
