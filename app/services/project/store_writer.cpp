// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/store_writer.h"

#include <sys/stat.h>

#include <QFile>
#include <QHash>

#include "app/services/project/project_errors.h"
#include "app/services/project/read_content.h"
#include "engine/core/error.h"

namespace services {

namespace {

// Of a change whose remedy is in the sentence already.
class Refused : public std::runtime_error {
public:
    explicit Refused(const QString& message) : std::runtime_error(message.toStdString()) {}
};

}  // namespace

StoreWriter::StoreWriter(const ProjectStore& store, Listener listener)
    : m_store(store),
      m_listener(std::move(listener)),
      m_changes(store.folder, store.who),
      m_thread([this] { run(); }) {}

StoreWriter::~StoreWriter() {
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void StoreWriter::push(Task task) {
    if (std::holds_alternative<Change>(task)) ++m_unwritten;
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(task));
        m_added = true;
    }
    m_wake.notify_one();
}

void StoreWriter::write(Change change) {
    push(std::move(change));
}

// A question is asked when every change before it has been written or has failed: what is pending counts as written.
template <typename What, typename Visit>
void StoreWriter::eachPending(Visit visit) {
    const std::lock_guard lock(m_mutex);
    for (const Task& task : m_queue)
        if (const auto* change = std::get_if<Change>(&task))
            if (const auto* what = std::get_if<What>(&change->what)) visit(*what);
}

void StoreWriter::readMask(const QString& file, MaskAnswer answer) {
    push([this, file, answer = std::move(answer)] {
        QImage drawing;
        eachPending<MaskChange>([&](const MaskChange& mask) {
            if (mask.file == file && !mask.drawing.isNull()) drawing = mask.drawing;
        });
        if (drawing.isNull() && !file.isEmpty()) drawing = readDrawing(drawingFile(m_store.folder, file));
        answer(drawing);
    });
}

void StoreWriter::readScores(ModelId model, ScoresAnswer answer) {
    push([this, model, answer = std::move(answer)] {
        std::vector<ImageScore> scores = services::readScores(connection(), model);
        eachPending<ScoresChange>([&](const ScoresChange& added) {
            if (added.model == model) scores.insert(scores.end(), added.scores.begin(), added.scores.end());
        });
        answer(std::move(scores));
    });
}

void StoreWriter::readHistory(const QString& what, int limit, HistoryAnswer answer) {
    push([this, what, limit, answer = std::move(answer)] { answer(services::readHistory(connection(), what, limit)); });
}

void StoreWriter::run() {
    std::unique_lock lock(m_mutex);
    std::optional<std::chrono::steady_clock::time_point> deadline;
    for (;;) {
        m_added = false;
        const bool allDone = passOverQueue(lock);
        if (m_closing) {
            if (!deadline) deadline = std::chrono::steady_clock::now() + m_store.closeTimeout;
            if (m_unwritten == 0 || std::chrono::steady_clock::now() >= *deadline) break;
        }
        if (m_added) continue;
        if (allDone)
            m_wake.wait(lock, [this] { return m_added || m_closing; });
        else if (!m_closing)
            m_wake.wait_for(lock, m_store.retryInterval, [this] { return m_added || m_closing; });
        else
            m_wake.wait_for(lock, std::min(m_store.retryInterval, std::chrono::milliseconds(100)));
    }
    lock.unlock();
    m_connection.reset();
}

// True if nothing is left. Changes behind one that failed wait, questions do not.
bool StoreWriter::passOverQueue(std::unique_lock<std::mutex>& lock) {
    std::optional<QString> failure;
    bool changesWait = false;
    for (std::size_t i = 0; i < m_queue.size();) {
        // Only this thread takes tasks out, and adding at the end leaves the others where they are.
        const Task& task = m_queue[i];
        const bool isChange = std::holds_alternative<Change>(task);
        if (isChange ? changesWait : m_closing) {
            ++i;
            continue;
        }
        lock.unlock();
        std::optional<QString> message = attempt(task);
        if (!message && isChange) written(std::get<Change>(task));
        lock.lock();
        if (message) {
            changesWait |= isChange;
            if (!failure) failure = std::move(message);
            ++i;
            continue;
        }
        m_queue.erase(m_queue.begin() + static_cast<std::ptrdiff_t>(i));
        if (isChange) --m_unwritten;
    }
    lock.unlock();
    tell(failure);
    lock.lock();
    return m_queue.empty();
}

void StoreWriter::tell(const std::optional<QString>& failure) {
    if (failure && *failure != m_message) {
        m_message = *failure;
        m_listener.failed(m_message);
    } else if (!failure && !m_message.isEmpty()) {
        m_message.clear();
        m_listener.recovered();
    }
}

void StoreWriter::written(const Change& change) {
    const auto* region = std::get_if<RegionChange>(&change.what);
    if (region != nullptr && !region->drawing.isNull())
        m_listener.packed(region->revision, PackedDrawing(region->drawing));
}

std::optional<QString> StoreWriter::attempt(const Task& task) {
    try {
        if (const auto* change = std::get_if<Change>(&task))
            m_changes.write(connection(), *change);
        else
            std::get<Question>(task)();
        return {};
    } catch (const Refused& error) {
        m_connection.reset();
        return QString::fromUtf8(error.what());
    } catch (const std::exception& error) {
        // Opened anew for the next attempt: what was wrong may have been the connection itself. Not where it is only
        // in want of room or of its turn: a full disk might not even let it be opened again.
        if (!isPassing(error)) m_connection.reset();
        return writeMessage(m_store.folder, error);
    }
}

// The file is looked for each time: to one that has been deleted or replaced SQLite would go on writing, into nowhere.
Connection& StoreWriter::connection() {
    struct ::stat file {};
    if (::stat(QFile::encodeName(m_store.database).constData(), &file) != 0)
        throw Refused(vanishedMessage(m_store.folder));
    if (m_connection && m_device == file.st_dev && m_inode == file.st_ino) return *m_connection;
    m_connection.reset();
    const auto access = m_store.readOnly ? Connection::Access::ReadOnly : Connection::Access::ReadWrite;
    auto fresh = std::make_unique<Connection>(m_store.database, access, static_cast<int>(m_store.busyTimeout.count()));
    if (fresh->value(QStringLiteral("SELECT value FROM project WHERE key = 'uuid'")).toString() != m_store.uuid ||
        fresh->value(QStringLiteral("PRAGMA user_version")).toInt() != m_store.version)
        throw Refused(
            ProjectText::tr("Another project stands in %1 now: put the one that is open back. Its changes are "
                            "kept in memory until then.")
                .arg(m_store.folder));
    if (!m_store.readOnly) {
        // A backup that was put in place is no write-ahead log yet.
        fresh->value(QStringLiteral("PRAGMA journal_mode = WAL"));
        // In a write-ahead log NORMAL would outlive kill -9 as well, but not a power cut: FULL syncs the log at every
        // change. Nobody waits for that here.
        fresh->run(QStringLiteral("PRAGMA synchronous = FULL"));
    }
    m_connection = std::move(fresh);
    m_device = file.st_dev;
    m_inode = file.st_ino;
    return *m_connection;
}

}  // namespace services
