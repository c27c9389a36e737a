// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <string>

#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/fit_options.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/core/stage_times.h"
#include "engine/detector/patchcore_fit.h"
#include "engine/search/coreset.h"

namespace cli {

namespace {

// The textbook loop takes a minute on a real set: it is repeated only while that stays bearable.
constexpr int coresetRounds = 3;
constexpr double textbookBudgetS = 20;

struct BenchCoresetOptions {
    FitOptions fit;
    std::int64_t points = 0;
    std::int64_t dimensions = 128;
    std::string shape = "noise";
    bool textbook = false;
};

// Made-up points, of which some are as awkward as points can be.
engine::Matrix madeUpPoints(const BenchCoresetOptions& options, Session& session) {
    constexpr std::uint64_t clusters = 100;
    engine::Matrix points(options.points, options.dimensions);
    engine::Random random(session.options().seed);
    for (std::int64_t i = 0; i < points.rows; ++i) {
        if (i % 4096 == 0) session.context().report("points", i, points.rows);
        const auto along = static_cast<double>(i) / static_cast<double>(points.rows);
        const double cluster = options.shape == "clusters" ? static_cast<double>(random.below(clusters)) : 0;
        for (std::int64_t j = 0; j < points.cols; ++j) {
            double value = 1;
            if (options.shape == "noise") value = random.normal();
            if (options.shape == "line") value = along * static_cast<double>(1 + j % 3);
            if (options.shape == "clusters")
                value = 10 * std::sin((cluster + 1) * static_cast<double>(j + 1)) + 0.01 * random.normal();
            points.row(i)[j] = static_cast<float>(value);
        }
    }
    return points;
}

engine::Matrix candidates(const BenchCoresetOptions& options, Session& session) {
    if (options.fit.dataset.empty()) return madeUpPoints(options, session);
    const auto parameters = fitParameters(options.fit, session);
    const auto set = engine::openImageSet(options.fit.dataset);
    return engine::patchesOfSet(parameters, set, readFitWeights(options.fit, session), session.context());
}

struct Selection {
    Measurements seconds;
    engine::CoresetResult result;
};

template <typename Select>
double measure(Selection& side, const Select& select) {
    engine::Stopwatch watch;
    side.result = select();
    const double seconds = watch.lapMs() / 1000;
    side.seconds.add(seconds);
    return seconds;
}

int runBenchCoreset(const BenchCoresetOptions& options, Session& session) {
    if (options.fit.dataset.empty() == (options.points == 0)) throw UsageError("give either --dataset or --points");
    const auto& context = session.context();
    engine::CoresetParameters parameters;
    parameters.seed = session.options().seed;
    const double coreset = std::stod(options.fit.coreset);
    if (coreset > 1) {
        parameters.count = static_cast<std::int64_t>(coreset);
    } else {
        parameters.share = coreset;
    }
    // Projected once, before the clock starts: both sides do the same work on the same points.
    auto points = candidates(options, session);
    if (points.cols > parameters.projectionDimensions)
        points = engine::project(points, parameters.projectionDimensions, parameters.seed, context);
    parameters.projectionDimensions = 0;

    Selection ours, textbook;
    const auto selectOurs = [&] { return engine::selectCoreset(points, parameters, context); };
    const auto selectTextbook = [&] { return engine::textbookCoreset(points, parameters, context); };
    selectOurs();  // warms up
    double textbookS = 0;
    for (int round = 0; round < coresetRounds; ++round) {
        measure(ours, selectOurs);
        if (options.textbook && textbookS < textbookBudgetS) textbookS += measure(textbook, selectTextbook);
    }

    const auto selected = static_cast<std::int64_t>(ours.result.indices.size());
    Json json = {{"points", points.rows}, {"dimensions", points.cols},
                 {"selected", selected},  {"ours_s", *ours.seconds.median()},
                 {"textbook_s", nullptr}, {"textbook_gflops", nullptr},
                 {"identical", nullptr},  {"peak_rss_bytes", peakResidentBytes()}};
    session.console().remark("ours      " + ours.seconds.text("s"));
    if (options.textbook) {
        const double operations =
            2.0 * static_cast<double>(points.rows) * static_cast<double>(selected) * static_cast<double>(points.cols);
        json["textbook_s"] = *textbook.seconds.median();
        json["textbook_gflops"] = operations / *textbook.seconds.median() / 1e9;
        json["identical"] = ours.result.indices == textbook.result.indices;
        session.console().remark("textbook  " + textbook.seconds.text("s"));
    }
    writeJson("-", json);
    if (options.textbook && ours.result.indices != textbook.result.indices)
        throw engine::Error(engine::ErrorCode::Internal, "the coreset differs from the textbook's; please report it");
    return Done;
}

}  // namespace

void addBenchCoreset(CommandLine& line, CLI::App& bench) {
    const auto options = std::make_shared<BenchCoresetOptions>();
    CLI::App& command = line.add(bench, "coreset", "Selection of the memory bank, beside the textbook's loop",
                                 [options](Session& session) { return runBenchCoreset(*options, session); });
    options->fit.coreset = "0.1";
    command.add_option("--dataset", options->fit.dataset, "Patches of the good training images of this set")
        ->type_name("DIR");
    command.add_option("--points", options->points, "Made-up points instead")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}).description(""));
    command.add_option("--dimensions", options->dimensions, "Of the made-up points")
        ->capture_default_str()
        ->type_name("D")
        ->check(CLI::Range(1, 4096).description(""));
    command.add_option("--shape", options->shape, "Of the made-up points: noise, equal, line or clusters")
        ->capture_default_str()
        ->check(CLI::IsMember({"noise", "equal", "line", "clusters"}).description(""));
    command.add_flag("--textbook", options->textbook, "Run the textbook's loop too, and compare the indices");
    addFitOptions(command, options->fit);
}

}  // namespace cli
