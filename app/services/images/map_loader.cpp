// SPDX-License-Identifier: GPL-3.0-or-later
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "app/services/images/doorbell.h"
#include "app/services/images/map_store.h"

namespace services {

class MapLoader::Private {
public:
    Private(const MapStore& mapStore, MapLoader* loader) : q(loader), store(mapStore), bell([this] { deliver(); }) {
        thread = std::thread([this] { work(); });
    }

    ~Private() {
        {
            const std::lock_guard lock(mutex);
            stopped = true;
        }
        changed.notify_all();
        thread.join();
    }

    quint64 ask(qint64 model, qint64 image) {
        const std::lock_guard lock(mutex);
        waiting = Job{++newest, model, image};
        answer.reset();
        changed.notify_all();
        return newest;
    }

    void cancel() {
        const std::lock_guard lock(mutex);
        ++newest;
        waiting.reset();
        answer.reset();
    }

private:
    struct Job {
        quint64 request = 0;
        qint64 model = 0;
        qint64 image = 0;
    };
    struct Answer {
        quint64 request = 0;
        std::shared_ptr<const StoredMap> map;
    };

    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return stopped || waiting; });
            if (stopped) return;
            const Job job = *std::exchange(waiting, std::nullopt);
            lock.unlock();
            std::shared_ptr<const StoredMap> map;
            if (auto found = store.read(job.model, job.image)) map = std::make_shared<StoredMap>(std::move(*found));
            lock.lock();
            if (job.request != newest) continue;
            answer = Answer{job.request, std::move(map)};
            bell.ring();
        }
    }

    void deliver() {
        std::optional<Answer> now;
        {
            const std::lock_guard lock(mutex);
            now.swap(answer);
        }
        if (now) Q_EMIT q->loaded(now->request, now->map);
    }

    MapLoader* const q;
    const MapStore store;
    Doorbell bell;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopped = false;
    quint64 newest = 0;
    std::optional<Job> waiting;
    std::optional<Answer> answer;
    std::thread thread;
};

MapLoader::MapLoader(const MapStore& store, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(store, this)) {}

MapLoader::~MapLoader() = default;

quint64 MapLoader::load(qint64 model, qint64 image) {
    return d->ask(model, image);
}

void MapLoader::cancel() {
    d->cancel();
}

}  // namespace services
