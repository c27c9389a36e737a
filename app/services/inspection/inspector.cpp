// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/inspector.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "app/services/inspection/operating_point_file.h"
#include "app/services/inspection/project_snapshot.h"
#include "app/services/inspection/scoring_job.h"
#include "app/services/inspection/training_job.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr int syncAfterMs = 250;

// The thread of the window applies a batch in one go: short enough never to be felt.
constexpr std::size_t batchForTheWindow = 1000;

template <typename Each>
void inBatches(const std::vector<ImageScore>& scores, Each each) {
    for (std::size_t first = 0; first < scores.size(); first += batchForTheWindow) {
        const auto begin = scores.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = std::min(batchForTheWindow, scores.size() - first);
        each(std::vector<ImageScore>(begin, begin + static_cast<std::ptrdiff_t>(count)));
    }
}

void forgetScores(std::vector<ImageRecord>& images, const std::vector<ImageId>& which) {
    for (ImageRecord& image : images) {
        if (std::find(which.begin(), which.end(), image.id) == which.end()) continue;
        image.score = std::numeric_limits<double>::quiet_NaN();
        image.failure.clear();
    }
}

}  // namespace

Inspector::Inspector(Project* project, JobRunner* jobs, const MapStore& maps, WeightStore weights, QObject* parent)
    : QObject(parent),
      m_project(project),
      m_jobs(jobs),
      m_maps(maps),
      m_weights(std::move(weights)),
      m_relay(std::make_shared<Relay>(this)),
      m_engine(std::make_shared<EngineState>()) {
    connect(jobs, &JobRunner::stateChanged, this, &Inspector::onJobState);
    connect(jobs, &JobRunner::failed, this, &Inspector::onJobFailed);
    connect(project, &Project::currentModelChanged, this, &Inspector::onCurrentModelChanged);
    connect(project, &Project::scoresRead, this, &Inspector::onScoresRead);
    m_syncTimer.setSingleShot(true);
    m_syncTimer.setInterval(syncAfterMs);
    connect(&m_syncTimer, &QTimer::timeout, this, &Inspector::syncOperatingPoint);
    connect(project, &Project::operatingPointChanged, &m_syncTimer, qOverload<>(&QTimer::start));
    // Catches up with what a window that was killed could not write any more.
    m_syncTimer.start();
}

Inspector::~Inspector() {
    m_relay->close();
    if (!m_jobs) return;
    for (const JobId job : {m_training, m_scoring, m_estimating})
        if (job != 0) m_jobs->cancel(job);
    // A model of a few hundred megabytes takes its time to go.
    m_jobs->start(
        QString(),
        [engine = std::move(m_engine)](const engine::RunContext&) {
            engine->close();
            return true;
        },
        [](bool) {}, true);
}

ProjectSnapshot Inspector::snapshot() const {
    return {m_project->imageRoot(), m_project->modelFolder(), m_project->images(), m_project->region()};
}

// Called on the thread of the jobs.
FoundSink Inspector::sink() const {
    FoundSink found;
    const auto relay = m_relay;
    const QPointer<Project> project = m_project;
    const auto addScores = [relay, project](ModelId model, const std::vector<ImageScore>& scores) {
        inBatches(scores, [&](std::vector<ImageScore> batch) {
            relay->post([project, model, batch = std::move(batch)] {
                if (project) project->addScores(model, batch);
            });
        });
    };
    found.addScores = addScores;
    found.setImageTimes = [relay, project](ModelId model, const engine::StageTimes& times) {
        relay->post([project, model, times] {
            if (project) project->setImageTimes(model, times);
        });
    };
    found.addModel = [relay, project, addScores](const ModelRecord& record, const std::vector<ImageScore>& scores,
                                                 const engine::RunContext& context) {
        const auto add = [project, record]() -> ModelId {
            if (!project) return 0;
            project->addModel(record);
            return project->currentModel()->id;
        };
        const auto model = relay->ask<ModelId>(add, context);
        if (model == 0) throw engine::Cancelled();
        addScores(model, scores);
        return model;
    };
    return found;
}

void Inspector::estimate(const TrainRequest& request) {
    cancelEstimate();
    m_estimating = m_jobs->start(
        QString(),
        [request, project = snapshot(), weights = m_weights](const engine::RunContext& context) {
            return estimateTraining(request, project, weights, context);
        },
        [this, relay = m_relay](const TrainEstimate& estimate) {
            if (relay->isOpen()) Q_EMIT estimated(estimate);
        },
        true);
}

void Inspector::cancelEstimate() {
    if (const JobId stale = std::exchange(m_estimating, 0); stale != 0) m_jobs->cancel(stale);
}

JobId Inspector::train(const TrainRequest& request) {
    if (m_project->isReadOnly()) {
        Q_EMIT trainingFailed(m_project->readOnlyReason());
        return 0;
    }
    if (isTraining()) return m_training;
    cancelEstimate();
    if (m_scoring != 0) m_jobs->cancel(m_scoring);  // with a model that is about to be replaced
    m_training = m_jobs->start(
        tr("Training %1").arg(methodTitle(request.method)),
        [request, project = snapshot(), weights = m_weights, maps = m_maps, engine = m_engine,
         found = sink()](const engine::RunContext& context) {
            return runTraining(request, project, weights, maps, *engine, found, context);
        },
        [this, relay = m_relay](TrainSummary summary) {
            if (relay->isOpen()) m_summary = std::move(summary);
        });
    m_jobs->setRetry(m_training, [this, request, relay = m_relay] {
        if (relay->isOpen()) train(request);
    });
    Q_EMIT trainingStarted(m_training);
    return m_training;
}

int Inspector::missingScores() const {
    const ModelRecord* model = m_project->currentModel();
    return model == nullptr ? 0 : countMissing(m_project->images(), *model);
}

JobId Inspector::scoreMissing() {
    if (m_scoring != 0) return m_scoring;
    if (m_project->isReadOnly() || missingScores() == 0) return 0;
    return startScoring(*m_project->currentModel(), std::nullopt);
}

void Inspector::scoreMissingBy(ModelId model) {
    if (m_project->isReadOnly() || std::find(m_toScore.begin(), m_toScore.end(), model) != m_toScore.end()) return;
    m_toScore.push_back(model);
    scoreNext();
}

void Inspector::scoreAgain(ImageId image) {
    if (m_project->isReadOnly() || m_project->currentModel() == nullptr) return;
    if (std::find(m_again.begin(), m_again.end(), image) != m_again.end()) return;
    m_again.push_back(image);
    scoreNext();
}

// `scores`: those of the model, if it is not the current one. `again`: images whose score does not count.
JobId Inspector::startScoring(const ModelRecord& model, const std::optional<std::vector<ImageScore>>& scores,
                              const std::vector<ImageId>& again) {
    m_scoring = m_jobs->start(
        tr("Scoring images"),
        [record = model, scores, again, project = snapshot(), maps = m_maps, engine = m_engine,
         found = sink()](const engine::RunContext& context) mutable {
            if (scores) setScores(project.images, *scores);
            forgetScores(project.images, again);
            return scoreUnscored(record, project, maps, *engine, found, context);
        },
        [](int) {});
    m_jobs->setRetry(m_scoring, [this, relay = m_relay, id = model.id, again] {
        if (!relay->isOpen()) return;
        if (again.empty()) return scoreMissingBy(id);
        for (const ImageId image : again) scoreAgain(image);
    });
    return m_scoring;
}

void Inspector::scoreNext() {
    if (!m_again.empty() && !isBusy() && m_project->currentModel() != nullptr)
        startScoring(*m_project->currentModel(), std::nullopt, std::exchange(m_again, {}));
    if (!m_toScore.empty() && m_scoring == 0 && m_scoresRequest == 0)
        m_scoresRequest = m_project->requestScores(m_toScore.front());
}

void Inspector::onScoresRead(quint64 request, const std::vector<ImageScore>& scores) {
    if (request != m_scoresRequest) return;
    m_scoresRequest = 0;
    const auto& models = m_project->models();
    const auto model = std::find_if(models.begin(), models.end(),
                                    [&](const ModelRecord& record) { return record.id == m_toScore.front(); });
    m_toScore.pop_front();
    if (model == models.end())
        scoreNext();
    else
        startScoring(*model, scores);
}

void Inspector::onJobState(JobId id, JobState state) {
    const bool ended = state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled;
    if (!ended || id == 0) return;
    if (id == m_estimating) m_estimating = 0;
    if (id == m_scoring) {
        m_scoring = 0;
        if (state == JobState::Done) {
            scoreNext();
        } else {
            m_toScore.clear();  // who stops one does not want the next
            m_again.clear();
        }
    }
    if (id != m_training) return;
    m_training = 0;
    if (state == JobState::Done) m_again.clear();  // the new model has scored them
    scoreNext();
    if (state == JobState::Done) Q_EMIT trained(m_summary.model);
    if (state == JobState::Cancelled) Q_EMIT trainingCancelled();
    if (state == JobState::Failed) Q_EMIT trainingFailed(std::exchange(m_failure, {}));
}

void Inspector::onJobFailed(JobId id, const QString& message) {
    if (id == m_training) m_failure = message;
    if (id == m_estimating) Q_EMIT estimateFailed(message);
}

// The engine's memory belongs to the model that is worked with.
void Inspector::onCurrentModelChanged() {
    const ModelRecord* model = m_project->currentModel();
    const ModelId current = model == nullptr ? 0 : model->id;
    m_syncTimer.start();
    if (isTraining()) return;
    m_jobs->start(
        QString(),
        [engine = m_engine, current](const engine::RunContext&) {
            if (engine->id != current) engine->close();
            return true;
        },
        [](bool) {}, true);
}

void Inspector::syncOperatingPoint() {
    const ModelRecord* model = m_project->currentModel();
    if (model == nullptr || m_project->isReadOnly()) return;
    const auto known = m_inFile.find(model->id);
    if (known != m_inFile.end() && samePoint(known->second, model->operatingPoint)) return;
    m_inFile[model->id] = model->operatingPoint;
    m_jobs->start(
        QString(),
        [file = pathOf(model->file), point = model->operatingPoint](const engine::RunContext&) -> QString {
            try {
                bringIntoFile(point, file);
                return {};
            } catch (const engine::Error& error) {
                return QString::fromUtf8(error.what());
            }
        },
        [this, relay = m_relay](const QString& fault) {
            if (relay->isOpen() && !fault.isEmpty()) Q_EMIT modelFileFailed(fault);
        },
        true);
}

}  // namespace services
