// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/folding.h"

#include <cmath>

#include "engine/core/error.h"

namespace engine {

FoldedConvolution fold(const ConvolutionPlan& plan, const TensorFile& weights) {
    const auto values = [&](const std::string& name) { return weights.tensors.at(name).floats(); };
    const auto weight = values(plan.weight);
    const auto gamma = values(plan.norm + ".weight");
    const auto beta = values(plan.norm + ".bias");
    const auto mean = values(plan.norm + ".running_mean");
    const auto variance = values(plan.norm + ".running_var");

    FoldedConvolution folded;
    folded.weight.resize(weight.size());
    folded.bias.resize(gamma.size());
    const std::size_t perOutput = weight.size() / gamma.size();
    bool finite = true;
    for (std::size_t o = 0; o < gamma.size(); ++o) {
        const double scale = gamma[o] / std::sqrt(variance[o] + plan.epsilon);
        folded.bias[o] = static_cast<float>(beta[o] - mean[o] * scale);
        finite = finite && std::isfinite(folded.bias[o]);
        for (std::size_t i = o * perOutput; i < (o + 1) * perOutput; ++i) {
            folded.weight[i] = static_cast<float>(weight[i] * scale);
            finite = finite && std::isfinite(folded.weight[i]);
        }
    }
    if (!finite)
        throw Error(ErrorCode::Corrupt, "the weights hold values that are not finite in '" + plan.weight + "' or '" +
                                            plan.norm + "'; use an undamaged weight file");
    return folded;
}

}  // namespace engine
