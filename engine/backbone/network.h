// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/backbone/architecture.h"
#include "engine/backbone/backbone.h"

namespace engine {

// Runs an ArchitecturePlan with LibTorch, which only network.cpp and torch_convolution.* see. LibTorch's exceptions
// come out as Error{OutOfMemory | Internal}.
class TorchNetwork {
public:
    // weights: every tensor of tensorsOf(plan), in the right shape. Throws Error{NoDevice | Unsupported | Corrupt}.
    TorchNetwork(const ArchitecturePlan& plan, const TensorFile& weights, const std::string& device,
                 Precision precision, const RunContext& context);
    ~TorchNetwork();
    TorchNetwork(TorchNetwork&&) noexcept;

    const std::string& device() const;
    // As Backbone::forward, the input checked.
    std::vector<std::vector<FeatureMap>> forward(std::span<const float> input, int count, int height, int width,
                                                 std::span<const StageName> stages, const RunContext& context);

private:
    struct Layers;
    std::unique_ptr<Layers> m_layers;
};

}  // namespace engine
