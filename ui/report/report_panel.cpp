// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_panel.h"

#include <QLocale>
#include <QVBoxLayout>

#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/report/report_form.h"
#include "ui/report/written_files.h"
#include "ui/training/action_page.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"
#include "ui/training/run_box.h"
#include "ui/training/told_failure.h"

namespace ui {

namespace {

constexpr int countAfterMs = 300;

qint64 testImages(const services::Project& project) {
    const auto& images = project.images();
    return std::count_if(images.begin(), images.end(),
                         [](const services::ImageRecord& image) { return image.split == engine::Split::Test; });
}

}  // namespace

ReportPanel::ReportPanel(services::Project* project, services::Inspector* inspector, const services::MapStore& maps,
                         Dialogs* dialogs, QSettings* settings, QWidget* parent)
    : QWidget(parent),
      m_project(project),
      m_inspector(inspector),
      m_reporter(new services::Reporter(project, inspector, maps, this)),
      m_subject(new Note({}, this)),
      m_train(trainFirstButton(this)),
      m_before(new MessageLine(this)),
      m_form(new ReportForm(settings, dialogs, project->folder(), this)),
      m_message(new MessageLine(this)),
      m_written(new WrittenFiles(QStringLiteral("reportFiles"), this)),
      m_make(new PrimaryButton(tr("Make the report"), this)),
      m_running(new RunBox(QStringLiteral("report"), tr("Cancel the report"), this)) {
    setObjectName(QStringLiteral("reportPanel"));
    m_subject->setObjectName(QStringLiteral("reportSubject"));
    m_before->setObjectName(QStringLiteral("reportBefore"));
    m_message->setObjectName(QStringLiteral("reportMessage"));
    m_make->setObjectName(QStringLiteral("makeReportButton"));
    // It takes the keyboard from the button that has begun the report: on Cancel, a second Enter would end it.
    m_running->setFocusPolicy(Qt::StrongFocus);
    m_running->setAccessibleName(tr("The report in the making"));
    m_subjectTimer.setSingleShot(true);
    m_subjectTimer.setInterval(countAfterMs);
    build();
    connectProject();
    connectReporter();
    showSubject();
}

void ReportPanel::build() {
    auto* content = new QWidget(this);
    content->setObjectName(QStringLiteral("reportContent"));
    auto* asked = new QVBoxLayout(content);
    asked->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    asked->setSpacing(metrics::margin);
    asked->addWidget(new Heading(tr("Report"), content));
    asked->addWidget(m_subject);
    asked->addWidget(m_train);
    asked->addWidget(m_before);
    asked->addWidget(m_form);
    asked->addStretch(1);
    auto* told = new QWidget(this);
    auto* came = new QVBoxLayout(told);
    came->setSpacing(metrics::gap);
    came->addWidget(m_message);
    came->addWidget(m_written);
    auto* actions = new QWidget(this);
    auto* act = new QVBoxLayout(actions);
    act->addWidget(m_make);
    act->addWidget(m_running);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new ActionPage(content, told, actions, this));
}

void ReportPanel::connectProject() {
    using services::Project;
    const auto soon = [this] {
        if (!m_subjectTimer.isActive()) m_subjectTimer.start();
    };
    connect(&m_subjectTimer, &QTimer::timeout, this, &ReportPanel::showSubject);
    connect(m_project, &Project::modelsChanged, &m_subjectTimer, soon);
    connect(m_project, &Project::currentModelChanged, &m_subjectTimer, soon);
    connect(m_project, &Project::scoresChanged, &m_subjectTimer, soon);
    connect(m_project, &Project::operatingPointChanged, &m_subjectTimer, soon);
    connect(m_form, &ReportForm::changed, this, [this] {
        m_message->clear();
        refresh();
    });
    connect(m_train, &QPushButton::clicked, this, &ReportPanel::trainRequested);
    connect(m_make, &QPushButton::clicked, this, &ReportPanel::make);
    connect(m_running, &RunBox::cancelRequested, m_reporter, &services::Reporter::cancel);
}

void ReportPanel::connectReporter() {
    using services::Reporter;
    auto* told = new ToldFailure(m_inspector->jobs(), m_message, [this] { return m_reporter->job(); });
    connect(told, &ToldFailure::changed, this, &ReportPanel::failureTold);
    connect(m_reporter, &Reporter::started, this, [this] {
        m_message->clear();
        m_written->setFiles({});
        m_running->begin(services::JobState::Waiting);
        refresh();
        m_running->setFocus();
    });
    connect(m_reporter, &Reporter::written, this, [this](const QStringList& files) {
        m_written->setFiles(files);
        refresh();
    });
    connect(m_reporter, &Reporter::failed, this, [this](const QString& message) {
        m_message->setFault(message);
        refresh();
    });
    connect(m_reporter, &Reporter::cancelled, this, [this] {
        m_message->setText(tr("The report was cancelled. Nothing was written."));
        refresh();
    });
    connect(m_inspector->jobs(), &services::JobRunner::progressed, this,
            [this](services::JobId id, const services::JobProgress& progress) {
                if (id == m_reporter->job()) m_running->setProgress(progress);
            });
    connect(m_inspector->jobs(), &services::JobRunner::stateChanged, this,
            [this](services::JobId id, services::JobState state) {
                if (id == m_reporter->job()) m_running->setState(state);
            });
}

void ReportPanel::make() {
    if (const QString fault = m_form->fault(); !fault.isEmpty()) {
        m_message->setFault(fault);
        return;
    }
    m_form->remember();
    m_reporter->write(m_form->request());
}

void ReportPanel::refresh() {
    const bool busy = m_reporter->isBusy();
    const bool possible = m_project->currentModel() != nullptr;
    m_train->setVisible(!possible && !m_project->isReadOnly());
    m_form->setEnabled(!busy && possible);
    m_make->setVisible(!busy);
    m_make->setEnabled(possible);
    m_make->setText(m_message->isFault() && !m_message->text().isEmpty() ? tr("Try again") : tr("Make the report"));
    m_running->setVisible(busy);
}

void ReportPanel::showSubject() {
    if (!m_project || !m_inspector) return;
    const services::ModelRecord* model = m_project->currentModel();
    if (model == nullptr) {
        m_subject->setText(tr("A report says what a model does on the test images. Train one first."));
        m_before->clear();
        refresh();
        return;
    }
    const QLocale locale;
    m_subject->setText(
        tr("%1 on %2\u00A0test images, with the labels and cuts as they are when the report is made: the same "
           "numbers as on the Tune page, with the history of the cuts and the images that matter.")
            .arg(unbrokenDate(model->name), locale.toString(testImages(*m_project))));
    m_form->setSuggestions(tr("%1 by %2").arg(m_project->name(), model->name), tr("%1 report").arg(m_project->name()));
    const int missing = m_inspector->isBusy() || m_project->isReadOnly() ? 0 : m_inspector->missingScores();
    if (!m_project->operatingPoint().fail)
        m_before->setCaution(tr("No fail cut is set, so no image has a verdict. The Tune page sets one."));
    else if (missing > 0)
        m_before->setCaution(tr("Images without a score yet, which are scored first: %n", nullptr, missing));
    else
        m_before->clear();
    refresh();
}

}  // namespace ui
