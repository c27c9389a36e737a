// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QVector>
#include <QWidget>
#include <optional>

#include "app/services/decision/decision_table.h"
#include "app/services/jobs/job_runner.h"
#include "app/services/project/project.h"
#include "ui/threshold/score_scale.h"

class QVBoxLayout;

namespace ui {

class ChangeLine;
class ChartLegend;
class Chip;
class CurvePlot;
class CutFields;
class DecisionView;
class Heading;
class Note;
class PrimaryButton;
class RuleBox;
class ScoreHistogram;

// Where the operating point is chosen and what it does is seen. Handles, spin boxes, slider and the point on the curve
// are one thing: each previews in the project as the hand moves, and everything here follows the project. What the hand
// leaves is one step of undo.
class ThresholdPanel : public QWidget {
    Q_OBJECT
public:
    explicit ThresholdPanel(services::Project* project, QWidget* parent = nullptr);
    ~ThresholdPanel() override;

    QSize sizeHint() const override;

    const services::DecisionTable& table() const { return m_table; }

Q_SIGNALS:
    void trainRequested();

public Q_SLOTS:
    // A rule by its buttons. Best F1, whose interval takes a while, is worked out beside the window.
    void applyRule(const services::ThresholdRule& rule);

private:
    void build();
    QWidget* buildScores();
    QWidget* buildDecision();
    QWidget* buildRules();
    void connectProject();
    void connectHands();

    void scheduleRebuild();
    void rebuild();  // labels, scores or the model have changed
    void showTable(services::DecisionTable table);
    void askHistory();
    void rescale();    // the axes of scores and of map values
    void follow();     // a cut has moved
    void showState();  // what there is to see, or why there is nothing
    void updateRules();
    void updateUndo();
    void takeHistory(quint64 request, const QVector<services::AuditEntry>& entries);

    static bool sameCuts(const engine::OperatingPoint& a, const engine::OperatingPoint& b);
    void move(Cut cut, double value);
    void commit();
    void cancel();
    void take(const engine::OperatingPoint& point);
    void takeAtOnce(const services::ThresholdRule& rule);
    engine::OperatingPoint meant(const engine::OperatingPoint& before, const engine::OperatingPoint& now) const;
    services::LabelledScores labelled() const;
    services::PixelCuts pixelCuts() const;

    QPointer<services::Project> m_project;
    services::JobRunner m_jobs;  // its own, so that a rule need not wait for a training
    services::DecisionTable m_table;
    ScoreScale m_scale;
    std::optional<engine::OperatingPoint> m_before;  // while a hand moves: where it started
    QTimer m_rebuildSoon;
    QElapsedTimer m_sinceRebuild;
    engine::OperatingPoint m_told;  // the one whose history was asked for last
    quint64 m_historyRequest = 0;
    quint64 m_revision = 0;  // of labels, scores and model: a rule worked out on others is dropped

    QWidget* m_content;
    QWidget* m_scores = nullptr;
    QWidget* m_decisions = nullptr;
    QWidget* m_ruleSection = nullptr;
    Heading* m_heading;
    Note* m_state;
    PrimaryButton* m_train;
    ChartLegend* m_legend;
    ScoreHistogram* m_histogram;
    CurvePlot* m_curve;
    Chip* m_roc;
    Chip* m_precisionRecall;
    CutFields* m_fields;
    DecisionView* m_decision;
    RuleBox* m_rules;
    ChangeLine* m_changes;
};

}  // namespace ui
