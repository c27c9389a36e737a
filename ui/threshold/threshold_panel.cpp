// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/threshold_panel.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "app/services/project/project_commands.h"
#include "engine/core/error.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/threshold/change_line.h"
#include "ui/threshold/chart_legend.h"
#include "ui/threshold/curve_plot.h"
#include "ui/threshold/cut_fields.h"
#include "ui/threshold/decision_view.h"
#include "ui/threshold/rule_box.h"
#include "ui/threshold/score_histogram.h"

namespace ui {

namespace {

constexpr int bars = 48;
constexpr int rebuildEveryMs = 150;  // while scores arrive
constexpr int historyLength = 100;

bool sameCuts(const engine::OperatingPoint& a, const engine::OperatingPoint& b) {
    return a.fail == b.fail && a.review == b.review && a.pixel == b.pixel;
}

bool hasMaps(const services::ModelRecord& model) {
    return model.mapHigh > model.mapLow || !model.goodMapMaxima.empty();
}

// The scores with a margin, and the cuts where they are not so far off that the bars would be squeezed.
engine::Interval axisOf(const engine::Interval& scores, const engine::OperatingPoint& point) {
    engine::Interval axis = scores;
    const double reach = scores.high - scores.low;
    for (const auto& cut : {point.review, point.fail}) {
        if (!cut || *cut < scores.low - reach || *cut > scores.high + reach) continue;
        axis.low = std::min(axis.low, *cut);
        axis.high = std::max(axis.high, *cut);
    }
    const double margin = 0.04 * (axis.high - axis.low);
    return {axis.low - margin, axis.high + margin};
}

// The range of the overlay and half of it again, since a cut may lie above what a good part shows.
engine::Interval pixelAxisOf(const services::ModelRecord& model) {
    engine::Interval axis{model.mapLow, model.mapHigh + 0.5 * (model.mapHigh - model.mapLow)};
    if (const auto& cut = model.operatingPoint.pixel) {
        axis.low = std::min(axis.low, *cut);
        axis.high = std::max(axis.high, *cut);
    }
    return axis;
}

}  // namespace

ThresholdPanel::ThresholdPanel(services::Project* project, QWidget* parent)
    : QWidget(parent),
      m_project(project),
      m_content(new QWidget(this)),
      m_heading(new Heading(tr("Scores"), m_content)),
      m_state(new Note({}, m_content)),
      m_legend(new ChartLegend(m_content)),
      m_histogram(new ScoreHistogram(m_content)),
      m_curve(new CurvePlot(m_content)),
      m_roc(new Chip(tr("ROC"), m_content)),
      m_precisionRecall(new Chip(tr("P–R"), m_content)),
      m_fields(new CutFields(m_content)),
      m_decision(new DecisionView(m_content)),
      m_rules(new RuleBox(m_content)),
      m_changes(new ChangeLine(m_content)) {
    setObjectName(QStringLiteral("thresholdPanel"));
    build();
    m_rebuildSoon.setSingleShot(true);
    connect(&m_rebuildSoon, &QTimer::timeout, this, &ThresholdPanel::rebuild);
    connectProject();
    connectHands();
    rebuild();
}

ThresholdPanel::~ThresholdPanel() {
    commit();
}

QSize ThresholdPanel::sizeHint() const {
    return {metrics::rightPanelWidth, 760};
}

QSize ThresholdPanel::minimumSizeHint() const {
    return {metrics::leftPanelWidth, 200};
}

void ThresholdPanel::connectProject() {
    connect(m_project, &services::Project::labelsChanged, this, &ThresholdPanel::scheduleRebuild);
    connect(m_project, &services::Project::scoresChanged, this, &ThresholdPanel::scheduleRebuild);
    connect(m_project, &services::Project::currentModelChanged, this, [this] {
        m_before.reset();  // the hand was on another model's cut
        rebuild();
    });
    connect(m_project, &services::Project::operatingPointChanged, this, [this] {
        follow();
        if (m_before) return;
        ++m_historyAsked;
        m_project->requestHistory(QStringLiteral("operating point"), historyLength);
    });
    connect(m_project, &services::Project::historyRead, this, &ThresholdPanel::takeHistory);
    connect(m_project->undoStack(), &QUndoStack::indexChanged, this, &ThresholdPanel::updateUndo);
}

void ThresholdPanel::connectHands() {
    connect(m_histogram, &ScoreHistogram::moved, this, &ThresholdPanel::move);
    connect(m_histogram, &ScoreHistogram::moveFinished, this, &ThresholdPanel::commit);
    connect(m_histogram, &ScoreHistogram::moveCancelled, this, &ThresholdPanel::cancel);
    connect(m_fields, &CutFields::moved, this, &ThresholdPanel::move);
    connect(m_fields, &CutFields::moveFinished, this, &ThresholdPanel::commit);
    connect(m_fields, &CutFields::moveCancelled, this, &ThresholdPanel::cancel);
    connect(m_curve, &CurvePlot::failMoved, this, [this](double value) { move(Cut::Fail, value); });
    connect(m_curve, &CurvePlot::moveFinished, this, &ThresholdPanel::commit);
    connect(m_curve, &CurvePlot::moveCancelled, this, &ThresholdPanel::cancel);
    connect(m_rules, &RuleBox::ruleChosen, this, &ThresholdPanel::applyRule);
    connect(m_changes, &ChangeLine::undoAsked, m_project->undoStack(), &QUndoStack::undo);
}

// Many scores in a row make one turn; a single label is seen at once.
void ThresholdPanel::scheduleRebuild() {
    ++m_revision;
    if (m_rebuildSoon.isActive()) return;
    const qint64 since = m_sinceRebuild.isValid() ? m_sinceRebuild.elapsed() : rebuildEveryMs;
    m_rebuildSoon.start(static_cast<int>(std::clamp<qint64>(rebuildEveryMs - since, 0, rebuildEveryMs)));
}

void ThresholdPanel::rebuild() {
    ++m_revision;
    m_rebuildSoon.stop();
    const auto* model = m_project->currentModel();
    m_table =
        model == nullptr ? services::DecisionTable() : services::DecisionTable(m_project->images(), model->goodScores);
    m_sinceRebuild.start();
    rescale();
    m_curve->setData(m_table);
    m_legend->setCounts(m_table.good(), m_table.defect(), m_table.unlabelled());
    showState();
    updateRules();
    follow();
    updateUndo();
    ++m_historyAsked;
    m_project->requestHistory(QStringLiteral("operating point"), historyLength);
}

void ThresholdPanel::rescale() {
    const auto* model = m_project->currentModel();
    if (model == nullptr) return;
    const auto range = m_table.range().value_or(engine::Interval{0, 1});
    m_scale = ScoreScale::of(axisOf(range, m_project->operatingPoint()));
    m_histogram->setData(m_table.histogram({m_scale.low, m_scale.high}, bars), m_scale);
    m_fields->setScale(m_scale);
    m_fields->setPixelScale(hasMaps(*model) ? std::optional(ScoreScale::of(pixelAxisOf(*model))) : std::nullopt);
}

void ThresholdPanel::follow() {
    const engine::OperatingPoint& point = m_project->operatingPoint();
    // A cut set by a rule or taken back may lie outside the axis; a hand never takes it there.
    const auto outside = [this](const std::optional<double>& cut) {
        return cut && (*cut < m_scale.low || *cut > m_scale.high);
    };
    if (!m_before && (outside(point.fail) || outside(point.review))) rescale();
    m_histogram->setPoint(point);
    m_fields->setPoint(point);
    m_curve->setPoint(point.fail ? m_table.curveAt(*point.fail) : std::nullopt);
    m_decision->setDecision(m_table.at(point), m_table);
    m_rules->setCurrentRule(point.rule);
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
    services::LabelledScores scores = m_table.labelled();
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
    const auto* model = m_project->currentModel();
    if (model == nullptr || m_project->isReadOnly()) return;
    if (m_rebuildSoon.isActive()) rebuild();
    if (rule.falseRejectRate) {
        take(services::fromGoodImages(rule,
                                      services::GoodScores{model->goodScores, model->goodMapMaxima, model->folds}));
        return;
    }
    if (!rule.bestF1) {
        take(services::fromLabelledImages(rule, labelled(), pixelCuts(), 0));
        return;
    }
    m_rules->setBusy(true);
    m_jobs.start(
        tr("Best F1"),
        [rule, scores = labelled(), pixels = pixelCuts()](const engine::RunContext&) {
            return services::fromLabelledImages(rule, scores, pixels, 0);
        },
        [this, revision = m_revision, rule](const engine::OperatingPoint& point) {
            m_rules->setBusy(false);
            if (revision == m_revision)
                take(point);
            else
                applyRule(rule);
        },
        true);
}

void ThresholdPanel::updateUndo() {
    const QUndoStack* stack = m_project->undoStack();
    const auto* last = stack->canUndo() ? stack->command(stack->index() - 1) : nullptr;
    const bool isPoint = dynamic_cast<const services::SetCommand<engine::OperatingPoint>*>(last) != nullptr;
    m_changes->setUndoText(isPoint ? tr("Undo: %1").arg(last->text()) : QString());
}

void ThresholdPanel::takeHistory(const QVector<services::AuditEntry>& entries) {
    if (m_historyAsked == 0) return;
    const auto* model = m_project->currentModel();
    QVector<services::AuditEntry> ours;
    for (const auto& entry : entries) {
        if (entry.what != QLatin1String("operating point")) return;  // somebody else's answer
        if (model != nullptr && entry.subject == model->name) ours << entry;
    }
    --m_historyAsked;
    m_changes->setHistory(ours);
}

}  // namespace ui
