// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/services/jobs/job_runner.h"
#include "app/services/reporting/stored_evaluation.h"

namespace services {

struct ModelComparison;

// A trained model with what it does on the test images of the project.
struct Experiment {
    ModelRecord record;
    QString fault;  // why nothing is known of it, with what to do; then the rest is empty
    std::shared_ptr<const engine::ModelInfo> info;
    std::shared_ptr<const engine::Evaluation> evaluation;  // null: not worked out yet
    std::shared_ptr<const std::map<std::string, ImageId>> images;
    qint64 bytes = 0;  // of the model's file
    int unscored = 0;  // test images that it could score and has not
    // At its fail cut; nothing without the cut or such images.
    std::optional<engine::Rate> falseRejects, escapes;
    QByteArray basis;  // a digest of everything that the evaluation depends on
};

// On a worker thread: the experiment anew, but for an evaluation that depends on the same as before. Throws Cancelled.
Experiment workOut(const StoredModel& model, const Experiment& before, const MapStore& maps,
                   const engine::RunContext& context);

// All models of a project as experiments, kept up to date while somebody looks. It has a thread of its own, so that
// nobody waits for a training to see them. To be destroyed before the project.
class Experiments : public QObject {
    Q_OBJECT
public:
    Experiments(Project* project, const MapStore& maps, QObject* parent = nullptr);
    ~Experiments() override;

    // Nothing is worked out until it is active.
    void setActive(bool active);
    const std::vector<Experiment>& list() const { return m_list; }  // in order of creation
    const Experiment* find(ModelId model) const;
    bool isBusy() const { return m_working; }

    // Answered by compared once all of these are worked out; fewer than two, or one with a fault: by null. What changes
    // about them is compared again by itself.
    void compare(const std::vector<ModelId>& models);

Q_SIGNALS:
    void changed(int row);  // -1: all of them
    void busyChanged(bool busy);
    void compared(const std::shared_ptr<const services::ModelComparison>& comparison);

private:
    void refreshSoon();
    void refresh();
    void next();
    void takeScores(quint64 request, const std::vector<ImageScore>& scores);
    void take(Experiment experiment);
    void compareNow();
    void setWorking(bool working);

    QPointer<Project> m_project;
    MapStore m_maps;
    QTimer m_soon;
    bool m_active = false;
    bool m_stale = true;
    bool m_working = false;
    std::vector<Experiment> m_list;
    std::shared_ptr<const StoredModel> m_images;  // as they were when the list was begun
    std::deque<ModelId> m_waiting;
    quint64 m_scoresRequest = 0;
    JobId m_job = 0;
    std::vector<ModelId> m_compared;
    JobId m_comparing = 0;
    std::unique_ptr<JobRunner> m_jobs;
};

}  // namespace services
