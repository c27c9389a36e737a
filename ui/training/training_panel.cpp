// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_panel.h"

#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/training/action_page.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"
#include "ui/training/result_box.h"
#include "ui/training/run_box.h"
#include "ui/training/told_failure.h"
#include "ui/training/training_form.h"
#include "ui/training/weights_box.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

constexpr int estimateAfterMs = 250;
constexpr int countAfterMs = 300;

}  // namespace

TrainingPanel::TrainingPanel(services::Project* project, services::Inspector* inspector, Dialogs* dialogs,
                             QWidget* parent)
    : QWidget(parent),
      m_project(project),
      m_inspector(inspector),
      m_intro(new Note({}, this)),
      m_result(new ResultBox(this)),
      m_form(new TrainingForm(this)),
      m_weights(new WeightsBox(inspector->jobs(), inspector->weights(), dialogs, this)),
      m_told(new QWidget(this)),
      m_estimate(new Note({}, m_told)),
      m_message(new MessageLine(m_told)),
      m_train(new PrimaryButton(tr("Train"), this)),
      m_run(new RunBox(QStringLiteral("training"), tr("Cancel the training"), this)) {
    setObjectName(QStringLiteral("trainingPanel"));
    m_intro->setObjectName(QStringLiteral("trainingIntro"));
    m_estimate->setObjectName(QStringLiteral("trainingEstimate"));
    m_message->setObjectName(QStringLiteral("trainingMessage"));
    m_train->setObjectName(QStringLiteral("trainButton"));
    m_run->setObjectName(QStringLiteral("runBox"));
    m_run->setAccessibleName(tr("The training in progress"));
    m_estimateTimer.setSingleShot(true);
    m_estimateTimer.setInterval(estimateAfterMs);
    m_missingTimer.setSingleShot(true);
    m_missingTimer.setInterval(countAfterMs);
    build();
    connectParts();
    connectInspector();
    tellEstimate({});
    m_form->setRegionDrawn(!m_project->region().isNull());
    showIntro();
    showParts();
    m_missingTimer.start();
}

void TrainingPanel::build() {
    auto* content = new QWidget(this);
    content->setObjectName(QStringLiteral("trainingContent"));
    auto* asked = new QVBoxLayout(content);
    asked->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    asked->setSpacing(metrics::margin);
    asked->addWidget(new Heading(tr("Train a model"), content));
    asked->addWidget(m_intro);
    asked->addWidget(m_result);
    asked->addWidget(m_form);
    asked->addWidget(m_weights);
    asked->addStretch(1);
    auto* told = new QVBoxLayout(m_told);
    told->setSpacing(metrics::gap);
    told->addWidget(m_estimate);
    told->addWidget(m_message);
    auto* actions = new QWidget(this);
    auto* act = new QVBoxLayout(actions);
    act->addWidget(m_train);
    act->addWidget(m_run);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new ActionPage(content, m_told, actions, this));
}

void TrainingPanel::connectParts() {
    connect(m_form, &TrainingForm::changed, this, [this] {
        m_message->clear();
        showParts();
        scheduleEstimate();
    });
    connect(m_train, &QPushButton::clicked, this, &TrainingPanel::train);
    connect(m_run, &RunBox::cancelRequested, this, [this] {
        if (m_inspector) m_inspector->jobs()->cancel(m_inspector->trainingJob());
    });
    connect(m_weights, &WeightsBox::added, this, [this] {
        m_message->setText(tr("The weights fit. They are kept for every project."));
        lookForWeights();
    });
    connect(m_result, &ResultBox::tuneRequested, this, &TrainingPanel::tuneRequested);
    connect(m_result, &ResultBox::scoreRequested, this, [this] {
        m_inspector->scoreMissing();
        showMissing();
    });
    connect(&m_estimateTimer, &QTimer::timeout, this, &TrainingPanel::estimate);
    connect(&m_missingTimer, &QTimer::timeout, this, &TrainingPanel::showMissing);
    connect(m_project, &services::Project::labelsChanged, this, [this] {
        showIntro();
        showParts();
        scheduleEstimate();
    });
    connect(m_project, &services::Project::regionChanged, this, [this] {
        m_form->setRegionDrawn(!m_project->region().isNull());
        scheduleEstimate();
    });
    connect(m_project, &services::Project::scoresChanged, &m_missingTimer, [this] {
        if (!m_missingTimer.isActive()) m_missingTimer.start();
    });
    connect(m_project, &services::Project::currentModelChanged, this, [this] {
        const auto* model = m_project->currentModel();
        if (model == nullptr || model->id != m_inspector->lastSummary().model) m_result->forgetSummary();
        m_missingTimer.start();
    });
}

void TrainingPanel::connectInspector() {
    using services::Inspector;
    using services::JobRunner;
    auto* told = new ToldFailure(m_inspector->jobs(), m_message,
                                 [this] { return m_inspector ? m_inspector->trainingJob() : services::JobId{0}; });
    connect(told, &ToldFailure::changed, this, &TrainingPanel::failureTold);
    connect(m_inspector, &Inspector::estimated, this, &TrainingPanel::showEstimate);
    connect(m_inspector, &Inspector::estimateFailed, this, [this](const QString& message) {
        tellEstimate({});
        m_message->setFault(message);
    });
    connect(m_inspector, &Inspector::trainingStarted, this, [this] {
        m_message->clear();
        m_run->begin(services::JobState::Waiting);
        showParts();
    });
    connect(m_inspector, &Inspector::trained, this, [this] { finish({}); });
    connect(m_inspector, &Inspector::trainingFailed, this, &TrainingPanel::finish);
    connect(m_inspector, &Inspector::trainingCancelled, this, [this] {
        m_message->setText(tr("The training was cancelled."));
        showParts();
        scheduleEstimate();
    });
    connect(m_inspector->jobs(), &JobRunner::progressed, this,
            [this](services::JobId id, const services::JobProgress& progress) {
                if (id == m_inspector->trainingJob()) m_run->setProgress(progress);
            });
    connect(m_inspector->jobs(), &JobRunner::stateChanged, this, [this](services::JobId id, services::JobState state) {
        if (id == m_inspector->trainingJob()) m_run->setState(state);
        m_missingTimer.start();
    });
}

void TrainingPanel::train() {
    m_message->clear();
    m_estimateTimer.stop();
    m_inspector->train(m_form->request());
    if (m_inspector->isTraining()) m_run->setFocus();
}

void TrainingPanel::finish(const QString& failure) {
    const auto* model = m_project->currentModel();
    if (failure.isEmpty() && model != nullptr) {
        m_result->showSummary(m_inspector->lastSummary(), *model);
        m_message->clear();
    } else {
        m_message->setFault(failure);
    }
    showParts();
    showMissing();
    scheduleEstimate();
}

void TrainingPanel::showParts() {
    const bool running = m_inspector->isTraining();
    const bool missing = isMissingWeights();
    const bool readOnly = m_project->isReadOnly();
    m_form->setEnabled(!running && !readOnly);
    if (missing) m_weights->setBackbone(m_form->missingBackbone());
    m_weights->setVisible(missing && !running && !readOnly);
    m_run->setVisible(running);
    for (QWidget* part : {m_told, static_cast<QWidget*>(m_train)}) part->setVisible(!running && (!missing || readOnly));
    m_result->setVisible(!running && !m_result->isEmpty());
    m_train->setEnabled(m_good > 0 && !readOnly);
    m_train->setToolTip(m_project->readOnlyReason());
    const bool again = m_message->isFault() && !m_message->text().isEmpty();
    m_train->setText(again ? tr("Try again") : m_project->currentModel() != nullptr ? tr("Train again") : tr("Train"));
    m_train->setFilled(m_result->isEmpty());
}

void TrainingPanel::showIntro() {
    const auto& images = m_project->images();
    m_good = static_cast<int>(std::count_if(images.begin(), images.end(), [](const services::ImageRecord& image) {
        return image.split == engine::Split::Train && image.label == engine::Label::Good;
    }));
    if (m_good == 0)
        m_intro->setText(
            tr("There is no good training image to learn from. Label some as good first: select them and "
               "press G."));
    else
        m_intro->setText(
            tr("Learns what good looks like from the training images that are labelled good: %1\u00A0now. No "
               "defect is needed.")
                .arg(QLocale().toString(m_good)));
}

void TrainingPanel::showMissing() {
    if (!m_inspector || !m_project) return;
    const int missing = m_inspector->isBusy() ? 0 : m_inspector->missingScores();
    m_result->setMissing(missing, !m_project->isReadOnly());
    showParts();
}

bool TrainingPanel::isMissingWeights() const {
    return !m_form->missingBackbone().isEmpty();
}

void TrainingPanel::lookForWeights() {
    m_inspector->jobs()->start(
        {},
        [weights = m_inspector->weights()](const engine::RunContext&) {
            QSet<QString> names;
            for (const auto& found : weights.list()) names.insert(QString::fromStdString(found.backbone));
            return names;
        },
        [panel = QPointer(this)](const QSet<QString>& names) {
            if (!panel) return;
            panel->m_form->setAvailable(names);
            panel->showParts();
            panel->scheduleEstimate();
        },
        true);
}

void TrainingPanel::scheduleEstimate() {
    m_inspector->cancelEstimate();
    m_estimateTimer.stop();
    const bool wanted =
        isVisible() && !m_inspector->isTraining() && !isMissingWeights() && m_good > 0 && !m_project->isReadOnly();
    tellEstimate(m_project->isReadOnly() ? tr("Read-only: no model can be trained here.")
                 : !wanted               ? QString()
                 : m_inspector->isBusy() ? tr("The estimate waits for the work that is running\u2026")
                                         : tr("Estimating\u2026"));
    if (wanted) m_estimateTimer.start();
}

void TrainingPanel::tellEstimate(const QString& text) {
    m_estimate->setText(text);
    m_estimate->setVisible(!text.isEmpty());
}

void TrainingPanel::estimate() {
    if (isVisible() && !m_inspector->isTraining()) m_inspector->estimate(m_form->request());
}

void TrainingPanel::showEstimate(const services::TrainEstimate& estimate) {
    const QLocale locale;
    QStringList time{
        estimate.fit.images == 1 ? tr("1 image") : tr("%1 images").arg(locale.toString(qlonglong{estimate.fit.images})),
        aboutText(estimate.seconds)};
    QStringList room{tr("%1 of memory").arg(sizeText(estimate.fit.peakBytes)),
                     tr("model %1").arg(sizeText(estimate.fit.modelBytes))};
    for (QStringList* parts : {&time, &room}) parts->replaceInStrings(QStringLiteral(" "), QStringLiteral("\u00A0"));
    tellEstimate(listed(time) + QLatin1Char('\n') + listed(room));
    if (!estimate.fit.overBudget) return;
    m_message->setCaution(
        m_form->request().method == QLatin1String("patchcore")
            ? tr("More patches than the memory budget holds: some would be left out. A smaller input "
                 "size or fewer images keeps all of them.")
            : tr("More than the memory budget holds: %1.").arg(QString::fromStdString(estimate.fit.note)));
}

void TrainingPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    lookForWeights();
}

void TrainingPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_estimateTimer.stop();
    if (m_inspector) m_inspector->cancelEstimate();
}

}  // namespace ui
