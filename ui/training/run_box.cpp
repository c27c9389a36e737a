// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/training/controls.h"
#include "ui/training/loss_plot.h"
#include "ui/training/work_texts.h"

namespace ui {

RunBox::RunBox(QWidget* parent)
    : QWidget(parent),
      m_stage(new QLabel(this)),
      m_step(new Note({}, this)),
      m_bar(new SlimBar(this)),
      m_numbers(new Note({}, this)),
      m_losses(new LossPlot(this)),
      m_cancel(new PrimaryButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("runBox"));
    m_stage->setObjectName(QStringLiteral("trainingStage"));
    m_step->setObjectName(QStringLiteral("trainingStep"));
    m_step->setWordWrap(false);
    m_bar->setObjectName(QStringLiteral("trainingBar"));
    m_bar->setAccessibleName(tr("Progress of the training"));
    m_numbers->setObjectName(QStringLiteral("trainingNumbers"));
    m_losses->setObjectName(QStringLiteral("trainingLosses"));
    m_cancel->setObjectName(QStringLiteral("cancelTraining"));
    m_cancel->setAccessibleName(tr("Cancel the training"));
    m_cancel->setFilled(false);
    auto* words = new QHBoxLayout;
    words->setSpacing(metrics::gap);
    words->addWidget(m_stage, 1);
    words->addWidget(m_step, 0, Qt::AlignRight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addLayout(words);
    column->addWidget(m_bar);
    column->addWidget(m_numbers);
    column->addWidget(m_losses);
    column->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &RunBox::cancelRequested);
}

void RunBox::begin(services::JobState state) {
    m_bar->setProgress(0, 1);
    m_step->clear();
    m_losses->setLosses({});
    // A line of its own from the start: nothing jumps when numbers come.
    m_numbers->setText(QStringLiteral(" "));
    setState(state);
}

void RunBox::setState(services::JobState state) {
    const bool cancelling = state == services::JobState::Cancelling;
    m_cancel->setEnabled(!cancelling);
    m_bar->setEnabled(!cancelling);
    if (cancelling)
        m_stage->setText(tr("Cancelling\u2026"));
    else if (state == services::JobState::Waiting)
        m_stage->setText(tr("Waiting for other work\u2026"));
    else
        m_stage->setText(tr("Starting\u2026"));
}

void RunBox::setProgress(const services::JobProgress& progress) {
    if (!m_cancel->isEnabled()) return;
    m_stage->setText(stageText(progress.stage));
    const int step = trainingStep(progress.stage);
    m_step->setText(step == 0 ? QString() : tr("%1 of %2").arg(step).arg(trainingSteps));
    m_bar->setProgress(progress.done, progress.total);
    const QString numbers = progressText(progress);
    m_numbers->setText(numbers.isEmpty() ? QStringLiteral(" ") : numbers);
    m_losses->setLosses(progress.losses);
}

}  // namespace ui
