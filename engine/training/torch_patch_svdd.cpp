// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <array>
#include <cmath>

#include "engine/training/torch_learner.h"

namespace engine {

namespace {

constexpr std::int64_t hidden = 128;
constexpr std::int64_t positions = 8;
constexpr std::int64_t cellPx = 2;      // the stride of the first layer
constexpr std::int64_t halfCells = 16;  // half of a 64-pixel patch

// The encoders of Patch SVDD and its losses: engine/detector/patch_svdd.h has the formulas. No layer pads, so a patch
// of a picture has the descriptor that it has by itself, and overlapping patches share their work. A sample to learn
// from: two views of a crop [3, h, w]; then for patches of 32 and for those of 64 pixels pairs [n, 3] for the position
// and pairs [n, 3] for the SVDD loss: two upper left corners, each y * cells + x in cells of two pixels, with `cells` a
// row of the crop's 32-pixel patches, and the position. A sample to encode: a picture.
class PatchSvddLearner final : public TorchLearner {
public:
    PatchSvddLearner(const LearnerRequest& request, const RunContext& context)
        : TorchLearner(request, adamOf(request), context),
          m_pull(number("lambda")),
          m_dimensions(static_cast<std::int64_t>(number("dimensions"))),
          m_stride(static_cast<std::int64_t>(number("stride"))) {
        const std::array<std::int64_t, 9> channels{3, 32, 64, 128, 128, 64, 32, 32, m_dimensions};
        for (std::size_t i = 0; i < m_small.size(); ++i)
            m_small[i] = layer("small" + std::to_string(i), channels[i], channels[i + 1], 3);
        m_big = {layer("big0", m_dimensions, hidden, 2), layer("big1", hidden, m_dimensions, 1)};
        for (std::size_t scale = 0; scale < 2; ++scale) {
            const std::string name = scale == 0 ? "position_small" : "position_big";
            m_position[scale] = {layer(name + "0", m_dimensions, hidden, 1), layer(name + "1", hidden, hidden, 1),
                                 undecided(name + "2")};
        }
    }

protected:
    Loss lossOf(const TorchTensors& parameters, const TorchTensors& sample) const override {
        const at::Tensor maps = encodeSmall(parameters, at::stack({sample[0], sample[1]}), 1);
        const std::int64_t columns = maps.size(3);
        const std::int64_t cells = maps.size(2) * columns;
        // [2 * cells, dimensions]: the patches of the first view, then those of the second.
        const at::Tensor rows = maps.permute({0, 2, 3, 1}).reshape({2 * cells, m_dimensions});
        at::Tensor loss = at::zeros({}, rows.options());
        for (std::size_t scale = 0; scale < 2; ++scale) {
            const auto described = [&](const at::Tensor& pairs, std::int64_t column, std::int64_t view) {
                const at::Tensor places = pairs.select(1, column).to(at::kLong) + view * cells;
                return scale == 0 ? rows.index_select(0, places) : describeBig(parameters, rows, places, columns);
            };
            const at::Tensor& apart = sample[2 + 2 * scale];
            const at::Tensor& near = sample[3 + 2 * scale];
            if (apart.size(0) > 0) {
                at::Tensor logits = described(apart, 0, 0) - described(apart, 1, 1);
                for (const Layer& layer : m_position[scale]) {
                    if (&layer != m_position[scale].data()) logits = at::leaky_relu(logits, slope);
                    logits = convolveRows(logits, parameters[layer.weight], parameters[layer.bias]);
                }
                loss = loss + at::cross_entropy_loss(logits, apart.select(1, 2).to(at::kLong));
            }
            // Both out of one view: what the noise does is not what should be forgiven.
            if (near.size(0) > 0)
                loss = loss + m_pull * (described(near, 0, 0) - described(near, 1, 0)).norm(2, 1).mean();
        }
        return {loss, {}};
    }

    // [rows, columns, dimensions] of the 32-pixel patches at the stride, and of the 64-pixel patches at four times it.
    TorchTensors outputOf(const TorchTensors& parameters, const TorchTensors&,
                          const TorchTensors& sample) const override {
        const at::Tensor small = encodeSmall(parameters, sample[0].unsqueeze(0), m_stride / cellPx);
        const std::int64_t apart = halfCells * cellPx / m_stride;
        at::Tensor big = at::conv2d(small, parameters[m_big[0].weight], parameters[m_big[0].bias],
                                    at::IntArrayRef({4, 4}), at::IntArrayRef({0, 0}), at::IntArrayRef({apart, apart}));
        big = at::conv2d(at::leaky_relu(big, slope), parameters[m_big[1].weight], parameters[m_big[1].bias]).tanh();
        return {small[0].permute({1, 2, 0}), big[0].permute({1, 2, 0})};
    }

private:
    static constexpr double slope = 0.1;  // of the leaky rectifiers

    // He's initial values: torch's own lose two thirds of the variance in each of eight layers, and a fit of minutes
    // cannot spare the epochs that it takes to win it back.
    Layer layer(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t side) {
        const double bound = std::sqrt(6 / ((1 + slope * slope) * static_cast<double>(in * side * side)));
        return {addUniform(name + ".weight", {out, in, side, side}, bound), addConstant(name + ".bias", {out}, 0)};
    }

    // The last layer of a perceptron starts with all positions alike. From random answers the encoder first learns to
    // say nothing, and does not come back.
    Layer undecided(const std::string& name) {
        return {addConstant(name + ".weight", {positions, hidden, 1, 1}, 0),
                addConstant(name + ".bias", {positions}, 0)};
    }

    at::Tensor encodeSmall(const TorchTensors& parameters, at::Tensor x, std::int64_t lastStride) const {
        for (std::size_t i = 0; i < m_small.size(); ++i) {
            const std::int64_t stride = i == 0 ? cellPx : i + 1 == m_small.size() ? lastStride : 1;
            x = at::conv2d(x, parameters[m_small[i].weight], parameters[m_small[i].bias],
                           at::IntArrayRef({stride, stride}));
            x = i + 1 < m_small.size() ? at::leaky_relu(x, slope) : x.tanh();
        }
        return x;
    }

    // The 64-pixel patches at some places alone: their four quarters, then the same two layers.
    at::Tensor describeBig(const TorchTensors& parameters, const at::Tensor& rows, const at::Tensor& places,
                           std::int64_t columns) const {
        TorchTensors quarters;
        for (const std::int64_t offset : {std::int64_t{0}, halfCells, halfCells * columns, halfCells * (columns + 1)})
            quarters.push_back(rows.index_select(0, places + offset));
        const at::Tensor weight =
            parameters[m_big[0].weight].permute({0, 2, 3, 1}).reshape({hidden, 4 * m_dimensions, 1, 1});
        const at::Tensor middle = convolveRows(at::cat(quarters, 1), weight, parameters[m_big[0].bias]);
        return convolveRows(at::leaky_relu(middle, slope), parameters[m_big[1].weight], parameters[m_big[1].bias])
            .tanh();
    }

    double m_pull;
    std::int64_t m_dimensions;
    std::int64_t m_stride;
    std::array<Layer, 8> m_small;
    std::array<Layer, 2> m_big;
    std::array<std::array<Layer, 3>, 2> m_position;
};

}  // namespace

std::unique_ptr<Learner> makePatchSvddLearner(const LearnerRequest& request, const RunContext& context) {
    return std::make_unique<PatchSvddLearner>(request, context);
}

}  // namespace engine
