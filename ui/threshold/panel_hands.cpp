// SPDX-License-Identifier: GPL-3.0-or-later
// How hands and rules set the operating point: previewed while a hand moves, one step of undo when it leaves.
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "ui/threshold/rule_box.h"
#include "ui/threshold/threshold_panel.h"

namespace ui {

bool ThresholdPanel::sameCuts(const engine::OperatingPoint& a, const engine::OperatingPoint& b) {
    return a.fail == b.fail && a.review == b.review && a.pixel == b.pixel;
}

void ThresholdPanel::move(Cut cut, double value) {
    if (m_project->isReadOnly() || m_project->currentModel() == nullptr) return;
    if (!m_before) m_before = m_project->operatingPoint();
    engine::OperatingPoint point = m_project->operatingPoint();
    switch (cut) {
        case Cut::Review:
            point.review = std::min(value, point.fail.value_or(value));
            break;
        case Cut::Fail:
            point.fail = value;
            if (point.review) point.review = std::min(*point.review, value);
            point.rule = value == m_before->fail ? m_before->rule : "manual";
            break;
        case Cut::Pixel:
            point.pixel = value;
            break;
    }
    m_project->previewOperatingPoint(point);
}

void ThresholdPanel::commit() {
    if (!m_before) return;
    const engine::OperatingPoint before = *std::exchange(m_before, std::nullopt);
    const engine::OperatingPoint now = m_project->operatingPoint();
    if (sameCuts(before, now))
        m_project->cancelPreview();
    else
        take(meant(before, now));
}

void ThresholdPanel::cancel() {
    if (!m_before) return;
    m_before.reset();
    m_project->cancelPreview();
}

// What moved by hand says so; what did not keeps its rule and what that promised.
engine::OperatingPoint ThresholdPanel::meant(const engine::OperatingPoint& before,
                                             const engine::OperatingPoint& now) const {
    if (before.fail != now.fail && now.fail) {
        return services::fromLabelledImages({.fail = now.fail, .review = now.review, .pixel = now.pixel}, labelled(),
                                            pixelCuts(), 0);
    }
    engine::OperatingPoint point = before;
    if (now.review != before.review && now.review) point = services::withReview(point, *now.review);
    if (now.pixel != before.pixel && now.pixel) point = services::withPixel(point, *now.pixel);
    return point;
}

services::LabelledScores ThresholdPanel::labelled() const {
    auto scores = services::DecisionScores::of(m_project->images(), {}).labelled;
    scores.setName = QFileInfo(m_project->imageRoot()).fileName().toStdString();
    return scores;
}

services::PixelCuts ThresholdPanel::pixelCuts() const {
    const auto* model = m_project->currentModel();
    return {.present = model->operatingPoint.pixel, .mapLow = model->mapLow, .mapHigh = model->mapHigh};
}

void ThresholdPanel::take(const engine::OperatingPoint& point) {
    m_project->setOperatingPoint(point);
}

void ThresholdPanel::applyRule(const services::ThresholdRule& rule) {
    commit();
    if (m_project->currentModel() == nullptr || m_project->isReadOnly()) return;
    if (!rule.bestF1) return takeAtOnce(rule);
    m_rules->setBusy(true);
    m_jobs.start(
        tr("Best F1"),
        [rule, scores = labelled(), pixels = pixelCuts()](const engine::RunContext&) {
            return services::fromLabelledImages(rule, scores, pixels, 0);
        },
        [this, revision = m_revision, rule, id = m_project->currentModel()->id](const engine::OperatingPoint& point) {
            m_rules->setBusy(false);
            if (!m_project || m_project->currentModel()->id != id) return;
            if (revision == m_revision)
                take(point);
            else
                applyRule(rule);
        },
        true);
}

// What the rule needs may have gone since its button was shown; the buttons then say what is missing.
void ThresholdPanel::takeAtOnce(const services::ThresholdRule& rule) {
    const auto* model = m_project->currentModel();
    try {
        take(rule.falseRejectRate
                 ? services::fromGoodImages(rule,
                                            services::GoodScores{model->goodScores, model->goodMapMaxima, model->folds})
                 : services::fromLabelledImages(rule, labelled(), pixelCuts(), 0));
    } catch (const engine::Error&) {
        rebuild();
    }
}

}  // namespace ui
