// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/jobs/job_runner.h"

class QLabel;

namespace ui {

class LinkButton;
class LossPlot;
class Note;
class SlimBar;

// A job while it runs: its step and stage, how far it is, and a way out. Nothing in it moves while it runs, and Cancel
// is not where the button was that began it: a second click would end what the first has begun.
class RunBox : public QWidget {
    Q_OBJECT
public:
    // The names of its parts are made of `name`: "trainingStage", "cancelTraining".
    RunBox(const QString& name, const QString& cancelWords, QWidget* parent = nullptr);

    void begin(services::JobState state);
    void setState(services::JobState state);
    void setProgress(const services::JobProgress& progress);

Q_SIGNALS:
    void cancelRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* m_stage;
    Note* m_step;
    SlimBar* m_bar;
    LinkButton* m_cancel;
    Note* m_numbers;
    LossPlot* m_losses;
};

}  // namespace ui
