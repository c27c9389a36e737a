// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/backbone/architecture.h"
#include "engine/backbone/backbone.h"

namespace engine {

// What runs an ArchitecturePlan.
class Network {
public:
    virtual ~Network() = default;

    virtual const std::string& device() const = 0;
    // As Backbone::forward, the input checked. `images` has a map of each of the `stages` for each image; their memory
    // is used again.
    virtual void forward(std::span<const float> input, int height, int width, std::span<const StageName> stages,
                         std::vector<std::vector<FeatureMap>>& images, const RunContext& context) = 0;
};

struct NetworkRequest {
    const ArchitecturePlan& plan;
    const TensorFile& weights;  // every tensor of tensorsOf(plan), in the right shape
    const std::string& device;
    Precision precision;
};

}  // namespace engine

// A network of LibTorch. LibTorch's initialisers take half a second before main() of whatever links it, so a program
// chooses: it links anomaloscope::engine_torch, or engine_torch_loader, which loads the same code from a module beside
// the program when the first network is made. The name is not mangled, since it is looked up in the module.
// Throws engine::Error{NoDevice | Unsupported | Corrupt | OutOfMemory | Internal}, engine::Cancelled.
extern "C" engine::Network* anomaloscopeMakeTorchNetwork(const engine::NetworkRequest& request,
                                                         const engine::RunContext& context);
