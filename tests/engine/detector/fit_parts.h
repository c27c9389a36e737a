// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "engine/detector/fit.h"
#include "engine/detector/model.h"
#include "tests/support/formula_weights.h"

namespace test {

// From the good parts in `folder`, on the network whose weights are a formula.
inline engine::FitResult fitParts(const std::filesystem::path& folder, const engine::FitParameters& parameters) {
    return engine::fit(parameters, engine::openImageSet(folder), formulaResnet18(), engine::RunContext());
}

inline engine::OpenOptions onCpu() {
    engine::OpenOptions options;
    options.device = "cpu";
    return options;
}

}  // namespace test
