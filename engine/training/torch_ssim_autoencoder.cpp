// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <array>
#include <cmath>

#include "engine/training/torch_learner.h"

namespace engine {

namespace {

constexpr std::int64_t patchPx = 128;
constexpr std::int64_t codePx = 8;  // what the last layer but one of the encoder leaves of the patch
// Bergmann et al., 2018, give them as they are, for values in [0, 1].
constexpr double stabiliser1 = 0.01;
constexpr double stabiliser2 = 0.03;

struct LayerPlan {
    std::int64_t channels;  // that it gives; the last gives the latent vector
    std::int64_t side;
    std::int64_t stride;
    std::int64_t padding;
};

// Table 1 of the paper but for its last row, which is the latent vector's.
constexpr std::array<LayerPlan, 8> plan{{{32, 4, 2, 1},
                                         {32, 4, 2, 1},
                                         {32, 3, 1, 1},
                                         {64, 4, 2, 1},
                                         {64, 3, 1, 1},
                                         {128, 4, 2, 1},
                                         {64, 3, 1, 1},
                                         {32, 3, 1, 1}}};

// The mean over a window of each pixel, as two products with a band: [side, side], row by row what lies inside.
at::Tensor windowOf(std::int64_t side, std::int64_t window, const at::TensorOptions& options) {
    const at::Tensor places = at::arange(side, options);
    const at::Tensor inside =
        (places.unsqueeze(1) - places.unsqueeze(0)).abs().le(static_cast<double>(window / 2)).to(at::kFloat);
    return inside / inside.sum(1, true);
}

// The autoencoder of Bergmann et al. and its loss: engine/detector/ssim_autoencoder.h has the formulas.
// A sample: patches [n, 3, 128, 128] with values in [0, 1]. It comes out as the maps of 1 - SSIM [n, 128, 128], the
// mean of the three colours, and the reconstructions.
class SsimAutoencoderLearner final : public TorchLearner {
public:
    SsimAutoencoderLearner(const LearnerRequest& request, const RunContext& context)
        : TorchLearner(request, adamOf(request), context), m_window(static_cast<std::int64_t>(number("window"))) {
        const LayerPlan code{static_cast<std::int64_t>(number("latent")), codePx, 1, 0};
        std::int64_t in = 3;
        for (std::size_t i = 0; i < plan.size(); ++i) {
            m_encoder[i] = convolution("encoder" + std::to_string(i), in, plan[i]);
            in = plan[i].channels;
        }
        m_code = convolution("code", in, code);
        m_uncode = transposed("uncode", in, code);
        // The same backwards: what a layer took, its mirror image gives.
        for (std::size_t i = plan.size(); i-- > 0;)
            m_decoder[plan.size() - 1 - i] =
                transposed("decoder" + std::to_string(plan.size() - 1 - i), i > 0 ? plan[i - 1].channels : 3, plan[i]);
    }

protected:
    Loss lossOf(const TorchTensors& parameters, const TorchTensors& sample) const override {
        return {dissimilarity(sample[0], reconstruct(parameters, sample[0])).mean(), {}};
    }

    TorchTensors outputOf(const TorchTensors& parameters, const TorchTensors&,
                          const TorchTensors& sample) const override {
        const at::Tensor reconstructed = reconstruct(parameters, sample[0]);
        return {dissimilarity(sample[0], reconstructed).mean(1), reconstructed};
    }

private:
    struct ConvolutionLayer : Layer {
        std::int64_t stride = 1, padding = 0;
    };

    static constexpr double slope = 0.2;  // of the leaky rectifiers

    // He's initial values, as in torch_patch_svdd.cpp, from the numbers that a pixel of the output is a sum of.
    ConvolutionLayer made(const std::string& name, std::vector<std::int64_t> shape, std::int64_t summed,
                          std::int64_t out, const LayerPlan& from) {
        const double bound = std::sqrt(6 / ((1 + slope * slope) * static_cast<double>(summed)));
        return {{addUniform(name + ".weight", std::move(shape), bound), addConstant(name + ".bias", {out}, 0)},
                from.stride,
                from.padding};
    }

    ConvolutionLayer convolution(const std::string& name, std::int64_t in, const LayerPlan& layer) {
        const std::int64_t window = layer.side * layer.side;
        return made(name, {layer.channels, in, layer.side, layer.side}, in * window, layer.channels, layer);
    }

    // Its weights name first what it takes, which is what its image in the mirror gives.
    ConvolutionLayer transposed(const std::string& name, std::int64_t out, const LayerPlan& mirrored) {
        const std::int64_t window = mirrored.side * mirrored.side / (mirrored.stride * mirrored.stride);
        const std::int64_t met = mirrored.side == codePx ? 1 : window;  // of the window, by one pixel of the output
        return made(name, {mirrored.channels, out, mirrored.side, mirrored.side}, mirrored.channels * met, out,
                    mirrored);
    }

    at::Tensor reconstruct(const TorchTensors& parameters, at::Tensor x) const {
        for (const ConvolutionLayer& layer : m_encoder)
            x = at::leaky_relu(at::conv2d(x, parameters[layer.weight], parameters[layer.bias],
                                          at::IntArrayRef({layer.stride, layer.stride}),
                                          at::IntArrayRef({layer.padding, layer.padding})),
                               slope);
        x = at::conv2d(x, parameters[m_code.weight], parameters[m_code.bias]);
        x = at::leaky_relu(at::conv_transpose2d(x, parameters[m_uncode.weight], parameters[m_uncode.bias]), slope);
        for (std::size_t i = 0; i < m_decoder.size(); ++i) {
            const ConvolutionLayer& layer = m_decoder[i];
            x = at::conv_transpose2d(x, parameters[layer.weight], parameters[layer.bias],
                                     at::IntArrayRef({layer.stride, layer.stride}),
                                     at::IntArrayRef({layer.padding, layer.padding}));
            if (i + 1 < m_decoder.size()) x = at::leaky_relu(x, slope);
        }
        return x;
    }

    // 1 - SSIM of each pixel and colour, over the part of the window that lies in the patch.
    at::Tensor dissimilarity(const at::Tensor& x, const at::Tensor& y) const {
        const at::Tensor band = windowOf(patchPx, m_window, x.options());
        const auto blurred = [&](const at::Tensor& values) {
            const std::int64_t lines = values.numel() / patchPx;
            const at::Tensor weight = band.view({patchPx, patchPx, 1, 1});
            const at::Tensor none = at::zeros({patchPx}, band.options());
            const at::Tensor across =
                convolveRows(values.reshape({lines, patchPx}), weight, none).view(values.sizes()).transpose(-1, -2);
            return convolveRows(across.reshape({lines, patchPx}), weight, none).view(values.sizes()).transpose(-1, -2);
        };
        const at::Tensor meanX = blurred(x);
        const at::Tensor meanY = blurred(y);
        const at::Tensor varianceX = blurred(x * x) - meanX * meanX;
        const at::Tensor varianceY = blurred(y * y) - meanY * meanY;
        const at::Tensor covariance = blurred(x * y) - meanX * meanY;
        const at::Tensor ssim = (2 * meanX * meanY + stabiliser1) * (2 * covariance + stabiliser2) /
                                ((meanX * meanX + meanY * meanY + stabiliser1) * (varianceX + varianceY + stabiliser2));
        return 1 - ssim;
    }

    std::int64_t m_window;
    std::array<ConvolutionLayer, plan.size()> m_encoder;
    std::array<ConvolutionLayer, plan.size()> m_decoder;
    ConvolutionLayer m_code, m_uncode;
};

}  // namespace

std::unique_ptr<Learner> makeSsimAutoencoderLearner(const LearnerRequest& request, const RunContext& context) {
    return std::make_unique<SsimAutoencoderLearner>(request, context);
}

}  // namespace engine
