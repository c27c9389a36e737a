// SPDX-License-Identifier: Apache-2.0
#include "engine/training/checkpoint.h"

#include <bit>
#include <span>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

constexpr auto bindingKey = "anomaloscope.checkpoint";
const std::string bestPrefix = "best.";

// Doubles as they are: a container of float32 would round them.
Tensor bitsOf(const std::vector<double>& values) {
    std::vector<std::int64_t> bits;
    for (const double value : values) bits.push_back(std::bit_cast<std::int64_t>(value));
    return Tensor::of({static_cast<std::int64_t>(bits.size())}, std::span<const std::int64_t>(bits));
}

std::vector<std::int64_t> integers(const TensorFile& file, const std::string& name) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end() || found->second.type != DataType::I64)
        throw Error(ErrorCode::Corrupt, "tensor '" + name + "' is missing or of another kind");
    const auto values = found->second.int64s();
    return {values.begin(), values.end()};
}

std::vector<double> doubles(const TensorFile& file, const std::string& name) {
    std::vector<double> values;
    for (const std::int64_t bits : integers(file, name)) values.push_back(std::bit_cast<double>(bits));
    return values;
}

TrainState read(TensorFile& file, Learner& learner) {
    TrainState state;
    const auto counters = integers(file, "train.counters");
    state.report.losses = doubles(file, "train.losses");
    state.report.heldOutLosses = doubles(file, "train.held_out_losses");
    state.epochs = static_cast<std::int64_t>(state.report.losses.size());
    if (counters.size() != 2 || counters[0] < 0 || counters[0] > state.epochs || counters[1] < 0)
        throw Error(ErrorCode::Corrupt, "its counters make no sense");
    state.report.bestEpoch = counters[0];
    state.sinceBest = counters[1];
    for (auto next = file.tensors.lower_bound(bestPrefix);
         next != file.tensors.end() && next->first.starts_with(bestPrefix); next = file.tensors.erase(next))
        state.best.tensors.emplace(next->first.substr(bestPrefix.size()), std::move(next->second));
    learner.restoreCheckpoint(file);
    return state;
}

}  // namespace

void saveCheckpoint(const std::filesystem::path& path, const std::string& binding, const TrainState& state,
                    const Learner& learner) {
    TensorFile file;
    learner.saveCheckpoint(file);
    for (const auto& [name, tensor] : state.best.tensors) file.tensors[bestPrefix + name] = tensor;
    file.tensors["train.losses"] = bitsOf(state.report.losses);
    file.tensors["train.held_out_losses"] = bitsOf(state.report.heldOutLosses);
    const std::vector<std::int64_t> counters{state.report.bestEpoch, state.sinceBest};
    file.tensors["train.counters"] = Tensor::of({2}, std::span<const std::int64_t>(counters));
    file.metadata[bindingKey] = binding;
    writeSafetensors(path, file);
}

std::optional<TrainState> restoreCheckpoint(const std::filesystem::path& path, const std::string& binding,
                                            Learner& learner, const RunContext& context) {
    std::error_code failure;
    if (!std::filesystem::exists(path, failure)) return std::nullopt;
    try {
        TensorFile file = readSafetensors(path);
        if (const auto found = file.metadata.find(bindingKey);
            found == file.metadata.end() || found->second != binding) {
            context.warn(displayPath(path) +
                         ": was left by a training with other images or parameters; training starts anew");
            return std::nullopt;
        }
        return read(file, learner);
    } catch (const Error& error) {
        context.warn(displayPath(path) + ": cannot be used to go on (" + error.what() + "); training starts anew");
        return std::nullopt;
    }
}

}  // namespace engine
