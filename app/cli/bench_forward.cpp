// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/fit_options.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "engine/backbone/backbone.h"
#include "engine/core/random.h"
#include "engine/core/stage_times.h"

namespace cli {

namespace {

constexpr int forwardRounds = 40;

class ForwardPass {
public:
    ForwardPass(engine::BackboneOptions options, engine::Precision precision, const engine::TensorFile& weights,
                const engine::RunContext& context)
        : m_backbone(with(std::move(options), precision), weights, context) {}

    void run(const engine::Buffer<float>& input, int sizePx, const engine::RunContext& context) {
        engine::Stopwatch watch;
        m_backbone.forward(input, 1, sizePx, sizePx, context);
        milliseconds.add(watch.lapMs());
    }
    const engine::Backbone& backbone() const { return m_backbone; }

    Measurements milliseconds;

private:
    static engine::BackboneOptions with(engine::BackboneOptions options, engine::Precision precision) {
        options.precision = precision;
        return options;
    }

    engine::Backbone m_backbone;
};

int runBenchForward(const FitOptions& options, Session& session) {
    const auto& context = session.context();
    const auto weights = readFitWeights(options, session);
    auto backboneOptions = options.backbone;
    backboneOptions.device = session.options().device;
    const int sizePx = std::max(32, (options.sizePx + 16) / 32 * 32);
    engine::Buffer<float> input(static_cast<std::size_t>(sizePx) * static_cast<std::size_t>(sizePx) * 3);
    engine::Random random(session.options().seed);
    for (float& value : input) value = static_cast<float>(random.normal());

    ForwardPass fp32(backboneOptions, engine::Precision::Fp32, weights, context);
    std::optional<ForwardPass> bf16;
    if (engine::cpuHasBf16() || fp32.backbone().device() != "cpu")
        bf16.emplace(backboneOptions, engine::Precision::Bf16, weights, context);
    for (int round = -warmUps; round < forwardRounds; ++round) {
        if (round == 0) {
            fp32.milliseconds = {};
            if (bf16) bf16->milliseconds = {};
        }
        fp32.run(input, sizePx, context);
        if (bf16) bf16->run(input, sizePx, context);
        context.report("forward", round + 1, forwardRounds);
    }
    const double fp32Ms = *fp32.milliseconds.median();
    session.console().remark("fp32  " + fp32.milliseconds.text("ms"));
    if (bf16) session.console().remark("bf16  " + bf16->milliseconds.text("ms"));
    writeJson("-", {{"ms_fp32", fp32Ms},
                    {"ms_bf16", bf16 ? Json(*bf16->milliseconds.median()) : Json(nullptr)},
                    {"gflops_fp32", fp32.backbone().operations(sizePx, sizePx) / fp32Ms / 1e6},
                    {"backbone", fp32.backbone().name()},
                    {"size", sizePx},
                    {"device", fp32.backbone().device()}});
    return Done;
}

}  // namespace

void addBenchForward(CommandLine& line, CLI::App& bench) {
    const auto options = std::make_shared<FitOptions>();
    CLI::App& command = line.add(bench, "forward", "The network alone, in fp32 and bf16",
                                 [options](Session& session) { return runBenchForward(*options, session); });
    addBackboneOptions(command, *options);
}

}  // namespace cli
