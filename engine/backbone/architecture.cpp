// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/architecture.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

std::optional<ArchitecturePlan> wholePlan(std::string_view name) {
    if (auto plan = planResnet(name)) return plan;
    if (auto plan = planEfficientnetLite(name)) return plan;
    return planEfficientnet(name);
}

std::vector<ArchitectureInfo> allArchitectures() {
    std::vector<ArchitectureInfo> all;
    for (const auto names : {resnetNames(), efficientnetLiteNames(), efficientnetNames()})
        for (const std::string_view name : names) all.push_back(wholePlan(name)->info);
    return all;
}

template <typename Strings, typename Text>
std::string joined(const Strings& strings, Text&& text) {
    std::string line;
    for (const auto& item : strings) line += (line.empty() ? "" : ", ") + std::string(text(item));
    return line;
}

void addTensors(const ConvolutionPlan& convolution, std::vector<TensorPlan>& tensors) {
    tensors.push_back(
        {convolution.weight,
         {convolution.outputs, convolution.inputs / convolution.groups, convolution.kernel, convolution.kernel}});
    for (const char* leaf : {".weight", ".bias", ".running_mean", ".running_var"})
        tensors.push_back({convolution.norm + leaf, {convolution.outputs}});
}

void addTensors(const SqueezeExcitePlan& excite, std::vector<TensorPlan>& tensors) {
    tensors.push_back({excite.reduce + ".weight", {excite.squeezed, excite.channels, 1, 1}});
    tensors.push_back({excite.reduce + ".bias", {excite.squeezed}});
    tensors.push_back({excite.expand + ".weight", {excite.channels, excite.squeezed, 1, 1}});
    tensors.push_back({excite.expand + ".bias", {excite.channels}});
}

double operationsOf(const ConvolutionPlan& convolution, int height, int width) {
    return 2.0 * outputSize(height, convolution.stride) * outputSize(width, convolution.stride) * convolution.outputs *
           (convolution.inputs / convolution.groups) * convolution.kernel * convolution.kernel;
}

}  // namespace

const std::vector<ArchitectureInfo>& architectures() {
    static const std::vector<ArchitectureInfo> all = allArchitectures();
    return all;
}

const ArchitectureInfo& architecture(std::string_view name) {
    for (const ArchitectureInfo& info : architectures())
        if (info.name == name) return info;
    throw Error(ErrorCode::InvalidArgument,
                "no backbone is called '" + displayPath(name) + "'; choose one of " +
                    joined(architectures(), [](const ArchitectureInfo& info) { return info.name; }));
}

ArchitecturePlan planOf(std::string_view name, std::vector<StageName>& stages) {
    const ArchitectureInfo& info = architecture(name);
    if (stages.empty()) stages = info.defaultStages;
    for (const StageName& stage : stages) {
        if (std::find(info.stages.begin(), info.stages.end(), stage) == info.stages.end())
            throw Error(ErrorCode::InvalidArgument,
                        info.name + " has no stage '" + displayPath(stage) + "'; choose among " +
                            joined(info.stages, [](const StageName& known) { return known; }));
        if (std::count(stages.begin(), stages.end(), stage) > 1)
            throw Error(ErrorCode::InvalidArgument, "stage " + stage + " is asked for twice; name it once");
    }

    ArchitecturePlan plan = *wholePlan(name);
    const auto wanted = [&](const StageName& stage) {
        return !stage.empty() && std::find(stages.begin(), stages.end(), stage) != stages.end();
    };
    while (!wanted(plan.blocks.back().stage) && !wanted(plan.blocks.back().expandedStage)) plan.blocks.pop_back();
    BlockPlan& last = plan.blocks.back();
    if (!wanted(last.stage)) {
        last.convolutions.resize(1);
        last.excite.reset();
        last.shortcut.reset();
        last.addsInput = false;
    }
    for (BlockPlan& block : plan.blocks) {
        if (!wanted(block.stage)) block.stage.clear();
        if (!wanted(block.expandedStage)) block.expandedStage.clear();
    }
    return plan;
}

std::vector<StageName> stagesIn(const TensorFile& weights, std::string_view architectureName) {
    std::vector<StageName> there;
    for (const StageName& stage : architecture(architectureName).stages) {
        std::vector<StageName> alone{stage};
        const auto needed = tensorsOf(planOf(architectureName, alone));
        if (std::all_of(needed.begin(), needed.end(),
                        [&](const TensorPlan& tensor) { return weights.tensors.contains(tensor.name); }))
            there.push_back(stage);
    }
    return there;
}

std::vector<TensorPlan> tensorsOf(const ArchitecturePlan& plan) {
    std::vector<TensorPlan> tensors;
    for (const BlockPlan& block : plan.blocks) {
        for (std::size_t i = 0; i < block.convolutions.size(); ++i) {
            if (block.excite && i + 1 == block.convolutions.size()) addTensors(*block.excite, tensors);
            addTensors(block.convolutions[i], tensors);
        }
        if (block.shortcut) addTensors(*block.shortcut, tensors);
    }
    return tensors;
}

double operationsOf(const ArchitecturePlan& plan, int height, int width) {
    double total = 0;
    for (const BlockPlan& block : plan.blocks) {
        if (block.poolsFirst) {
            height = outputSize(height, 2);
            width = outputSize(width, 2);
        }
        if (block.shortcut) total += operationsOf(*block.shortcut, height, width);
        if (block.excite) total += 4.0 * block.excite->channels * block.excite->squeezed;
        for (const ConvolutionPlan& convolution : block.convolutions) {
            total += operationsOf(convolution, height, width);
            height = outputSize(height, convolution.stride);
            width = outputSize(width, convolution.stride);
        }
    }
    return total;
}

}  // namespace engine
