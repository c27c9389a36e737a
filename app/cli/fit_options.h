// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/backbone/tensor_file.h"
#include "engine/detector/fit.h"

namespace CLI {
class App;
}

namespace cli {

class Session;

// The options that say how to fit; `bench coreset` and `bench fit` take some of them too.
struct FitOptions {
    std::string dataset;
    std::string out;
    std::string json;
    std::string weights;  // empty: out of the weight store
    std::string partner;  // the second network, of methods that compare two; empty: the engine's own choice
    std::string partnerWeights;
    std::int64_t epochs = 0;  // of methods that train; 0: the method's own
    std::string method;
    engine::BackboneOptions backbone;
    int sizePx = engine::PreprocessParameters{}.sizePx;
    std::string fitMode;
    std::string coreset;
    std::string region;
    std::vector<std::string> settings;  // key=value
    std::int64_t limit = 0;
    std::int64_t memoryMegabytes = 0;
};

void addBackboneOptions(CLI::App& command, FitOptions& options);
void addLimitOption(CLI::App& command, FitOptions& options);
void addFitOptions(CLI::App& command, FitOptions& options);

// Throws UsageError, engine::Error (an unreadable region).
engine::FitParameters fitParameters(const FitOptions& options, const Session& session);

// As many as the method needs, from --weights, --partner-weights or the weight store. Throws engine::Error.
struct FitWeightFiles {
    std::optional<engine::TensorFile> backbone, partner;

    engine::FitWeights tensors() const;
};
FitWeightFiles readMethodWeights(const engine::FitParameters& parameters, const FitOptions& options, Session& session);
// Those of the backbone alone.
engine::TensorFile readFitWeights(const FitOptions& options, Session& session);

}  // namespace cli
