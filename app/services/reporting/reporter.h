// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <limits>
#include <memory>
#include <optional>

#include "app/services/inspection/inspector.h"
#include "app/services/inspection/relay.h"
#include "app/services/reporting/report_job.h"

namespace services {

// Writes reports on the current model of a project, one at a time: scores first what is not scored, takes the project
// as it is then, and writes in a job. To be destroyed before the project and the inspector.
class Reporter : public QObject {
    Q_OBJECT
public:
    Reporter(Project* project, Inspector* inspector, const MapStore& maps, QObject* parent = nullptr);
    ~Reporter() override;  // cancels

    void write(const ReportRequest& request);
    void cancel();
    bool isBusy() const { return m_request.has_value(); }
    // What runs for the report now: the scoring, then the report itself; 0: none.
    JobId job() const { return m_job; }

Q_SIGNALS:
    void started();
    void written(const QStringList& files);
    void failed(const QString& message);
    void cancelled();

private:
    void takeHistory(quint64 request, const QVector<AuditEntry>& history);
    void onJobState(JobId id, JobState state);
    void end();

    static constexpr int everything = std::numeric_limits<int>::max();

    QPointer<Project> m_project;
    QPointer<Inspector> m_inspector;
    QPointer<JobRunner> m_jobs;
    MapStore m_maps;
    RelayPtr m_relay;
    std::optional<ReportRequest> m_request;
    ModelId m_model = 0;
    bool m_scoring = false;
    quint64 m_historyRequest = 0;
    JobId m_job = 0;
    QString m_failure;
};

}  // namespace services
