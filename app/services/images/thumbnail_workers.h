// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "app/services/images/thumbnail_cache.h"
#include "app/services/images/thumbnail_files.h"

namespace services {

struct ThumbnailResult {
    ThumbnailRequest request;
    QImage thumbnail;  // null: failed
    QString reason;
};

// The threads of a ThumbnailCache: out of the folder, or decoded and put there. What waits can be replaced at any time.
class ThumbnailWorkers {
public:
    // `done` is called on a worker whenever there are results.
    ThumbnailWorkers(const QString& folder, const ThumbnailSettings& settings, std::function<void()> done);
    ~ThumbnailWorkers();
    ThumbnailWorkers(const ThumbnailWorkers&) = delete;
    ThumbnailWorkers& operator=(const ThumbnailWorkers&) = delete;

    // In the order in which they are to be made. Those in hand are neither stopped nor begun again.
    void replace(std::deque<ThumbnailRequest> wanted);
    std::vector<ThumbnailResult> takeResults();

private:
    void work();
    ThumbnailResult make(const ThumbnailRequest& request, QString& nameOfNew);
    QImage decoded(const std::filesystem::path& path);
    bool hasOtherThingsToDo();

    const std::function<engine::Image(const std::filesystem::path&)> m_decode;
    const std::function<void()> m_done;
    ThumbnailFiles m_files;
    std::mutex m_large;  // one large image at a time

    std::mutex m_mutex;  // of everything below
    std::condition_variable m_changed;
    bool m_stopped = false;
    bool m_tidying = false;
    std::deque<ThumbnailRequest> m_waiting;
    std::vector<ThumbnailRequest> m_inHand;
    std::vector<ThumbnailResult> m_results;

    std::vector<std::thread> m_threads;
};

}  // namespace services
