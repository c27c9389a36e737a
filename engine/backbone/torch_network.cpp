// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/network.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/backbone/torch_convolution.h"
#include "engine/backbone/torch_support.h"
#include "engine/core/error.h"

namespace engine {

namespace {

constexpr int typicalSize = 256;

class TorchExcite {
public:
    TorchExcite(const SqueezeExcitePlan& plan, const TensorFile& weights, TorchTarget target)
        : m_reduceWeight(tensor(weights, plan.reduce + ".weight", target)),
          m_reduceBias(tensor(weights, plan.reduce + ".bias", target)),
          m_expandWeight(tensor(weights, plan.expand + ".weight", target)),
          m_expandBias(tensor(weights, plan.expand + ".bias", target)) {}

    void scale(at::Tensor& input) const {
        at::Tensor gate = at::conv2d(at::mean(input, {2, 3}, true), m_reduceWeight, m_reduceBias);
        activate(gate, Activation::Silu);
        gate = at::conv2d(gate, m_expandWeight, m_expandBias);
        input.mul_(gate.sigmoid_());
    }

private:
    static at::Tensor tensor(const TensorFile& weights, const std::string& name, TorchTarget target) {
        const Tensor& from = weights.tensors.at(name);
        return at::from_blob(const_cast<float*>(from.floats().data()), from.shape,
                             at::TensorOptions().dtype(at::kFloat).device(at::kCPU))
            .to(target.device, target.type, false, true);
    }

    at::Tensor m_reduceWeight, m_reduceBias, m_expandWeight, m_expandBias;
};

struct TorchBlock {
    BlockPlan plan;
    std::vector<TorchConvolution> convolutions;
    std::optional<TorchExcite> excite;
    std::optional<TorchConvolution> shortcut;
};

// Copies one activation out, image by image: to the CPU, to float32, to channels last, in one pass.
void tap(const at::Tensor& activation, const StageName& stage, std::span<const StageName> stages,
         std::vector<std::vector<FeatureMap>>& images) {
    if (stage.empty()) return;
    const auto place = static_cast<std::size_t>(std::find(stages.begin(), stages.end(), stage) - stages.begin());
    for (std::size_t i = 0; i < images.size(); ++i) {
        FeatureMap& map = images[i][place];
        map.stage = stage;
        map.channels = static_cast<int>(activation.size(1));
        map.height = static_cast<int>(activation.size(2));
        map.width = static_cast<int>(activation.size(3));
        map.values.resize(static_cast<std::size_t>(activation[0].numel()));
        at::from_blob(map.values.data(), {map.height, map.width, map.channels},
                      at::TensorOptions().dtype(at::kFloat).device(at::kCPU))
            .copy_(activation[static_cast<std::int64_t>(i)].permute({1, 2, 0}));
    }
}

struct TorchLayers {
    TorchTarget target;
    std::string device;
    std::vector<TorchBlock> blocks;

    void add(const BlockPlan& plan, const TensorFile& weights, int& height, int& width) {
        TorchBlock block{plan, {}, std::nullopt, std::nullopt};
        if (plan.poolsFirst) {
            height = outputSize(height, 2);
            width = outputSize(width, 2);
        }
        if (plan.shortcut) block.shortcut.emplace(*plan.shortcut, fold(*plan.shortcut, weights), target, height, width);
        for (const ConvolutionPlan& convolution : plan.convolutions) {
            block.convolutions.emplace_back(convolution, fold(convolution, weights), target, height, width);
            height = outputSize(height, convolution.stride);
            width = outputSize(width, convolution.stride);
        }
        if (plan.excite) block.excite.emplace(*plan.excite, weights, target);
        blocks.push_back(std::move(block));
    }
};

// LibTorch's exceptions come out as Error{OutOfMemory | Internal}.
class TorchNetwork final : public Network {
public:
    TorchNetwork(const NetworkRequest& request, const RunContext& context);

    const std::string& device() const override { return m_layers->device; }
    void forward(std::span<const float> input, int height, int width, std::span<const StageName> stages,
                 std::vector<std::vector<FeatureMap>>& images, const RunContext& context) override;

private:
    std::unique_ptr<TorchLayers> m_layers;
};

TorchNetwork::TorchNetwork(const NetworkRequest& request, const RunContext& context) {
    translated("loading the backbone", [&] {
        const c10::InferenceMode frozen;
        const at::Device chosen = torchDevice(request.device, context);
        if (request.precision == Precision::Bf16 && chosen.is_cpu() && !cpuHasBf16())
            throw Error(ErrorCode::Unsupported, "this CPU does not compute in bf16; use --precision fp32");
        const TorchTarget target = {chosen, request.precision == Precision::Bf16 ? at::kBFloat16 : at::kFloat};
        at::set_num_threads(context.threads());
        m_layers = std::make_unique<TorchLayers>(TorchLayers{target, chosen.str(), {}});
        int height = typicalSize;
        int width = typicalSize;
        for (const BlockPlan& block : request.plan.blocks) {
            context.checkCancelled();
            m_layers->add(block, request.weights, height, width);
        }
    });
}

void TorchNetwork::forward(std::span<const float> input, int height, int width, std::span<const StageName> stages,
                           std::vector<std::vector<FeatureMap>>& images, const RunContext& context) {
    translated("running the backbone", [&] {
        const c10::InferenceMode frozen;
        // OpenMP's number of threads belongs to the calling thread, which may be another one each time.
        if (at::get_num_threads() != context.threads()) at::set_num_threads(context.threads());
        const auto count = static_cast<std::int64_t>(images.size());
        at::Tensor x = at::from_blob(const_cast<float*>(input.data()), {count, height, width, 3},
                                     at::TensorOptions().dtype(at::kFloat).device(at::kCPU))
                           .permute({0, 3, 1, 2})
                           .to(m_layers->target.device, m_layers->target.type);
        for (const TorchBlock& block : m_layers->blocks) {
            context.checkCancelled();
            if (block.plan.poolsFirst) x = at::max_pool2d(x, {3, 3}, {2, 2}, {1, 1});
            at::Tensor y = x;
            for (std::size_t i = 0; i < block.convolutions.size(); ++i) {
                if (block.excite && i + 1 == block.convolutions.size()) block.excite->scale(y);
                y = block.convolutions[i].run(y);
                if (i == 0) tap(y, block.plan.expandedStage, stages, images);
            }
            if (block.shortcut)
                y.add_(block.shortcut->run(x));
            else if (block.plan.addsInput)
                y.add_(x);
            activate(y, block.plan.activation);
            x = std::move(y);
            tap(x, block.plan.stage, stages, images);
        }
    });
}

}  // namespace

}  // namespace engine

extern "C" engine::Network* anomaloscopeMakeTorchNetwork(const engine::NetworkRequest& request,
                                                         const engine::RunContext& context) {
    return new engine::TorchNetwork(request, context);
}
