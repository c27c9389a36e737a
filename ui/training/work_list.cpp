// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/work_list.h"

#include <QTime>
#include <algorithm>

#include "ui/training/work_texts.h"

namespace ui {

namespace {

constexpr qsizetype logLines = 5000;

}  // namespace

bool WorkEntry::isOpen() const {
    using services::JobState;
    return state == JobState::Waiting || state == JobState::Running || state == JobState::Cancelling;
}

QString WorkEntry::stateText() const {
    using services::JobState;
    switch (state) {
        case JobState::Waiting:
            return WorkList::tr("Waiting");
        case JobState::Running:
            return progress.stage.isEmpty() ? WorkList::tr("Starting") : stageText(progress.stage);
        case JobState::Cancelling:
            return WorkList::tr("Cancelling\u2026");
        case JobState::Failed:
            return WorkList::tr("Failed");
        case JobState::Cancelled:
            return WorkList::tr("Cancelled");
        case JobState::Done:
            break;
    }
    return WorkList::tr("Done");
}

WorkList::WorkList(services::JobRunner* jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {
    using services::JobRunner;
    connect(jobs, &JobRunner::jobAdded, this, [this](services::JobId id, const QString& title) {
        WorkEntry entry;
        entry.id = id;
        entry.title = title;
        m_entries.append(entry);
        Q_EMIT listChanged();
    });
    connect(jobs, &JobRunner::stateChanged, this, &WorkList::onState);
    connect(jobs, &JobRunner::progressed, this, [this](services::JobId id, const services::JobProgress& progress) {
        WorkEntry* entry = find(id);
        if (entry == nullptr) return;
        entry->progress = progress;
        Q_EMIT progressChanged();
    });
    connect(jobs, &JobRunner::warned, this, [this](services::JobId id, const QString& message) {
        WorkEntry* entry = find(id);
        if (entry == nullptr) return;
        ++entry->warnings;
        note(tr("%1: %2").arg(entry->title, message));
    });
    connect(jobs, &JobRunner::failed, this, [this](services::JobId id, const QString& message) {
        if (WorkEntry* entry = find(id)) entry->message = message;
    });
}

void WorkList::onState(services::JobId id, services::JobState state) {
    using services::JobState;
    WorkEntry* entry = find(id);
    if (entry == nullptr) return;
    entry->state = state;
    if (state == JobState::Running) note(tr("%1: started").arg(entry->title));
    if (state == JobState::Done) note(tr("%1: done").arg(entry->title));
    if (state == JobState::Cancelled) note(tr("%1: cancelled").arg(entry->title));
    if (state == JobState::Failed) note(tr("%1: failed. %2").arg(entry->title, entry->message));
    if (state == JobState::Done || state == JobState::Cancelled)
        m_entries.removeIf([id](const WorkEntry& e) { return e.id == id; });
    Q_EMIT listChanged();
}

const WorkEntry* WorkList::current() const {
    const auto atWork = [](const WorkEntry& e) { return e.isOpen() && e.state != services::JobState::Waiting; };
    auto found = std::find_if(m_entries.begin(), m_entries.end(), atWork);
    if (found == m_entries.end())
        found = std::find_if(m_entries.begin(), m_entries.end(), [](const WorkEntry& e) { return e.isOpen(); });
    return found == m_entries.end() ? nullptr : &*found;
}

const WorkEntry* WorkList::lastFailure() const {
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(), [](const auto& e) { return e.isFailed(); });
    return found == m_entries.rend() ? nullptr : &*found;
}

int WorkList::openCount() const {
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(), [](const WorkEntry& e) { return e.isOpen(); }));
}

void WorkList::cancel(services::JobId id) {
    if (m_jobs) m_jobs->cancel(id);
}

bool WorkList::canRetry(services::JobId id) const {
    return m_jobs && m_jobs->canRetry(id);
}

void WorkList::retry(services::JobId id) {
    if (!canRetry(id)) return;
    dismiss(id);
    m_jobs->retry(id);
}

void WorkList::dismiss(services::JobId id) {
    if (m_entries.removeIf([id](const WorkEntry& e) { return e.id == id && e.isFailed(); }) > 0) Q_EMIT listChanged();
}

WorkEntry* WorkList::find(services::JobId id) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [id](const auto& e) { return e.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

void WorkList::note(const QString& text) {
    const QString line = QTime::currentTime().toString(QStringLiteral("HH:mm:ss  ")) + text;
    m_log.append(line);
    if (m_log.size() > logLines) m_log.removeFirst();
    Q_EMIT logged(line);
}

}  // namespace ui
