// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <cmath>

#include "engine/training/torch_learner.h"

namespace engine {

namespace {

constexpr double varianceFloor = 1e-5;  // torch.nn.BatchNorm's

// The mappings of PFM: engine/detector/pfm.h has the formulas.
// A sample: for each stage the rows of the first network [n, from] and of the second [n, to], each row of length 1.
class PfmLearner final : public TorchLearner {
public:
    PfmLearner(const LearnerRequest& request, const RunContext& context)
        : TorchLearner(request, adamOf(request), context) {
        const auto stages = static_cast<std::int64_t>(number("stages"));
        for (std::int64_t s = 0; s < stages; ++s) {
            const std::string name = "stage" + std::to_string(s);
            const std::string suffix = "." + std::to_string(s);
            const auto from = static_cast<std::int64_t>(number("from" + suffix));
            const auto to = static_cast<std::int64_t>(number("to" + suffix));
            const auto latent = static_cast<std::int64_t>(number("latent" + suffix));
            const double rate = number("rate" + suffix);
            Stage stage;
            stage.middle = layer(name + ".middle", 2 * latent, latent, false, rate);
            for (const bool forward : {true, false}) {
                const std::int64_t in = forward ? from : to;
                const std::int64_t out = forward ? to : from;
                const std::string way = name + (forward ? ".forward" : ".backward");
                Way& layers = forward ? stage.forward : stage.backward;
                layers.encoder = {layer(way + ".encoder0", in, in / 2 + latent, true, rate),
                                  layer(way + ".encoder1", in / 2 + latent, 2 * latent, true, rate)};
                layers.decoder = {layer(way + ".decoder0", latent, 2 * latent, true, rate),
                                  layer(way + ".decoder1", 2 * latent, out / 2 + latent, true, rate),
                                  layer(way + ".decoder2", out / 2 + latent, out, false, rate)};
            }
            m_stages.push_back(std::move(stage));
        }
    }

protected:
    Loss lossOf(const TorchTensors& parameters, const TorchTensors& sample) const override {
        Loss loss{at::zeros({}, sample[0].options()), TorchTensors(m_buffers)};
        Pass pass{parameters, nullptr, &loss.observed};
        for (std::size_t s = 0; s < m_stages.size(); ++s) {
            const at::Tensor& from = sample[2 * s];
            const at::Tensor& to = sample[2 * s + 1];
            loss.value = loss.value + (map(m_stages[s], true, from, pass) - to).square().mean() +
                         (map(m_stages[s], false, to, pass) - from).square().mean();
        }
        return loss;
    }

    // For each stage the squared length of what the mappings miss, the mean of both ways, [n].
    TorchTensors outputOf(const TorchTensors& parameters, const TorchTensors& buffers,
                          const TorchTensors& sample) const override {
        TorchTensors errors;
        const Pass pass{parameters, &buffers, nullptr};
        for (std::size_t s = 0; s < m_stages.size(); ++s) {
            const at::Tensor& from = sample[2 * s];
            const at::Tensor& to = sample[2 * s + 1];
            const at::Tensor forward = (map(m_stages[s], true, from, pass) - to).square().sum(1);
            const at::Tensor backward = (map(m_stages[s], false, to, pass) - from).square().sum(1);
            errors.push_back((forward + backward) / 2);
        }
        return errors;
    }

private:
    struct MappingLayer : Layer {
        bool normalised = false;             // batch norm and ReLU follow
        std::size_t gain = 0, shift = 0;     // parameters
        std::size_t mean = 0, variance = 0;  // buffers
    };
    struct Way {
        std::vector<MappingLayer> encoder, decoder;
    };
    struct Stage {
        Way forward, backward;
        MappingLayer middle;  // shared by both ways
    };
    struct Pass {
        const TorchTensors& parameters;
        const TorchTensors* buffers;  // null: learning, from the statistics of the sample itself ...
        TorchTensors* observed;       // ... which come out here
    };

    MappingLayer layer(const std::string& name, std::int64_t in, std::int64_t out, bool normalised, double rate) {
        const double bound = 1 / std::sqrt(static_cast<double>(in));  // torch.nn.Conv2d's
        MappingLayer made;
        made.weight = addUniform(name + ".weight", {out, in, 1, 1}, bound, rate);
        made.bias = addUniform(name + ".bias", {out}, bound, rate);
        made.normalised = normalised;
        if (!normalised) return made;
        made.gain = addConstant(name + ".gain", {out}, 1, rate);
        made.shift = addConstant(name + ".shift", {out}, 0, rate);
        made.mean = addBuffer(name + ".mean", {out}, 0);
        made.variance = addBuffer(name + ".variance", {out}, 1);
        m_buffers += 2;
        return made;
    }

    static at::Tensor run(const MappingLayer& layer, const at::Tensor& rows, const Pass& pass) {
        const at::Tensor out = convolveRows(rows, pass.parameters[layer.weight], pass.parameters[layer.bias]);
        if (!layer.normalised) return out;
        at::Tensor mean;
        at::Tensor variance;
        if (pass.buffers != nullptr) {
            mean = (*pass.buffers)[layer.mean];
            variance = (*pass.buffers)[layer.variance];
        } else {
            mean = out.mean(0);
            variance = (out - mean).square().mean(0);
            (*pass.observed)[layer.mean] = mean;
            (*pass.observed)[layer.variance] = variance;
        }
        const at::Tensor scale = (variance + varianceFloor).rsqrt() * pass.parameters[layer.gain];
        return ((out - mean) * scale + pass.parameters[layer.shift]).relu();
    }

    static at::Tensor map(const Stage& stage, bool forward, at::Tensor rows, const Pass& pass) {
        const Way& way = forward ? stage.forward : stage.backward;
        for (const MappingLayer& layer : way.encoder) rows = run(layer, rows, pass);
        rows = run(stage.middle, rows, pass);
        for (const MappingLayer& layer : way.decoder) rows = run(layer, rows, pass);
        return rows;
    }

    std::vector<Stage> m_stages;
    std::size_t m_buffers = 0;
};

}  // namespace

std::unique_ptr<Learner> makePfmLearner(const LearnerRequest& request, const RunContext& context) {
    return std::make_unique<PfmLearner>(request, context);
}

}  // namespace engine
