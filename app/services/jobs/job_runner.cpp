// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/jobs/job_runner.h"

#include <sys/resource.h>
#include <unistd.h>

#include <QTimer>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <thread>

#include "app/services/jobs/progress_meter.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr int progressEveryMs = 50;
constexpr int warningsPerJob = 50;

struct Job {
    JobId id = 0;
    std::function<void(const engine::RunContext&)> work;
    std::function<void()> done;
    std::stop_source stop;
};
using JobPtr = std::shared_ptr<Job>;

struct Outcome {
    JobState state = JobState::Done;
    QString message;
};

QString failureOf(const std::exception& fault) {
    if (dynamic_cast<const engine::Error*>(&fault) != nullptr) return QString::fromUtf8(fault.what());
    if (dynamic_cast<const std::bad_alloc*>(&fault) != nullptr)
        return JobRunner::tr(
            "There is not enough memory. Close other programs, or choose a smaller size, a smaller "
            "coreset or fewer images.");
    return JobRunner::tr(
               "An internal fault: %1. Nothing that was saved is lost. Try again; if it comes back, report it "
               "with the copied log.")
        .arg(QString::fromUtf8(fault.what()));
}

template <typename Step>
Outcome outcomeOf(Step step) {
    try {
        step();
        return {};
    } catch (const engine::Cancelled&) {
        return {JobState::Cancelled, {}};
    } catch (const std::exception& fault) {
        return {JobState::Failed, failureOf(fault)};
    } catch (...) {
        return {JobState::Failed, failureOf(std::runtime_error("unknown"))};
    }
}

// The window and its scrolling come before the engine, which otherwise takes every core. The threads that LibTorch and
// FAISS make for this one inherit it.
void yieldToTheWindow() {
    constexpr int nice = 5;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice);
}

}  // namespace

class JobRunner::Private {
public:
    explicit Private(JobRunner* runner) : q(runner), m_thread([this](const std::stop_token& stop) { work(stop); }) {}

    ~Private() {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.clear();
            if (m_current) m_current->stop.request_stop();
        }
        m_thread.request_stop();
        m_thread.join();
    }

    JobRunner* q;
    JobId lastId = 0;
    std::map<JobId, JobState> open;  // neither done nor failed nor cancelled, as this thread knows it
    std::map<JobId, std::function<void()>> again;

    void enqueue(JobPtr job) {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(job));
        }
        m_wake.notify_one();
    }

    // Whether the job was still waiting; otherwise it is asked to stop.
    bool withdraw(JobId id) {
        JobPtr withdrawn;
        const std::lock_guard lock(m_mutex);
        const auto found =
            std::find_if(m_waiting.begin(), m_waiting.end(), [id](const auto& j) { return j->id == id; });
        if (found != m_waiting.end()) {
            withdrawn = std::move(*found);
            m_waiting.erase(found);
            return true;
        }
        if (m_current && m_current->id == id) m_current->stop.request_stop();
        return false;
    }

    void setState(JobId id, JobState state) {
        const bool ended = state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled;
        if (ended) {
            open.erase(id);
            if (state == JobState::Done) again.erase(id);
        } else {
            open[id] = state;
        }
        Q_EMIT q->stateChanged(id, state);
        if (ended && open.empty()) Q_EMIT q->idleChanged(true);
    }

private:
    template <typename Call>
    void post(Call call) {
        QMetaObject::invokeMethod(q, std::move(call), Qt::QueuedConnection);
    }

    void work(const std::stop_token& quit) {
        yieldToTheWindow();
        while (true) {
            {
                std::unique_lock lock(m_mutex);
                if (!m_wake.wait(lock, quit, [this] { return !m_waiting.empty(); })) return;
                if (quit.stop_requested()) return;
                m_current = std::move(m_waiting.front());
                m_waiting.pop_front();
            }
            run(*m_current);
            JobPtr finished;
            const std::lock_guard lock(m_mutex);
            finished.swap(m_current);
        }
    }

    void run(Job& job) {
        const JobId id = job.id;
        // A cancel that came first has already been answered by Cancelling.
        post([this, id] {
            const auto known = open.find(id);
            if (known != open.end() && known->second == JobState::Waiting) setState(id, JobState::Running);
        });
        int warnings = 0;
        ProgressMeter meter;
        const engine::RunContext context(
            job.stop.get_token(),
            [&](const engine::Progress& p) { offer(id, meter.update(p, std::chrono::steady_clock::now())); },
            [&](const std::string& text) {
                if (++warnings < warningsPerJob) warn(id, QString::fromStdString(text));
            });
        Outcome outcome = outcomeOf([&] { job.work(context); });
        // Whatever came of it in the meantime is not wanted any more.
        if (job.stop.stop_requested()) outcome.state = JobState::Cancelled;
        if (warnings >= warningsPerJob)
            warn(id, JobRunner::tr("Further warnings were left out: %1").arg(warnings - warningsPerJob + 1));
        post([this, id, outcome, done = std::move(job.done)] { finish(id, outcome, done); });
    }

    void finish(JobId id, const Outcome& outcome, const std::function<void()>& done) {
        if (!open.contains(id)) return;
        // A cancel may have come between the end of the work and now.
        const bool cancelled = outcome.state == JobState::Cancelled || open[id] == JobState::Cancelling;
        if (cancelled) return setState(id, JobState::Cancelled);
        flush();
        const Outcome end = outcome.state == JobState::Done ? outcomeOf(done) : outcome;
        if (end.state == JobState::Failed) Q_EMIT q->failed(id, end.message);
        setState(id, end.state);
    }

    void warn(JobId id, const QString& message) {
        post([this, id, message] { Q_EMIT q->warned(id, message); });
    }

    // The worker leaves the newest progress here; the window fetches it at most every 50 ms and never misses the last.
    void offer(JobId id, JobProgress progress) {
        const std::lock_guard lock(m_mutex);
        m_newest = {id, std::move(progress)};
        if (m_fetching) return;
        m_fetching = true;
        post([this] { fetch(); });
    }

    void fetch() {
        if (flush()) {
            QTimer::singleShot(progressEveryMs, Qt::PreciseTimer, q, [this] { fetch(); });
            return;
        }
        const std::lock_guard lock(m_mutex);
        m_fetching = m_newest.has_value();
        if (m_fetching) post([this] { fetch(); });
    }

    bool flush() {
        std::optional<std::pair<JobId, JobProgress>> newest;
        {
            const std::lock_guard lock(m_mutex);
            newest.swap(m_newest);
        }
        if (!newest) return false;
        if (open.contains(newest->first)) Q_EMIT q->progressed(newest->first, newest->second);
        return true;
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<JobPtr> m_waiting;
    JobPtr m_current;
    std::optional<std::pair<JobId, JobProgress>> m_newest;
    bool m_fetching = false;
    std::jthread m_thread;  // the last member: it uses the others
};

JobRunner::JobRunner(QObject* parent) : QObject(parent), d(std::make_unique<Private>(this)) {}

JobRunner::~JobRunner() = default;

JobId JobRunner::enqueue(const QString& title, std::function<void(const engine::RunContext&)> work,
                         std::function<void()> done, bool quiet) {
    const JobId id = ++d->lastId;
    const bool wasIdle = d->open.empty();
    d->open[id] = JobState::Waiting;
    d->enqueue(std::make_shared<Job>(Job{id, std::move(work), std::move(done), {}}));
    if (wasIdle) Q_EMIT idleChanged(false);
    if (!quiet) Q_EMIT jobAdded(id, title);
    return id;
}

void JobRunner::cancel(JobId id) {
    const auto known = d->open.find(id);
    if (known == d->open.end() || known->second == JobState::Cancelling) return;
    d->setState(id, d->withdraw(id) ? JobState::Cancelled : JobState::Cancelling);
}

void JobRunner::cancelAll() {
    std::vector<JobId> ids;
    for (const auto& [id, state] : d->open) ids.push_back(id);
    for (const JobId id : ids) cancel(id);
}

bool JobRunner::isIdle() const {
    return d->open.empty();
}

void JobRunner::setRetry(JobId id, std::function<void()> again) {
    d->again[id] = std::move(again);
}

bool JobRunner::canRetry(JobId id) const {
    return d->again.contains(id) && !d->open.contains(id);
}

void JobRunner::retry(JobId id) {
    if (!canRetry(id)) return;
    const auto again = std::move(d->again[id]);
    d->again.erase(id);
    again();
}

}  // namespace services
