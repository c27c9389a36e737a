// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/backbone.h"

#include <limits>
#include <utility>

#include "engine/backbone/architecture.h"
#include "engine/backbone/network.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace engine {

namespace {

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (const std::int64_t size : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

// The tensors that the plan uses. Throws Error{Mismatch} about the first one, in network order, that does not fit.
TensorFile select(const ArchitecturePlan& plan, const TensorFile& weights) {
    TensorFile used;
    used.metadata = weights.metadata;
    const std::string remedy = "; use weights of " + plan.info.name + ", or name the backbone that these are of";
    for (const TensorPlan& needed : tensorsOf(plan)) {
        const auto found = weights.tensors.find(needed.name);
        const std::string expected =
            "the weights do not fit " + plan.info.name + ": tensor '" + needed.name + "' " + shapeText(needed.shape);
        if (found == weights.tensors.end()) throw Error(ErrorCode::Mismatch, expected + " is missing" + remedy);
        if (found->second.shape != needed.shape)
            throw Error(ErrorCode::Mismatch,
                        expected + " has the shape " + shapeText(found->second.shape) + " there" + remedy);
        if (found->second.type != DataType::F32)
            throw Error(ErrorCode::Mismatch, expected + " holds integers there" + remedy);
        used.tensors.insert(*found);
    }
    return used;
}

// Lengths and separators are part of what is hashed, so that no two sets of tensors give the same text.
std::string identityOf(const TensorFile& weights) {
    Sha256 hash;
    for (const auto& [name, tensor] : weights.tensors) {
        hash.update(name + '\0' + "F32" + shapeText(tensor.shape) + '\0');
        hash.update(std::span<const std::byte>(tensor.bytes));
    }
    return hash.hex();
}

}  // namespace

struct Backbone::Network {
    std::vector<StageName> stages;
    ArchitecturePlan plan;
    Precision precision;
    TensorFile weights;
    std::string identity;
    std::unique_ptr<engine::Network> torch;
    std::vector<std::vector<FeatureMap>> images = {};
};

Backbone::Backbone(const BackboneOptions& options, const TensorFile& weights, const RunContext& context) {
    std::vector<StageName> stages = options.stages;
    ArchitecturePlan plan = planOf(options.name, stages);
    TensorFile used = select(plan, weights);
    std::string identity = identityOf(used);
    context.checkCancelled();
    std::unique_ptr<engine::Network> torch(
        anomaloscopeMakeTorchNetwork({plan, used, options.device, options.precision}, context));
    m_network.reset(new Network{std::move(stages), std::move(plan), options.precision, std::move(used),
                                std::move(identity), std::move(torch)});
}

Backbone::~Backbone() = default;
Backbone::Backbone(Backbone&&) noexcept = default;
Backbone& Backbone::operator=(Backbone&&) noexcept = default;

const std::string& Backbone::name() const {
    return m_network->plan.info.name;
}

const std::vector<StageName>& Backbone::stages() const {
    return m_network->stages;
}

const std::string& Backbone::device() const {
    return m_network->torch->device();
}

Precision Backbone::precision() const {
    return m_network->precision;
}

const std::string& Backbone::identity() const {
    return m_network->identity;
}

const TensorFile& Backbone::weights() const {
    return m_network->weights;
}

std::vector<std::vector<FeatureMap>>& Backbone::forward(std::span<const float> input, int count, int height, int width,
                                                        const RunContext& context) {
    constexpr int largestSide = 1 << 16;
    if (count < 1 || height < 1 || width < 1 || height > largestSide || width > largestSide ||
        input.size() / 3 / static_cast<std::size_t>(height) / static_cast<std::size_t>(width) !=
            static_cast<std::size_t>(count) ||
        input.size() !=
            static_cast<std::size_t>(count) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * 3)
        throw Error(
            ErrorCode::InvalidArgument,
            "the backbone wants count x height x width x 3 values, with all three positive and sides up to 65536");
    auto& images = m_network->images;
    images.resize(static_cast<std::size_t>(count));
    for (auto& maps : images) maps.resize(m_network->stages.size());
    m_network->torch->forward(input, height, width, m_network->stages, images, context);
    return images;
}

double Backbone::operations(int height, int width) const {
    return operationsOf(m_network->plan, height, width);
}

}  // namespace engine
