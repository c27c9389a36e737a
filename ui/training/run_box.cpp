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

RunBox::RunBox(const QString& name, const QString& cancelWords, QWidget* parent)
    : QWidget(parent),
      m_stage(new QLabel(this)),
      m_step(new Note({}, this)),
      m_bar(new SlimBar(this)),
      m_cancel(new LinkButton(tr("Cancel"), this)),
      m_numbers(new Note({}, this)),
      m_losses(new LossPlot(this)) {
    m_stage->setObjectName(name + QStringLiteral("Stage"));
    m_step->setObjectName(name + QStringLiteral("Step"));
    m_step->setWordWrap(false);
    m_bar->setObjectName(name + QStringLiteral("Bar"));
    m_bar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_numbers->setObjectName(name + QStringLiteral("Numbers"));
    m_numbers->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_losses->setObjectName(name + QStringLiteral("Losses"));
    m_cancel->setObjectName(QStringLiteral("cancel") + name.left(1).toUpper() + name.mid(1));
    m_cancel->setAccessibleName(cancelWords);
    auto* words = new QHBoxLayout;
    words->setSpacing(metrics::gap);
    words->addWidget(m_stage, 1);
    words->addWidget(m_step, 0, Qt::AlignRight);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(metrics::margin);
    bar->addWidget(m_bar, 1);
    bar->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_losses);
    column->addLayout(words);
    column->addLayout(bar);
    column->addWidget(m_numbers);
    connect(m_cancel, &QPushButton::clicked, this, &RunBox::cancelRequested);
}

// The lines that the numbers may come to, from the start.
void RunBox::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const QRect room(0, 0, width(), QWIDGETSIZE_MAX);
    m_numbers->setFixedHeight(
        m_numbers->fontMetrics().boundingRect(room, Qt::TextWordWrap, longestProgressText()).height());
}

void RunBox::begin(services::JobState state) {
    m_bar->setProgress(0, 1);
    m_step->clear();
    m_losses->setLosses({});
    m_numbers->clear();
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
    m_numbers->setText(progressText(progress));
    m_losses->setLosses(progress.losses);
}

}  // namespace ui
