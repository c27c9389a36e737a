// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "app/services/images/disposer.h"
#include "app/services/images/picture_loader.h"
#include "app/services/images/picture_memory.h"

namespace services {

struct PictureAnswer {
    quint64 request = 0;
    PicturePtr picture = {};  // null: failed
    QString message = {};
    bool isMissing = false;  // there is no such file
};

// The threads of a PictureLoader. One only looks into the memory, so that going back never waits for an image that is
// being decoded; two decode, for an image that nobody wants any more cannot be stopped in its midst.
class PictureWorkers {
public:
    // `done` is called on a worker when there is an answer.
    PictureWorkers(const PictureSettings& settings, std::function<void()> done);
    ~PictureWorkers();
    PictureWorkers(const PictureWorkers&) = delete;
    PictureWorkers& operator=(const PictureWorkers&) = delete;

    quint64 load(const QString& path, const std::optional<SixteenBitLimits>& limits);
    void cancel();
    void prefetch(const QStringList& paths);
    // To the newest request, if there is one.
    std::optional<PictureAnswer> takeAnswer();

private:
    struct Job {
        QString path;
        std::optional<SixteenBitLimits> limits;
        bool isNeighbour = false;
        bool isSame(const Job& other) const { return path == other.path && limits == other.limits; }
    };

    void lookUp();
    void decode();
    std::optional<Job> nextJob();
    // Null: nobody wants it any more, or a neighbour that does not fit.
    PicturePtr make(const Job& job);
    bool isWanted(const Job& job);
    bool hasRoomFor(const Job& job);
    void keep(const Job& job, const PicturePtr& picture);
    void answer(PictureAnswer answer);

    const std::function<engine::Image(const std::filesystem::path&)> m_decode;
    const std::function<void()> m_done;
    Disposer m_disposer;

    std::mutex m_mutex;  // of everything below
    std::condition_variable m_changed;
    bool m_stopped = false;
    quint64 m_request = 0;         // the newest
    std::optional<Job> m_current;  // what it asked for; stays when it is answered
    bool m_isOpen = false;         // it has not been answered
    bool m_toLookUp = false;       // m_current, in the memory
    bool m_toDecode = false;       // m_current, it is not in the memory
    QStringList m_neighbours;      // as asked for
    QStringList m_neighboursToDo;  // of them, not looked at yet
    bool m_neighbourInHand = false;
    std::vector<Job> m_inHand;
    std::optional<PictureAnswer> m_answer;
    PictureMemory m_memory;

    std::vector<std::thread> m_threads;
};

}  // namespace services
