// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "app/services/images/map_store.h"
#include "app/services/inspection/relay.h"
#include "app/services/inspection/train_request.h"
#include "app/services/jobs/job_runner.h"
#include "app/services/project/project.h"
#include "app/services/weight_store.h"

namespace services {

// "PatchCore": how people write the method's name.
QString methodTitle(const QString& method);

struct TrainEstimate {
    engine::FitEstimate fit;
    double seconds = 0;  // of the whole: fit, cross-validation, and scoring every image
};

struct TrainSummary {
    ModelId model = 0;
    qint64 trainingImages = 0;  // that could be read
    qint64 scoredImages = 0;    // those included
    qint64 unreadable = 0;
    qint64 bankRows = 0;
    qint64 modelBytes = 0;
    double seconds = 0;
    QStringList notes;  // what was not as asked
};

struct EngineState;
struct FoundSink;
struct ProjectSnapshot;

// What the engine does for a project: estimates, trains, scores. All of it in jobs; what they find goes into the
// project as it comes. To be destroyed before the project.
class Inspector : public QObject {
    Q_OBJECT
public:
    Inspector(Project* project, JobRunner* jobs, const MapStore& maps, WeightStore weights, QObject* parent = nullptr);
    ~Inspector() override;  // cancels its jobs; nothing reaches the project any more

    Project* project() const { return m_project; }
    JobRunner* jobs() const { return m_jobs; }
    const WeightStore& weights() const { return m_weights; }

    // In the background, answered by estimated or estimateFailed, unless a newer request takes its place.
    void estimate(const TrainRequest& request);
    void cancelEstimate();

    // One job: fit with the labels as they are now, cross-validation, the operating point (at most 1 % false rejects of
    // good images), then the scores of all images, which reach the project as they come.
    JobId train(const TrainRequest& request);
    bool isTraining() const { return m_training != 0; }
    bool isBusy() const { return m_training != 0 || m_scoring != 0; }
    JobId trainingJob() const { return m_training; }
    const TrainSummary& lastSummary() const { return m_summary; }  // of this session

    // Scores what the current model has not scored (labelled otherwise, interrupted, killed). 0: there is nothing to
    // do.
    JobId scoreMissing();
    int missingScores() const;
    // The same for any model, one after another, once its scores are read.
    void scoreMissingBy(ModelId model);
    // By the current model, though it has a score already: its file has changed. The old score stays until the new one
    // is there.
    void scoreAgain(ImageId image);
    // The job that scores now; 0: none.
    JobId scoringJob() const { return m_scoring; }

    // The model that is open, for other jobs of the same runner: two at once would need twice the memory.
    std::shared_ptr<EngineState> engine() const { return m_engine; }

Q_SIGNALS:
    void estimated(const services::TrainEstimate& estimate);
    void estimateFailed(const QString& message);
    void trainingStarted(services::JobId job);
    void trained(services::ModelId model);
    void trainingFailed(const QString& message);
    void trainingCancelled();
    // The operating point could not be written into the model's file; the project has it.
    void modelFileFailed(const QString& message);

private:
    ProjectSnapshot snapshot() const;
    FoundSink sink() const;
    JobId startScoring(const ModelRecord& model, const std::optional<std::vector<ImageScore>>& scores,
                       const std::vector<ImageId>& again = {});
    void scoreNext();
    void onScoresRead(quint64 request, const std::vector<ImageScore>& scores);
    void onJobState(JobId id, JobState state);
    void onJobFailed(JobId id, const QString& message);
    void onCurrentModelChanged();
    void syncOperatingPoint();

    QPointer<Project> m_project;
    QPointer<JobRunner> m_jobs;
    MapStore m_maps;
    WeightStore m_weights;
    RelayPtr m_relay;
    std::shared_ptr<EngineState> m_engine;  // used by jobs alone
    JobId m_training = 0;
    JobId m_scoring = 0;
    JobId m_estimating = 0;
    std::deque<ModelId> m_toScore;  // other models than the current one
    quint64 m_scoresRequest = 0;    // of the first of them
    std::vector<ImageId> m_again;   // to be scored once more, by the current model
    TrainSummary m_summary;
    QString m_failure;
    QTimer m_syncTimer;
    std::map<ModelId, engine::OperatingPoint> m_inFile;  // what the models' files hold, as far as it is known
};

}  // namespace services

Q_DECLARE_METATYPE(services::TrainEstimate)
