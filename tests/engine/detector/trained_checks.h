// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/detector/fit.h"

namespace test {

// What every method that trains its own network promises, on parts of width x height: two fits are the same bytes, for
// one thread and two; a fit that was cancelled goes on to the same bytes; a model comes back from its file; a file
// without `tensor`, or with one value of it changed to NaN, is refused; what lies outside a region is neither learned
// nor seen; thresholds come from images that were held out. `parameters` must have at least three epochs, so that
// a stop finds the first one kept and the last one to be done.
void checkTrainedMethod(const engine::FitParameters& parameters, int width, int height, const std::string& tensor);

}  // namespace test
