// SPDX-License-Identifier: Apache-2.0
#include "engine/training/train_loop.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/training/checkpoint.h"

namespace engine {

namespace {

// One number for each (seed, epoch, place), such that neighbours have nothing in common.
std::uint64_t mixed(std::uint64_t seed, std::int64_t epoch, std::uint64_t place) {
    Random random(seed ^ Random(static_cast<std::uint64_t>(epoch + 2)).next());
    return random.next() ^ Random(place + 1).next();
}

std::vector<std::size_t> shuffled(std::vector<std::size_t> samples, Random random) {
    for (std::size_t i = samples.size(); i > 1; --i) std::swap(samples[i - 1], samples[random.below(i)]);
    return samples;
}

struct Parts {
    std::vector<std::size_t> learned;
    std::vector<std::size_t> heldOut;
};

Parts divided(std::size_t count, const TrainParameters& parameters) {
    Parts parts;
    if (parameters.patience <= 0) {
        parts.learned.resize(count);
        std::iota(parts.learned.begin(), parts.learned.end(), std::size_t{0});
        return parts;
    }
    const auto wanted = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::lround(parameters.heldOutShare * double(count))), 1, count);
    const std::size_t step = count / wanted;
    for (std::size_t i = 0; i < count; ++i)
        (i % step == step / 2 && parts.heldOut.size() < wanted ? parts.heldOut : parts.learned).push_back(i);
    if (parts.learned.empty())
        throw Error(ErrorCode::NotEnoughData,
                    "early stop holds images out, and there is only one; add good images, or set patience=0");
    return parts;
}

[[noreturn]] void refuseLoss(std::int64_t epoch) {
    throw Error(ErrorCode::InvalidArgument, "training went astray: the loss is no number any more in epoch " +
                                                std::to_string(epoch + 1) +
                                                "; set a smaller learning rate (--set learning_rate=...)");
}

class Training {
public:
    Training(Learner& learner, std::size_t count, const MakeSample& makeSample, const TrainParameters& parameters,
             const RunContext& context)
        : m_learner(learner),
          m_makeSample(makeSample),
          m_parameters(parameters),
          m_context(context),
          m_parts(divided(count, parameters)) {}

    TrainReport run() {
        resume();
        const bool keeps = !m_parameters.checkpoint.empty();
        while (m_state.epochs < m_parameters.epochs && !stoppedEarly()) {
            m_state.report.losses.push_back(epoch());
            ++m_state.epochs;
            judge();
            if (m_parameters.patience > 0) tell(m_state.epochs);
            if (keeps) saveCheckpoint(m_parameters.checkpoint, m_parameters.binding, m_state, m_learner);
        }
        if (!m_state.best.tensors.empty()) m_learner.restoreCheckpoint(m_state.best);
        return m_state.report;
    }

private:
    bool stoppedEarly() const { return m_parameters.patience > 0 && m_state.sinceBest >= m_parameters.patience; }

    void resume() {
        if (m_parameters.checkpoint.empty()) return;
        if (auto state = restoreCheckpoint(m_parameters.checkpoint, m_parameters.binding, m_learner, m_context)) {
            m_state = std::move(*state);
            m_state.report.resumedEpochs = m_state.epochs;
            m_context.warn("training goes on after epoch " + std::to_string(m_state.epochs) + " of " +
                           std::to_string(m_parameters.epochs) + ", from " + displayPath(m_parameters.checkpoint));
            for (std::int64_t epoch = 1; epoch <= m_state.epochs; ++epoch) tell(epoch);
        }
    }

    std::int64_t samplesOf(std::int64_t epochs) const {
        return epochs * static_cast<std::int64_t>(m_parts.learned.size());
    }

    // What came of an epoch that is over.
    void tell(std::int64_t epoch) const {
        const auto i = static_cast<std::size_t>(epoch - 1);
        const auto& [losses, heldOut, best, resumed] = m_state.report;
        m_context.report("training", samplesOf(m_state.epochs), samplesOf(m_parameters.epochs),
                         EpochLoss{losses[i], epoch, i < heldOut.size() ? std::optional(heldOut[i]) : std::nullopt});
    }

    std::vector<Sample> batchOf(const std::vector<std::size_t>& samples, std::size_t first, std::int64_t epoch) const {
        const auto size = static_cast<std::size_t>(std::max<std::int64_t>(1, m_parameters.batch));
        std::vector<Sample> batch;
        for (std::size_t i = first; i < std::min(samples.size(), first + size); ++i) {
            m_context.checkCancelled();
            Random random(mixed(m_parameters.seed, epoch, i));
            batch.push_back(m_makeSample({samples[i], epoch, random}));
        }
        return batch;
    }

    double epoch() {
        const std::int64_t epoch = m_state.epochs;
        const auto order = shuffled(m_parts.learned, Random(mixed(m_parameters.seed, epoch, order0)));
        double sum = 0;
        for (std::size_t first = 0; first < order.size();) {
            const auto batch = batchOf(order, first, epoch);
            const double loss = m_learner.step(batch, m_context);
            if (!std::isfinite(loss)) refuseLoss(epoch);
            sum += loss * static_cast<double>(batch.size());
            first += batch.size();
            m_context.report("training", samplesOf(epoch) + static_cast<std::int64_t>(first),
                             samplesOf(m_parameters.epochs), EpochLoss{sum / static_cast<double>(first), epoch + 1});
        }
        return sum / static_cast<double>(order.size());
    }

    // Early stop: how the epoch does on what is held out.
    void judge() {
        if (m_parameters.patience <= 0) {
            m_state.report.bestEpoch = m_state.epochs;
            return;
        }
        double sum = 0;
        for (std::size_t first = 0; first < m_parts.heldOut.size();) {
            const auto batch = batchOf(m_parts.heldOut, first, -1);
            sum += m_learner.loss(batch, m_context) * static_cast<double>(batch.size());
            first += batch.size();
        }
        const double loss = sum / static_cast<double>(m_parts.heldOut.size());
        if (!std::isfinite(loss)) refuseLoss(m_state.epochs - 1);
        auto& losses = m_state.report.heldOutLosses;
        const bool best = losses.empty() || loss < losses[static_cast<std::size_t>(m_state.report.bestEpoch - 1)];
        losses.push_back(loss);
        ++m_state.sinceBest;
        if (!best) return;
        m_state.sinceBest = 0;
        m_state.report.bestEpoch = m_state.epochs;
        m_state.best = {};
        m_learner.saveCheckpoint(m_state.best);
    }

    static constexpr std::uint64_t order0 = ~std::uint64_t{0} - 1;  // no place in an epoch

    Learner& m_learner;
    const MakeSample& m_makeSample;
    const TrainParameters& m_parameters;
    const RunContext& m_context;
    Parts m_parts;
    TrainState m_state;
};

}  // namespace

TrainReport train(Learner& learner, std::size_t count, const MakeSample& makeSample, const TrainParameters& parameters,
                  const RunContext& context) {
    return Training(learner, count, makeSample, parameters, context).run();
}

}  // namespace engine
