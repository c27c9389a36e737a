// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
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
constexpr int rounds = 3;
constexpr double textbookBudgetS = 20;

struct BenchCoresetOptions {
    FitOptions fit;
    std::int64_t points = 0;
    std::int64_t dimensions = 128;
    bool textbook = false;
};

engine::Matrix randomPoints(const BenchCoresetOptions& options, Session& session) {
    engine::Matrix points(options.points, options.dimensions);
    engine::Random random(session.options().seed);
    for (std::int64_t i = 0; i < points.rows; ++i) {
        if (i % 4096 == 0) session.context().report("points", i, points.rows);
        for (std::int64_t j = 0; j < points.cols; ++j) points.row(i)[j] = static_cast<float>(random.normal());
    }
    return points;
}

engine::Matrix candidates(const BenchCoresetOptions& options, Session& session) {
    if (options.fit.dataset.empty()) return randomPoints(options, session);
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
    const auto points =
        engine::project(candidates(options, session), parameters.projectionDimensions, parameters.seed, context);
    parameters.projectionDimensions = 0;

    Selection ours, textbook;
    const auto selectOurs = [&] { return engine::selectCoreset(points, parameters, context); };
    const auto selectTextbook = [&] { return engine::textbookCoreset(points, parameters, context); };
    selectOurs();  // warms up
    double textbookS = 0;
    for (int round = 0; round < rounds; ++round) {
        measure(ours, selectOurs);
        if (options.textbook && textbookS < textbookBudgetS) textbookS += measure(textbook, selectTextbook);
    }

    const auto selected = static_cast<std::int64_t>(ours.result.indices.size());
    Json json = {{"points", points.rows}, {"dimensions", points.cols},
                 {"selected", selected},  {"ours_s", *ours.seconds.median()},
                 {"textbook_s", nullptr}, {"textbook_gflops", nullptr},
                 {"identical", nullptr}};
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
    command.add_option("--points", options->points, "Random points instead")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}).description(""));
    command.add_option("--dimensions", options->dimensions, "Of the random points")
        ->capture_default_str()
        ->type_name("D")
        ->check(CLI::Range(1, 4096).description(""));
    command.add_flag("--textbook", options->textbook, "Run the textbook's loop too, and compare the indices");
    addFitOptions(command, options->fit);
}

}  // namespace cli
