// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/threshold_panel.h"

#include <algorithm>
#include <cmath>

#include "app/services/project/project_commands.h"
#include "ui/common/elements.h"
#include "ui/common/primary_button.h"
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
constexpr std::size_t quicklySorted = 20000;  // in 15 ms; more is sorted beside the window

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
      m_train(trainFirstButton(m_content)),
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
    askHistory();
}

ThresholdPanel::~ThresholdPanel() {
    if (m_project) commit();
    // The parts lose the focus while they go, and would say that a move has ended.
    for (QObject* part : std::initializer_list<QObject*>{m_histogram, m_fields, m_curve}) part->disconnect(this);
}

QSize ThresholdPanel::sizeHint() const {
    return {metrics::rightPanelWidth, 760};
}

void ThresholdPanel::connectProject() {
    connect(m_project, &services::Project::labelsChanged, this, &ThresholdPanel::scheduleRebuild);
    connect(m_project, &services::Project::scoresChanged, this, &ThresholdPanel::scheduleRebuild);
    connect(m_project, &services::Project::currentModelChanged, this, [this] {
        m_before.reset();  // the hand was on another model's cut
        rebuild();
        askHistory();
    });
    connect(m_project, &services::Project::operatingPointChanged, this, [this] {
        follow();
        const auto* model = m_project->currentModel();
        if (model == nullptr || sameCuts(model->operatingPoint, m_told)) return;  // a preview
        m_told = model->operatingPoint;
        askHistory();
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
    connect(&m_jobs, &services::JobRunner::failed, this, [this] { m_rules->setBusy(false); });
    connect(m_train, &QPushButton::clicked, this, &ThresholdPanel::trainRequested);
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
    m_sinceRebuild.start();
    const auto* model = m_project->currentModel();
    if (model == nullptr) return showTable({});
    auto scores = services::DecisionScores::of(m_project->images(), model->goodScores);
    if (scores.size() <= quicklySorted) return showTable(services::DecisionTable(std::move(scores)));
    m_jobs.start(
        tr("Sort scores"),
        [scores = std::move(scores)](const engine::RunContext&) { return services::DecisionTable(scores); },
        [this, id = model->id](services::DecisionTable table) {
            const auto* current = m_project ? m_project->currentModel() : nullptr;
            if (current != nullptr && current->id == id) showTable(std::move(table));
        },
        true);
}

void ThresholdPanel::showTable(services::DecisionTable table) {
    m_table = std::move(table);
    rescale();
    m_curve->setData(m_table);
    m_legend->setCounts(m_table.good(), m_table.defect(), m_table.unlabelled());
    showState();
    updateRules();
    follow();
    updateUndo();
}

void ThresholdPanel::askHistory() {
    m_historyRequest = m_project->requestHistory(QStringLiteral("operating point"), historyLength);
}

void ThresholdPanel::rescale() {
    const auto* model = m_project->currentModel();
    if (model == nullptr) return;
    const auto range = m_table.range().value_or(engine::Interval{0, 1});
    m_scale = ScoreScale::of(axisOf(range, m_project->operatingPoint()));
    m_histogram->setData(m_table.histogram({m_scale.low, m_scale.high}, bars), m_scale);
    m_fields->setScale(m_scale);
    m_fields->setPixelScale(model->hasMaps() ? std::optional(ScoreScale::of(pixelAxisOf(*model))) : std::nullopt);
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

void ThresholdPanel::updateUndo() {
    const QUndoStack* stack = m_project->undoStack();
    const auto* last = stack->canUndo() ? stack->command(stack->index() - 1) : nullptr;
    const bool isPoint = dynamic_cast<const services::SetCommand<engine::OperatingPoint>*>(last) != nullptr;
    m_changes->setUndoText(isPoint ? tr("Undo: %1").arg(last->text()) : QString());
}

void ThresholdPanel::takeHistory(quint64 request, const QVector<services::AuditEntry>& entries) {
    if (request != m_historyRequest) return;
    const auto* model = m_project->currentModel();
    QVector<services::AuditEntry> ours;
    for (const auto& entry : entries) {
        if (model != nullptr && entry.subject == model->name) ours << entry;
    }
    m_changes->setHistory(ours);
}

}  // namespace ui
