// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVector>

#include "app/services/jobs/job_runner.h"

namespace ui {

struct WorkEntry {
    services::JobId id = 0;
    QString title;
    services::JobState state = services::JobState::Waiting;
    services::JobProgress progress;
    QString message;  // of a failure
    int warnings = 0;

    bool isOpen() const;  // waiting or at work
    bool isFailed() const { return state == services::JobState::Failed; }
    // "Training PatchCore: Scoring images", "Cancelling", "Failed".
    QString stateText() const;
};

// The work that people are told of: what is open, what has failed until it is dismissed, and a log of everything.
class WorkList : public QObject {
    Q_OBJECT
public:
    explicit WorkList(services::JobRunner* jobs, QObject* parent = nullptr);

    const QVector<WorkEntry>& entries() const { return m_entries; }  // in the order in which they were started
    const WorkEntry* current() const;                                // what is at work; null: nothing
    const WorkEntry* lastFailure() const;                            // null: none that is not dismissed
    int openCount() const;
    const QStringList& log() const { return m_log; }

    void cancel(services::JobId id);
    bool canRetry(services::JobId id) const;
    void retry(services::JobId id);
    void dismiss(services::JobId id);

Q_SIGNALS:
    void listChanged();      // an entry came, went or changed its state
    void progressChanged();  // of current()
    void logged(const QString& line);

private:
    WorkEntry* find(services::JobId id);
    void note(const QString& text);
    void onState(services::JobId id, services::JobState state);

    QPointer<services::JobRunner> m_jobs;
    QVector<WorkEntry> m_entries;
    QStringList m_log;
};

}  // namespace ui
