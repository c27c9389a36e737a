// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "app/services/inspection/inspector.h"
#include "app/services/project/project.h"

class QVBoxLayout;

namespace ui {

class Dialogs;
class Heading;
class MessageLine;
class Note;
class PrimaryButton;
class ResultBox;
class RunBox;
class TrainingForm;
class WeightsBox;

// The Train page: how to train, what it will cost, the work itself, and what came of it.
class TrainingPanel : public QWidget {
    Q_OBJECT
public:
    TrainingPanel(services::Project* project, services::Inspector* inspector, Dialogs* dialogs,
                  QWidget* parent = nullptr);

Q_SIGNALS:
    void tuneRequested();
    // The failure of a job is told on this page, or not any more.
    void failureTold(services::JobId id, bool told);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void connectParts();
    void connectInspector();
    void train();
    void lookForWeights();
    void scheduleEstimate();
    void tellEstimate(const QString& text);  // empty: no line for it
    void estimate();
    void showEstimate(const services::TrainEstimate& estimate);
    void showIntro();
    void showParts();
    void showMissing();
    void finish(const QString& failure);
    bool isMissingWeights() const;

    QPointer<services::Project> m_project;
    QPointer<services::Inspector> m_inspector;
    Note* m_intro;
    ResultBox* m_result;
    TrainingForm* m_form;
    WeightsBox* m_weights;
    QWidget* m_told;  // before the start
    Note* m_estimate;
    MessageLine* m_message;
    PrimaryButton* m_train;
    RunBox* m_run;
    QTimer m_estimateTimer;
    QTimer m_missingTimer;
    int m_good = 0;  // training images labelled good
};

}  // namespace ui
