// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/jobs/progress_meter.h"

namespace services {

namespace {

constexpr auto window = std::chrono::seconds(4);
// A rate of the first moments jumps about, and a time left made of it would too.
constexpr auto settled = std::chrono::milliseconds(400);
// A stage may report thousands of times a second; so few samples are enough for a rate.
constexpr auto spacing = std::chrono::milliseconds(50);

// A training that begins anew leaves nothing of the one before.
void extend(LossCurve& curve, const engine::EpochLoss& loss) {
    const auto before = static_cast<qsizetype>(loss.epoch - 1);
    if (curve.training.size() > before) curve.training.resize(before);
    if (curve.heldOut.size() > before) curve.heldOut.resize(before);
    curve.training.append(loss.mean);
    if (loss.heldOut) curve.heldOut.append(*loss.heldOut);
}

}  // namespace

JobProgress ProgressMeter::update(const engine::Progress& progress, Time now) {
    if (progress.stage != m_stage || (!m_samples.empty() && progress.done < m_samples.back().done)) {
        m_stage = progress.stage;
        m_samples.clear();
    }
    JobProgress result;
    result.stage = QString::fromUtf8(progress.stage.data(), static_cast<qsizetype>(progress.stage.size()));
    result.done = progress.done;
    result.total = progress.total;
    if (progress.loss) extend(m_losses, *progress.loss);
    result.losses = m_losses;
    // One sample older than the window is kept: a stage may report more seldom than that.
    while (m_samples.size() > 1 && now - m_samples[1].when >= window) m_samples.pop_front();
    if (!m_samples.empty()) {
        const auto passed = now - m_samples.front().when;
        const auto done = progress.done - m_samples.front().done;
        if (passed >= settled && done > 0) {
            result.perSecond = static_cast<double>(done) / std::chrono::duration<double>(passed).count();
            if (progress.total > 0)
                result.secondsLeft = static_cast<double>(progress.total - progress.done) / result.perSecond;
        }
    }
    if (m_samples.empty() || now - m_samples.back().when >= spacing) m_samples.push_back({now, progress.done});
    return result;
}

}  // namespace services
