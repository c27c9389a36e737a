// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/jobs/job_runner.h"

class QLabel;

namespace ui {

class LossPlot;
class Note;
class PrimaryButton;
class SlimBar;

// A training while it runs: its step and stage, how far it is, and a way out.
class RunBox : public QWidget {
    Q_OBJECT
public:
    explicit RunBox(QWidget* parent = nullptr);

    void begin(services::JobState state);
    void setState(services::JobState state);
    void setProgress(const services::JobProgress& progress);

Q_SIGNALS:
    void cancelRequested();

private:
    QLabel* m_stage;
    Note* m_step;
    SlimBar* m_bar;
    Note* m_numbers;
    LossPlot* m_losses;
    PrimaryButton* m_cancel;
};

}  // namespace ui
