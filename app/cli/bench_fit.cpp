// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/fit_options.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"
#include "engine/core/stage_times.h"
#include "engine/detector/patchcore.h"
#include "engine/detector/patchcore_fit.h"
#include "engine/image/image_stream.h"
#include "engine/search/coreset.h"

namespace cli {

namespace {

constexpr int fitRounds = 3;

// A whole fit beside those of its parts that no fit can do without, each alone. Seconds.
class FitBench {
public:
    FitBench(const FitOptions& options, Session& session)
        : m_context(session.context()),
          m_parameters(fitParameters(options, session)),
          m_set(engine::openImageSet(options.dataset)),
          m_weights(readMethodWeights(m_parameters, options, session)) {
        if (m_parameters.method != "patchcore")
            throw engine::Error(engine::ErrorCode::Unsupported, "bench fit measures patchcore alone");
        if (m_parameters.limit > 0) throw UsageError("bench fit measures a whole set; leave --limit out");
    }

    void run() {
        fitWhole();
        peakBytes = peakResidentBytes();  // before the patches are held for their own sake
        const auto patches = engine::patchesOfSet(m_parameters, m_set, *m_weights.tensors().backbone, m_context);
        for (int round = 0; round < fitRounds; ++round) {
            fitWhole();
            decodeAlone();
            forwardAlone();
            engine::Stopwatch watch;
            engine::selectCoreset(patches, m_coreset, m_context);
            coreset.add(watch.lapMs() / 1000);
            m_context.report("bench", round + 1, fitRounds);
        }
    }

    Measurements whole, decode, forward, coreset;
    std::int64_t peakBytes = 0;
    std::int64_t candidateBytes = 0;
    std::int64_t images = 0;

private:
    void fitWhole() {
        engine::Stopwatch watch;
        auto result = engine::fit(m_parameters, m_set, m_weights.tensors(), m_context);
        const double seconds = watch.lapMs() / 1000;
        if (!result.failures.empty())
            throw engine::Error(engine::ErrorCode::Unreadable,
                                result.failures.front().reason + "; a measurement needs readable images");
        if (m_model) whole.add(seconds);  // the first warms up
        m_model = std::make_unique<engine::Model>(std::move(result.model));
        images = result.imagesUsed;
        const auto& settings = dynamic_cast<engine::PatchCore&>(*m_model->detector).state().parameters;
        m_coreset = {.share = settings.coresetShare,
                     .count = settings.coresetCount,
                     .projectionDimensions = settings.projection,
                     .seed = m_parameters.seed};
    }

    void decodeAlone() {
        std::vector<std::filesystem::path> paths;
        for (const auto* item : m_set.trainingGood()) paths.push_back(item->path);
        engine::Stopwatch watch;
        engine::ImageStream stream(paths, std::min(2, m_context.threads()));
        while (stream.next(m_context)) continue;
        decode.add(watch.lapMs() / 1000);
    }

    void forwardAlone() {
        const auto& spec = m_model->info.input;
        const engine::Buffer<float> input(static_cast<std::size_t>(spec.width) * static_cast<std::size_t>(spec.height) *
                                          3);
        auto& backbone = dynamic_cast<engine::PatchCore&>(*m_model->detector).extractor().backbone();
        std::int64_t channels = 0;
        engine::Stopwatch watch;
        for (std::int64_t i = 0; i < images; ++i) {
            const auto& maps = backbone.forward(input, 1, spec.height, spec.width, m_context);
            channels = 0;
            for (const auto& map : maps.front()) channels += map.channels;
        }
        forward.add(watch.lapMs() / 1000);
        candidateBytes = m_model->info.candidates * channels * static_cast<std::int64_t>(sizeof(float));
    }

    const engine::RunContext& m_context;
    engine::FitParameters m_parameters;
    engine::ImageSet m_set;
    FitWeightFiles m_weights;
    engine::CoresetParameters m_coreset;
    std::unique_ptr<engine::Model> m_model;
};

int runBenchFit(const FitOptions& options, Session& session) {
    FitBench bench(options, session);
    bench.run();
    const double parts = *bench.decode.median() + *bench.forward.median() + *bench.coreset.median();
    session.console().remark("whole fit        " + bench.whole.text("s"));
    session.console().remark("decoding alone   " + bench.decode.text("s"));
    session.console().remark("network alone    " + bench.forward.text("s"));
    session.console().remark("coreset alone    " + bench.coreset.text("s"));
    writeJson("-", {{"fit_s", *bench.whole.median()},
                    {"decode_alone_s", *bench.decode.median()},
                    {"forward_alone_s", *bench.forward.median()},
                    {"coreset_alone_s", *bench.coreset.median()},
                    {"fit_over_parts", *bench.whole.median() / parts},
                    {"peak_rss_bytes", bench.peakBytes},
                    {"candidate_bytes", bench.candidateBytes},
                    {"images", bench.images}});
    return Done;
}

}  // namespace

void addBenchFit(CommandLine& line, CLI::App& bench) {
    const auto options = std::make_shared<FitOptions>();
    CLI::App& command = line.add(bench, "fit", "A whole fit beside decoding, the network and the coreset, each alone",
                                 [options](Session& session) { return runBenchFit(*options, session); });
    command.add_option("DATASET", options->dataset, "Image set: a folder, or a CSV list")->required();
    addFitOptions(command, *options);
}

}  // namespace cli
