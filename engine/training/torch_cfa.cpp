// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <cmath>

#include "engine/training/torch_learner.h"

namespace engine {

namespace {

AdamParameters amsgradOf(const LearnerRequest& request) {
    AdamParameters adam = adamOf(request);
    adam.decoupled = true;
    adam.amsgrad = true;
    return adam;
}

// The patch descriptor of CFA and its loss: engine/detector/cfa.h has the formulas.
// A sample: rows [n, channels] (features and the two coordinates), and to learn from it the rows of the constant "bank"
// [m, dimensions] that are nearest to each descriptor, nearest first, [n, k + j], as floats: m is below 2^24.
class CfaLearner final : public TorchLearner {
public:
    CfaLearner(const LearnerRequest& request, const RunContext& context)
        : TorchLearner(request, amsgradOf(request), context),
          m_attracted(static_cast<std::int64_t>(number("k"))),
          m_nu(number("nu")),
          m_margin(number("margin")) {
        const auto channels = static_cast<std::int64_t>(number("channels"));
        const auto dimensions = static_cast<std::int64_t>(number("dimensions"));
        const double bound = 1 / std::sqrt(static_cast<double>(channels));  // torch.nn.Conv2d's
        m_weight = addUniform("weight", {dimensions, channels, 1, 1}, bound);
        m_bias = addUniform("bias", {dimensions}, bound);
        m_radius = addConstant("radius", {1}, number("radius"));
        if (hasConstant("bank")) m_bank = constant("bank");
    }

protected:
    Loss lossOf(const TorchTensors& parameters, const TorchTensors& sample) const override {
        const at::Tensor descriptors = describe(parameters, sample[0]);
        const at::Tensor& nearest = sample[1];
        const at::Tensor centres = m_bank.index_select(0, nearest.reshape({-1}).to(at::kLong))
                                       .view({nearest.size(0), nearest.size(1), m_bank.size(1)});
        const at::Tensor distances = (descriptors.unsqueeze(1) - centres).square().sum(2);
        const at::Tensor inside = parameters[m_radius].square();
        const std::int64_t repelled = nearest.size(1) - m_attracted;
        at::Tensor loss = (distances.narrow(1, 0, m_attracted) - inside).clamp_min(0).mean();
        if (repelled > 0)
            loss = loss + (inside - distances.narrow(1, m_attracted, repelled) - m_margin).clamp_min(0).mean();
        return {loss / m_nu, {}};
    }

    TorchTensors outputOf(const TorchTensors& parameters, const TorchTensors&,
                          const TorchTensors& sample) const override {
        return {describe(parameters, sample[0])};
    }

private:
    at::Tensor describe(const TorchTensors& parameters, const at::Tensor& rows) const {
        return convolveRows(rows, parameters[m_weight], parameters[m_bias]);
    }

    std::int64_t m_attracted;
    double m_nu;
    double m_margin;
    std::size_t m_weight = 0, m_bias = 0, m_radius = 0;
    at::Tensor m_bank;
};

}  // namespace

std::unique_ptr<Learner> makeCfaLearner(const LearnerRequest& request, const RunContext& context) {
    return std::make_unique<CfaLearner>(request, context);
}

}  // namespace engine
