// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/fit_estimate.h"
#include "engine/detector/held_out.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/patch_svdd.h"
#include "engine/detector/patch_svdd_sampling.h"
#include "engine/detector/trained_fit.h"
#include "engine/search/coreset.h"

namespace engine {

namespace {

constexpr std::int64_t rowBytes(std::int64_t dimensions) {
    return 4 * dimensions + static_cast<std::int64_t>(sizeof(BankOrigin));
}

struct Gathered {
    Matrix rows;
    std::vector<BankOrigin> origins;
    double wanted = 0;  // rows, before the share of them that is kept

    // Rounded against the running total, so that the share holds over the set and not image by image.
    void append(const Matrix& patches, std::span<const std::uint8_t> inspected, std::int32_t image, double keptShare) {
        rows.cols = patches.cols;
        std::int64_t next = 0;
        for (std::size_t cell = 0; cell < inspected.size(); ++cell) {
            if (inspected[cell] == 0) continue;
            const float* row = patches.row(next++);
            const double before = std::floor(wanted * keptShare);
            wanted += 1;
            if (std::floor(wanted * keptShare) == before) continue;
            rows.values.insert(rows.values.end(), row, row + patches.cols);
            origins.push_back({image, static_cast<std::int32_t>(cell)});
            ++rows.rows;
        }
    }
};

PatchSvddBank bankOf(Gathered gathered, double share, std::uint64_t seed, const RunContext& context) {
    PatchSvddBank bank;
    if (share >= 1) {
        bank.origins = std::move(gathered.origins);
        bank.rows = std::make_shared<Matrix>(std::move(gathered.rows));
        return bank;
    }
    CoresetParameters coreset;
    coreset.share = share;
    coreset.seed = seed;
    const auto indices = selectCoreset(gathered.rows, coreset, context).indices;
    auto rows = std::make_shared<Matrix>(static_cast<std::int64_t>(indices.size()), gathered.rows.cols);
    std::int64_t next = 0;
    for (const std::int64_t index : indices) {
        std::copy_n(gathered.rows.row(index), rows->cols, rows->row(next++));
        bank.origins.push_back(gathered.origins[static_cast<std::size_t>(index)]);
    }
    bank.rows = std::move(rows);
    return bank;
}

class Fit {
public:
    Fit(const FitTask& task, FitOutcome& outcome, const RunContext& context)
        : m_task(task),
          m_outcome(outcome),
          m_context(context),
          m_preprocessor(task.input),
          m_small(smallLattice(task.input, m_parameters)),
          m_big(bigLattice(task.input, m_parameters)) {}

    std::unique_ptr<Detector> run() {
        Stopwatch watch;
        const PreparedImages images(m_preprocessor, m_task.parameters.region, m_task.images, m_parameters.pictures,
                                    m_task.memoryBudgetBytes / 2, m_context);
        m_outcome.times.decode = watch.lapMs() / 1000;
        if (images.keptShare() < 1) note(images.leftOutNote());
        const FitParts parts(images, m_task.images.used().size(), m_parameters.heldOut);
        PatchSvddState state;
        state.parameters = m_parameters;
        state.region = m_task.parameters.region;
        state.learned = parts.learnedTraining(images);
        for (const TrainingImage& image : m_task.images.used())
            state.trainingSizes.emplace_back(image.width, image.height);

        auto learner = makePatchSvddLearner(m_parameters, nullptr, m_task.parameters.seed,
                                            m_task.parameters.backbone.device, m_context);
        trainOn(*learner, images, parts, state.learned);
        m_outcome.times.training = watch.lapMs() / 1000;
        gather(*learner, images, parts, state);
        auto detector = std::make_unique<PatchSvdd>(m_task.input, std::move(learner), std::move(state), m_context);
        putRange(*detector, images, parts);
        m_outcome.times.features = watch.lapMs() / 1000;
        return detector;
    }

private:
    void note(const std::string& text) {
        m_outcome.notes.push_back(text);
        m_context.warn(text);
    }

    void trainOn(Learner& learner, const PreparedImages& images, const FitParts& parts,
                 std::span<const std::int32_t> learned) {
        const auto sample = [&](const Draw& draw) {
            // Crops go round the images, and begin where the last epoch ended.
            const auto crop = static_cast<std::size_t>(draw.epoch * m_parameters.crops) + draw.sample;
            return patchSvddSample(images, parts.learned[crop % parts.learned.size()], m_task.input, m_parameters,
                                   draw.random);
        };
        m_outcome.losses =
            train(learner, static_cast<std::size_t>(m_parameters.crops), sample,
                  trainParameters(m_parameters.training, m_task, m_parameters.settings(), learned, m_outcome),
                  m_context)
                .losses;
    }

    void gather(Learner& learner, const PreparedImages& images, const FitParts& parts, PatchSvddState& state) {
        const double all = static_cast<double>(parts.learned.size()) * (m_small.patches() + m_big.patches());
        const double bytes = all * static_cast<double>(rowBytes(m_parameters.dimensions));
        const double keptShare = std::min(1.0, static_cast<double>(m_task.memoryBudgetBytes) / 2 / bytes);
        if (keptShare < 1) note("patches were sampled to stay within the memory budget");
        Gathered small, big;
        for (std::size_t i = 0; i < parts.learned.size(); ++i) {
            const std::size_t image = parts.learned[i];
            const auto descriptors = learner.infer(wholeSample(images, image, m_task.input), m_context);
            const auto add = [&](Gathered& to, const PatchLattice& lattice, const FloatTensor& from) {
                const auto inspected = inspectedPatches(lattice, images.area(image));
                to.append(inspectedDescriptors(from, inspected), inspected, state.learned[i], keptShare);
            };
            add(small, m_small, descriptors[0]);
            add(big, m_big, descriptors[1]);
            m_context.report("features", static_cast<std::int64_t>(i + 1),
                             static_cast<std::int64_t>(parts.learned.size()));
        }
        if (small.rows.rows == 0 || big.rows.rows == 0)
            throw Error(ErrorCode::InvalidArgument,
                        "the region of interest covers no patch of 64 pixels; draw it larger");
        m_outcome.candidates = small.rows.rows + big.rows.rows;
        Stopwatch watch;
        state.small = bankOf(std::move(small), m_parameters.coreset, m_task.parameters.seed, m_context);
        state.big = bankOf(std::move(big), m_parameters.coreset, m_task.parameters.seed, m_context);
        m_outcome.times.coreset = watch.lapMs() / 1000;
        m_outcome.bankRows = state.small.rows->rows + state.big.rows->rows;
        m_outcome.bankDimensions = m_parameters.dimensions;
    }

    void putRange(PatchSvdd& detector, const PreparedImages& images, const FitParts& parts) {
        const auto scoresOf = [&](std::size_t image) {
            StageTimes times;
            std::vector<float> values;
            appendInspected(detector.mapOf(images, image, times, m_context), images.area(image), values);
            return values;
        };
        const MapRange range = rangeOfTrained(parts.forRange(), scoresOf, m_context);
        m_outcome.mapLow = range.low;
        m_outcome.mapHigh = range.high;
    }

    const FitTask& m_task;
    FitOutcome& m_outcome;
    const RunContext& m_context;
    PatchSvddParameters m_parameters = PatchSvddParameters::from(m_task.parameters.settings);
    Preprocessor m_preprocessor;
    PatchLattice m_small, m_big;
};

}  // namespace

std::unique_ptr<Detector> fitPatchSvdd(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    return Fit(task, outcome, context).run();
}

FitEstimate estimatePatchSvdd(const FitTask& task, const RunContext& context) {
    const auto parameters = PatchSvddParameters::from(task.parameters.settings);
    const PatchLattice small = smallLattice(task.input, parameters);
    const PatchLattice big = bigLattice(task.input, parameters);
    const auto learner = makePatchSvddLearner(parameters, nullptr, 0, task.parameters.backbone.device, context);
    const PreparedImages blank(task.input);
    Random random(0);
    std::vector<Sample> batch;
    for (std::int64_t i = 0; i < parameters.training.batch; ++i)
        batch.push_back(patchSvddSample(blank, 0, task.input, parameters, random));
    const double stepSeconds = secondsOf([&] { learner->step(batch, context); });
    const Sample whole = wholeSample(blank, 0, task.input);
    const double inferSeconds = secondsOf([&] { learner->infer(whole, context); });

    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.epochs = parameters.training.epochs;
    std::int64_t learned = 0;
    for (std::size_t i = 0; i < task.images.size(); ++i)
        learned += isHeldOut(i, task.images.size(), parameters.heldOut) ? 0 : 1;
    const std::int64_t all = learned * (small.patches() + big.patches());
    const std::int64_t affordable = task.memoryBudgetBytes / 2 / rowBytes(parameters.dimensions);
    const std::int64_t inputBytes = 12LL * task.input.width * task.input.height * estimate.images;
    estimate.overBudget = all > affordable || inputBytes > task.memoryBudgetBytes / 2;
    estimate.candidates = std::min(all, affordable);
    estimate.bankRows = static_cast<std::int64_t>(parameters.coreset * static_cast<double>(estimate.candidates));
    estimate.bankDimensions = parameters.dimensions;
    constexpr std::int64_t networkBytes = 2'000'000;
    estimate.modelBytes = estimate.bankRows * rowBytes(parameters.dimensions) + networkBytes +
                          (parameters.pictures ? pictureBytes * estimate.images : 0);
    // Activations of two views and their gradients, for the samples that are computed at once.
    const std::int64_t activationBytes = std::min<std::int64_t>(parameters.training.batch, context.threads()) * 6000 *
                                         std::min<std::int64_t>(parameters.crop, task.input.width) *
                                         std::min<std::int64_t>(parameters.crop, task.input.height);
    estimate.peakBytes = programBytes + activationBytes + std::min(inputBytes, task.memoryBudgetBytes / 2) +
                         estimate.candidates * rowBytes(parameters.dimensions) + estimate.modelBytes;
    const double steps =
        static_cast<double>(parameters.training.epochs) *
        std::ceil(static_cast<double>(parameters.crops) / static_cast<double>(parameters.training.batch));
    constexpr double decodeSeconds = 0.01;
    estimate.seconds = steps * stepSeconds + static_cast<double>(estimate.images) * (inferSeconds + decodeSeconds);
    return estimate;
}

CrossValidation crossValidatePatchSvdd(Detector& fitted, const ModelInfo& info, const ImageSet& set, int,
                                       const RunContext& context) {
    return scoreHeldOut(fitted, info, dynamic_cast<PatchSvdd&>(fitted).state().learned, set, context);
}

}  // namespace engine
