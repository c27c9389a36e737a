// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QVector>
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "engine/core/run_context.h"

namespace services {

using JobId = quint64;

enum class JobState { Waiting, Running, Cancelling, Done, Failed, Cancelled };

// Of a network that is trained, by epoch, in the method's own unit.
struct LossCurve {
    QVector<double> training;  // the last one of the epoch so far
    QVector<double> heldOut;   // empty without early stop; one epoch behind while one is in hand

    // QVector's own comparison gives memcmp null pointers where both are empty.
    bool operator==(const LossCurve& other) const {
        return std::ranges::equal(training, other.training) && std::ranges::equal(heldOut, other.heldOut);
    }
};

struct JobProgress {
    QString stage;  // a word for people
    qint64 done = 0;
    qint64 total = 0;         // 0: not known
    double perSecond = 0;     // of this stage, over the last seconds; 0: not known yet
    double secondsLeft = -1;  // of this stage; below 0: not known yet
    LossCurve losses;         // of this job; stays when its training is over
};

// The only place that hops threads for engine work: one serial worker (LibTorch and FAISS use the cores inside). To be
// used from the thread of the window; every signal and every `done` arrives there. A job that throws Cancelled is
// cancelled, one that throws anything else has failed; the message says what to do. What a job captures may be
// destroyed on either thread.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;  // cancels, joins; no `done` is called any more

    // Runs `work` when those before it are through. `done` is called on this thread with what it returned, unless it
    // failed or was cancelled: after cancel() it is never called. What `done` throws fails the job. A quiet job (such
    // as the estimate beside a button) is not announced by jobAdded.
    template <typename Work, typename Done>
    JobId start(const QString& title, Work work, Done done, bool quiet = false) {
        using Result = std::invoke_result_t<Work, const engine::RunContext&>;
        auto result = std::make_shared<std::optional<Result>>();
        return enqueue(
            title,
            [work = std::move(work), result](const engine::RunContext& context) mutable {
                result->emplace(work(context));
            },
            [done = std::move(done), result]() mutable { done(std::move(**result)); }, quiet);
    }

    // Acknowledged at once (state Cancelling); the job ends as soon as the engine looks. A waiting job ends at once.
    void cancel(JobId id);
    void cancelAll();
    bool isIdle() const;

    // How a job that failed or was cancelled is begun again when a person asks for it: called by retry(), on this
    // thread, and forgotten when the job is done.
    void setRetry(JobId id, std::function<void()> again);
    bool canRetry(JobId id) const;
    void retry(JobId id);

Q_SIGNALS:
    void jobAdded(services::JobId id, const QString& title);
    void stateChanged(services::JobId id, services::JobState state);
    void progressed(services::JobId id, const services::JobProgress& progress);  // at most 20 times a second
    void warned(services::JobId id, const QString& message);  // at most 50 times a job; the last sums up the others
    void failed(services::JobId id, const QString& message);
    void idleChanged(bool idle);

private:
    JobId enqueue(const QString& title, std::function<void(const engine::RunContext&)> work, std::function<void()> done,
                  bool quiet);

    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace services

Q_DECLARE_METATYPE(services::JobProgress)
