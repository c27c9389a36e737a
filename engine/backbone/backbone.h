// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backbone/tensor_file.h"
#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// Stages are named by their stride: "2" is the last activation of stride 2^2 = 4, "3" of 8, "4" of 16, "5" of 32
// (ResNet: layer1 ... layer4). "3x" and "4x" are an EfficientNet's wide activations inside the block that leaves that
// stride, after its expansion convolution, batch norm and nonlinearity: they tell textures apart better than
// the block outputs, which are linear.
using StageName = std::string;

// One activation, channels last: values[(y * width + x) * channels + c], float32.
struct FeatureMap {
    StageName stage;
    int height = 0;
    int width = 0;
    int channels = 0;
    Buffer<float> values;
};

enum class Precision { Fp32, Bf16 };

struct BackboneOptions {
    std::string name = "efficientnet_lite1";  // chosen by measuring: docs/results.md
    std::vector<StageName> stages;            // empty: the architecture's own; layers after the last one are not loaded
    std::string device = "auto";  // "auto", "cpu", "cuda", "cuda:N"; auto falls back to the CPU and warns why
    Precision precision = Precision::Fp32;
};

// What the program knows of an architecture.
struct ArchitectureInfo {
    std::string name;
    std::vector<StageName> stages;         // all that it has
    std::vector<StageName> defaultStages;  // those that PatchCore taps
};

// Every architecture: resnet18/34/50/101/152, wide_resnet50_2, wide_resnet101_2, efficientnet_b0 ... b7,
// efficientnet_lite0 ... lite4.
const std::vector<ArchitectureInfo>& architectures();
// Throws Error{InvalidArgument} that lists the names.
const ArchitectureInfo& architecture(std::string_view name);

// Those of its stages for which all tensors are there, whatever their shapes: a file may end before the last ones.
std::vector<StageName> stagesIn(const TensorFile& weights, std::string_view architectureName);

// A frozen network. Batch norm is folded at load. Not thread-safe: one thread at a time, which uses the cores inside.
class Backbone {
public:
    // Takes what it uses out of `weights` and ignores the rest (layer4, fc, num_batches_tracked).
    // Throws Error: InvalidArgument (name, stage), Mismatch (naming the first tensor that is missing or has another
    // shape), NoDevice, Unsupported (bf16 on a CPU without it).
    Backbone(const BackboneOptions& options, const TensorFile& weights, const RunContext& context);
    ~Backbone();
    Backbone(Backbone&&) noexcept;
    Backbone& operator=(Backbone&&) noexcept;

    const std::string& name() const;
    const std::vector<StageName>& stages() const;
    // The device that is in use: "cpu" or "cuda:N".
    const std::string& device() const;
    Precision precision() const;
    // SHA-256 over (name, dtype, shape, bytes) of the tensors in use, sorted by name, before folding.
    const std::string& identity() const;
    // The tensors in use, as they stood in the file: a model carries them.
    const TensorFile& weights() const;

    // input: [count, height, width, 3] channels last, normalised. One vector of stages() for each image.
    // They are the caller's until the next pass, which uses their memory again. Checks for a stop between the blocks of
    // the network. Throws Cancelled, Error{InvalidArgument, OutOfMemory, Internal}.
    std::vector<std::vector<FeatureMap>>& forward(std::span<const float> input, int count, int height, int width,
                                                  const RunContext& context);

    // Multiply-adds of one forward pass counted as two operations each, for GFLOP/s.
    double operations(int height, int width) const;

private:
    struct Network;
    std::unique_ptr<Network> m_network;
};

// Whether this CPU computes in bf16 (AVX512-BF16 or AMX).
bool cpuHasBf16();

}  // namespace engine
