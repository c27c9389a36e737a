// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/bench_images.h"
#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"
#include "engine/core/stage_times.h"
#include "engine/detector/evaluate.h"
#include "engine/image/image_stream.h"

namespace cli {

namespace {

constexpr std::size_t roundImages = 40;
constexpr std::size_t heldImages = 8;  // decoded, for scoring alone: large images would not all fit

struct ThroughputOptions {
    std::string model;
    std::string dataset;
    std::int64_t images = 400;
};

using Paths = std::vector<std::filesystem::path>;

[[noreturn]] void refuseImage(const engine::ImageFailure& failure) {
    throw engine::Error(engine::ErrorCode::Unreadable, failure.reason + "; a measurement needs readable images");
}

// Rounds of three sides, so that a change of the machine's pace meets them all alike. Milliseconds an image.
class ThroughputBench {
public:
    ThroughputBench(engine::Detector& detector, Paths paths, const engine::RunContext& context)
        : m_detector(detector), m_paths(std::move(paths)), m_context(context) {}

    void round() {
        Paths some;
        for (std::size_t i = 0; i < roundImages; ++i) some.push_back(m_paths[m_next++ % m_paths.size()]);
        const auto held = decodeAlone(some);
        scoreAlone(held);
        engine::Stopwatch watch;
        engine::scoreImages(m_detector, some, m_context, [](engine::ScoredImage& scored) {
            if (scored.failure) refuseImage(*scored.failure);
        });
        together.add(watch.lapMs() / roundImages);
    }

    Measurements decoding, scoring, together;

private:
    std::vector<engine::Image> decodeAlone(const Paths& some) {
        std::vector<engine::Image> held;
        engine::Stopwatch watch;
        engine::ImageStream stream(some, std::min(2, m_context.threads()));
        while (auto next = stream.next(m_context)) {
            if (next->failure) refuseImage(*next->failure);
            if (held.size() < heldImages) held.push_back(std::move(*next->image));
        }
        decoding.add(watch.lapMs() / roundImages);
        return held;
    }

    void scoreAlone(const std::vector<engine::Image>& held) {
        engine::Stopwatch watch;
        for (std::size_t i = 0; i < roundImages; ++i) m_detector.score(held[i % held.size()], m_context);
        scoring.add(watch.lapMs() / roundImages);
    }

    engine::Detector& m_detector;
    Paths m_paths;
    const engine::RunContext& m_context;
    std::size_t m_next = 0;
};

int runBenchThroughput(const ThroughputOptions& options, Session& session) {
    const auto& context = session.context();
    auto paths = benchImages(options.dataset, 0);
    auto model = session.openModel(options.model);
    ThroughputBench bench(*model.detector, std::move(paths), context);
    bench.round();  // warms up
    bench.decoding = bench.scoring = bench.together = {};
    const auto rounds = std::max<std::int64_t>(2, options.images / static_cast<std::int64_t>(roundImages));
    std::vector<double> residents;
    for (std::int64_t round = 0; round < rounds; ++round) {
        bench.round();
        residents.push_back(static_cast<double>(residentBytes()));
        context.report("bench", round + 1, rounds);
    }
    const double slowest = std::max(*bench.decoding.median(), *bench.scoring.median());
    const double share = slowest / *bench.together.median();
    const double slope = slopeOf(residents) / static_cast<double>(roundImages);
    session.console().remark("decoding alone  " + bench.decoding.text("ms"));
    session.console().remark("scoring alone   " + bench.scoring.text("ms"));
    session.console().remark("both            " + bench.together.text("ms"));
    writeJson("-", {{"decode_alone_ms", *bench.decoding.median()},
                    {"score_alone_ms", *bench.scoring.median()},
                    {"together_ms", *bench.together.median()},
                    {"share_of_slowest", share},
                    {"rss_bytes", residents.back()},
                    {"rss_bytes_per_image", slope},
                    {"images", rounds * static_cast<std::int64_t>(roundImages)}});
    return Done;
}

}  // namespace

void addBenchThroughput(CommandLine& line, CLI::App& bench) {
    const auto options = std::make_shared<ThroughputOptions>();
    CLI::App& command = line.add(
        bench, "throughput", "A folder as score takes it, beside decoding alone and scoring alone; growth in memory",
        [options](Session& session) { return runBenchThroughput(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("DATASET", options->dataset, "Image set")->required();
    command.add_option("--images", options->images, "How many to score; the set is gone through again and again")
        ->type_name("N")
        ->check(CLI::Range(80, 1'000'000).description(""));
}

}  // namespace cli
