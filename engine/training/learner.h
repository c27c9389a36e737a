// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backbone/tensor_file.h"
#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

struct FloatTensor {
    std::vector<std::int64_t> shape;
    Buffer<float> values;  // row-major, packed
};

// What one image (or one crop, one pair of patches) lends to a step; each kind of learner says which tensors.
using Sample = std::vector<FloatTensor>;

// A small network that a method trains. Not thread-safe: one thread at a time, which uses the cores inside.
//
// Same seed, same samples: same bits, for any number of threads. A step gives each sample of its batch to one thread,
// which computes alone, and adds losses and gradients up in the order of the batch. On a GPU, what LibTorch promises.
class Learner {
public:
    virtual ~Learner() = default;

    // One optimiser step on the mean of the samples' losses; returns that mean, as it was before the step.
    virtual double step(std::span<const Sample> batch, const RunContext& context) = 0;
    // The mean of the samples' losses; nothing is learned.
    virtual double loss(std::span<const Sample> batch, const RunContext& context) = 0;
    virtual std::vector<FloatTensor> infer(const Sample& sample, const RunContext& context) = 0;

    // The weights alone: what the model file carries. Names start with "learner.".
    virtual void save(TensorFile& file) const = 0;
    // The weights and what the optimiser remembers: the learner restored from it goes on to the same bits.
    virtual void saveCheckpoint(TensorFile& file) const = 0;
    // Throws Error{Corrupt}: a tensor is missing, of another shape, or holds a value that is not finite.
    virtual void restoreCheckpoint(const TensorFile& file) = 0;
};

struct LearnerRequest {
    std::string_view kind;                         // "cfa", "pfm", "patch-svdd", "ssim-ae"
    const std::map<std::string, double>& numbers;  // each kind names its own; one that is missing is a fault
    const TensorFile& constants;                   // what it learns against and never changes; often empty
    const TensorFile* weights;                     // of save(); null: initial values from the seed
    std::uint64_t seed;
    const std::string& device;
};

}  // namespace engine

// The second door of the LibTorch module; engine/backbone/network.h says how it is opened.
// Throws engine::Error{NoDevice | Unsupported | Corrupt | OutOfMemory | Internal}, engine::Cancelled.
extern "C" engine::Learner* anomaloscopeMakeTorchLearner(const engine::LearnerRequest& request,
                                                         const engine::RunContext& context);
