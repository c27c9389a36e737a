// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

#include "app/services/project/drawing.h"
#include "app/services/project/project_store.h"
#include "app/services/project/store_change.h"

namespace services {

// The thread that has the database: it writes changes and answers questions, in the order in which they were asked.
// A change that cannot be written stays in front of those after it and is tried again when one is added, and every
// retryInterval; questions are answered meanwhile, as if it had been written.
class StoreWriter {
public:
    // Called on the thread of the writer.
    struct Listener {
        std::function<void(const QString&)> failed;  // once for each different message
        std::function<void()> recovered;
        std::function<void(int revision, const PackedDrawing&)> packed;  // a region that is on the disk now
    };
    using MaskAnswer = std::function<void(const QImage&)>;
    using ScoresAnswer = std::function<void(std::vector<ImageScore>)>;
    using HistoryAnswer = std::function<void(const QVector<AuditEntry>&)>;

    // The store outlives the writer.
    StoreWriter(const ProjectStore& store, Listener listener);
    ~StoreWriter();  // writes the rest, but tries no longer than closeTimeout and one attempt

    void write(Change change);
    void readMask(const QString& file, MaskAnswer answer);  // empty: none
    void readScores(ModelId model, ScoresAnswer answer);
    void readHistory(const QString& what, int limit, HistoryAnswer answer);

    int unwritten() const { return m_unwritten; }

private:
    using Question = std::function<void()>;
    using Task = std::variant<Change, Question>;

    void run();
    bool passOverQueue(std::unique_lock<std::mutex>& lock);
    std::optional<QString> attempt(const Task& task);
    void written(const Change& change);
    Connection& connection();
    void push(Task task);
    template <typename What, typename Visit>
    void eachPending(Visit visit);
    void tell(const std::optional<QString>& failure);

    const ProjectStore& m_store;
    Listener m_listener;
    ChangeWriter m_changes;

    // Of the thread.
    std::unique_ptr<Connection> m_connection;
    quint64 m_device = 0, m_inode = 0;  // of the file that it has open
    QString m_message;                  // the last one told; empty: all is well

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue;
    bool m_added = false;
    bool m_closing = false;
    std::atomic<int> m_unwritten = 0;
    std::thread m_thread;
};

}  // namespace services
