// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "engine/core/run_context.h"

namespace services {

struct SampleSetParameters {
    int good = 60;    // for training; a third as many good ones again for testing
    int defect = 40;  // spread evenly over scratch, dent, stain and missing
    std::uint64_t seed = 0;
    int widthPx = 320;
    int heightPx = 256;
};

// Draws an image set in MVTec's layout: machined parts with texture, under varying light and in varying pose;
// scratches, dents, stains and missing pieces with their masks. The same bytes from the same parameters. Refuses a
// folder that is not empty. Throws Cancelled, engine::Error{WriteFailed, InvalidArgument}.
void writeSampleSet(const std::filesystem::path& folder, const SampleSetParameters& parameters,
                    const engine::RunContext& context);

}  // namespace services
