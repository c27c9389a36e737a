// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "app/services/reporting/reporter.h"

class QLabel;
class QSettings;

namespace ui {

class Dialogs;
class MessageLine;
class Note;
class PrimaryButton;
class ReportForm;
class RunBox;
class WrittenFiles;

// The Report page: what the report is on, what it holds and where it goes; then the way to what was written.
class ReportPanel : public QWidget {
    Q_OBJECT
public:
    ReportPanel(services::Project* project, services::Inspector* inspector, const services::MapStore& maps,
                Dialogs* dialogs, QSettings* settings, QWidget* parent = nullptr);

Q_SIGNALS:
    void trainRequested();
    // The failure of a job is told on this page, or not any more.
    void failureTold(services::JobId id, bool told);

private:
    void build();
    void connectProject();
    void connectReporter();
    void make();
    void refresh();
    void showSubject();

    QPointer<services::Project> m_project;
    QPointer<services::Inspector> m_inspector;
    services::Reporter* m_reporter;
    Note* m_subject;
    PrimaryButton* m_train;  // shown while there is no model
    MessageLine* m_before;   // what is to be known before it is made
    ReportForm* m_form;
    MessageLine* m_message;
    WrittenFiles* m_written;
    PrimaryButton* m_make;
    RunBox* m_running;
    QTimer m_subjectTimer;
};

}  // namespace ui
