// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <thread>

#include "app/cli/bench_images.h"
#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"
#include "engine/core/stage_times.h"
#include "engine/detector/patchcore.h"
#include "engine/image/decode.h"
#include "engine/search/neighbour_index.h"

namespace cli {

namespace {

struct BenchScoreOptions {
    std::string model;
    std::string dataset;
    std::int64_t limit = 0;
};

// For so long the threads of OpenBLAS, on which faiss searches, busy-wait after their work: whatever is measured next
// would share its cores with them.
constexpr std::chrono::milliseconds blasThreadsSpin{100};

double squaredNorm(std::span<const float> row) {
    double sum = 0;
    for (const float value : row) sum += static_cast<double>(value) * value;
    return sum;
}

// FAISS may expand |a - b|^2 into |a|^2 - 2ab + |b|^2, whose rounding is in proportion to the norms.
void requireSameDistances(const engine::Neighbours& ours, const engine::Neighbours& flat, const engine::Matrix& queries,
                          double largestBankNorm) {
    constexpr double relative = 4e-6;
    for (std::size_t i = 0; i < ours.distances.size(); ++i) {
        const double a = ours.distances[i];
        const double b = flat.distances[i];
        const double norms = squaredNorm(queries.rowSpan(static_cast<std::int64_t>(i))) + largestBankNorm;
        if (!(std::abs(a * a - b * b) <= relative * norms))
            throw engine::Error(engine::ErrorCode::Internal, "the search finds " + std::to_string(a) +
                                                                 " where faiss finds " + std::to_string(b) +
                                                                 "; please report it");
    }
}

struct Sides {
    Measurements total, backbone, search, flat;
    // Within the whole image; the network and the descriptors, which a prediction counts as one, alone.
    Measurements decode, preprocess, descriptors, searchStage, map;
};

class ScoreBench {
public:
    ScoreBench(engine::PatchCore& detector, const engine::RunContext& context)
        : m_detector(detector),
          m_context(context),
          m_ours(makeIndex(engine::IndexKind::Exact)),
          m_flat(makeIndex(engine::IndexKind::Flat)) {
        for (std::int64_t i = 0; i < detector.bank().rows; ++i)
            m_largestNorm = std::max(m_largestNorm, squaredNorm(detector.bank().rowSpan(i)));
    }

    // Every part of one image, one after the other, so that a change of the machine's pace meets them all alike.
    void run(const std::filesystem::path& path, Sides& sides) {
        // Unmeasured: on a line one image follows the other, and no pause, nor faiss's bank in the caches, comes
        // between.
        m_detector.score(engine::decodeImage(path), m_context);
        engine::Stopwatch watch;
        const auto image = engine::decodeImage(path);
        const double decodeMs = watch.lapMs();
        const auto times = m_detector.score(image, m_context).times;
        sides.total.add(decodeMs + watch.lapMs());
        sides.decode.add(decodeMs);
        sides.preprocess.add(times.preprocess);
        sides.searchStage.add(times.search);
        sides.map.add(times.map);

        const auto& preprocessor = m_detector.extractor().preprocessor();
        const auto& spec = preprocessor.spec();
        m_input.resize(static_cast<std::size_t>(spec.width) * static_cast<std::size_t>(spec.height) * 3);
        preprocessor.apply(image, m_input);
        watch.lapMs();
        const auto& maps = m_detector.extractor().backbone().forward(m_input, 1, spec.height, spec.width, m_context);
        sides.backbone.add(watch.lapMs());
        const auto& patches = m_detector.descriptors(maps.front(), m_context);
        sides.descriptors.add(watch.lapMs());
        const auto ours = m_ours->search(patches.rows, 1, m_context);
        sides.search.add(watch.lapMs());
        const auto flat = m_flat->search(patches.rows, 1, m_context);
        sides.flat.add(watch.lapMs());
        std::this_thread::sleep_for(blasThreadsSpin);
        requireSameDistances(ours, flat, patches.rows, m_largestNorm);
    }

private:
    std::unique_ptr<engine::NeighbourIndex> makeIndex(engine::IndexKind kind) const {
        return engine::makeIndex(kind, m_detector.state().bank, m_context);
    }

    engine::PatchCore& m_detector;
    const engine::RunContext& m_context;
    std::unique_ptr<engine::NeighbourIndex> m_ours, m_flat;
    engine::Buffer<float> m_input;
    double m_largestNorm = 0;
};

int runBenchScore(const BenchScoreOptions& options, Session& session) {
    const auto& context = session.context();
    const auto paths = benchImages(options.dataset, options.limit);
    // fp32 unless told, whatever the model prefers: the reference is the same everywhere.
    auto model = engine::openModel(options.model,
                                   {.device = session.options().device,
                                    .precision = session.options().precision.value_or(engine::Precision::Fp32)},
                                   context);
    auto* detector = dynamic_cast<engine::PatchCore*>(model.detector.get());
    if (detector == nullptr)
        throw engine::Error(engine::ErrorCode::Unsupported,
                            "is no patchcore model, which is what bench score measures; fit one", options.model);
    ScoreBench bench(*detector, context);
    Sides warm, sides;
    for (int i = 0; i < warmUps; ++i) bench.run(paths.front(), warm);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        bench.run(paths[i], sides);
        context.report("bench", static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(paths.size()));
    }
    session.console().remark("whole image  " + sides.total.text("ms"));
    session.console().remark("backbone     " + sides.backbone.text("ms"));
    session.console().remark("search       " + sides.search.text("ms"));
    session.console().remark("faiss flat   " + sides.flat.text("ms"));
    session.console().remark("of the image: decoding " + sides.decode.text("ms"));
    session.console().remark("preprocessing " + sides.preprocess.text("ms"));
    session.console().remark("descriptors   " + sides.descriptors.text("ms"));
    session.console().remark("search        " + sides.searchStage.text("ms"));
    session.console().remark("map           " + sides.map.text("ms"));
    writeJson("-", {{"backbone_ms", *sides.backbone.median()},
                    {"search_ms", *sides.search.median()},
                    {"faiss_flat_ms", *sides.flat.median()},
                    {"total_ms", *sides.total.median()},
                    {"stages_ms",
                     {{"decode", *sides.decode.median()},
                      {"preprocess", *sides.preprocess.median()},
                      {"network", *sides.backbone.median()},
                      {"descriptors", *sides.descriptors.median()},
                      {"search", *sides.searchStage.median()},
                      {"map", *sides.map.median()}}},
                    {"images", paths.size()}});
    return Done;
}

}  // namespace

void addBenchScore(CommandLine& line, CLI::App& bench) {
    const auto options = std::make_shared<BenchScoreOptions>();
    CLI::App& command =
        line.add(bench, "score", "A whole image, its forward pass, its search beside faiss::IndexFlatL2",
                 [options](Session& session) { return runBenchScore(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("DATASET", options->dataset, "Image set")->required();
    command.add_option("--limit", options->limit, "At most so many images, evenly spread")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000).description(""));
}

}  // namespace cli
