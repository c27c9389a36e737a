// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/reporter.h"

#include <utility>

namespace services {

Reporter::Reporter(Project* project, Inspector* inspector, const MapStore& maps, QObject* parent)
    : QObject(parent),
      m_project(project),
      m_inspector(inspector),
      m_jobs(inspector->jobs()),
      m_maps(maps),
      m_relay(std::make_shared<Relay>(this)) {
    connect(project, &Project::historyRead, this, &Reporter::takeHistory);
    connect(m_jobs, &JobRunner::stateChanged, this, &Reporter::onJobState);
    connect(m_jobs, &JobRunner::failed, this, [this](JobId id, const QString& message) {
        if (id == m_job) m_failure = message;
    });
}

Reporter::~Reporter() {
    m_relay->close();
    if (m_jobs && m_job != 0) m_jobs->cancel(m_job);
}

void Reporter::write(const ReportRequest& request) {
    if (isBusy() || m_project->currentModel() == nullptr) return;
    m_request = request;
    m_model = m_project->currentModel()->id;
    m_failure.clear();
    m_job = m_inspector->scoreMissing();
    m_scoring = m_job != 0;
    if (!m_scoring) m_historyRequest = m_project->requestHistory(QStringLiteral("operating point"), everything);
    Q_EMIT started();
}

void Reporter::cancel() {
    if (!isBusy()) return;
    if (m_job != 0) {
        m_jobs->cancel(m_job);
    } else {
        end();
        Q_EMIT cancelled();
    }
}

// What was changed before the question is on the disk by now: masks that were just drawn can be read.
void Reporter::takeHistory(quint64 request, const QVector<AuditEntry>& history) {
    if (request != m_historyRequest || !isBusy() || m_job != 0) return;
    if (m_project->currentModel()->id != m_model) {
        end();
        Q_EMIT failed(
            tr("Another model became the current one before the report was made. Make it again for that one."));
        return;
    }
    ReportSource source{storedModel(*m_project), history, m_project->isReadOnly()};
    m_job = m_jobs->start(
        tr("Report \u201c%1\u201d").arg(m_request->name),
        [request = *m_request, source = std::move(source), maps = m_maps, engine = m_inspector->engine()](
            const engine::RunContext& context) { return writeProjectReport(request, source, maps, *engine, context); },
        [this, relay = m_relay](const std::unique_ptr<ReportFiles>& files) {
            if (!relay->isOpen()) return;
            const QStringList paths = files->publish();
            end();
            Q_EMIT written(paths);
        });
    m_jobs->setRetry(m_job, [this, request = *m_request, relay = m_relay] {
        if (relay->isOpen()) write(request);
    });
}

void Reporter::onJobState(JobId id, JobState state) {
    if (id == 0 || id != m_job) return;
    if (state == JobState::Done && m_scoring) {
        m_scoring = false;
        m_job = 0;
        m_historyRequest = m_project->requestHistory(QStringLiteral("operating point"), everything);
    } else if (state == JobState::Cancelled) {
        end();
        Q_EMIT cancelled();
    } else if (state == JobState::Failed) {
        end();
        Q_EMIT failed(m_failure);
    }
}

void Reporter::end() {
    m_request.reset();
    m_scoring = false;
    m_job = 0;
}

}  // namespace services
