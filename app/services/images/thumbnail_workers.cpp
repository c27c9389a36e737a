// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/thumbnail_workers.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <exception>
#include <new>
#include <opencv2/core.hpp>
#include <utility>

#include "app/services/images/picture_levels.h"
#include "engine/core/error.h"
#include "engine/image/decode.h"

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

namespace services {

namespace {

// Two of these at a time would take a gigabyte.
constexpr qint64 largePixels = 40'000'000;

// QThread's priorities do nothing under Linux but for the one that may starve.
void lowerPriority() {
#ifdef Q_OS_LINUX
    ::setpriority(PRIO_PROCESS, 0, 10);  // there 0 is the calling thread
#endif
}

bool isSame(const ThumbnailRequest& a, const ThumbnailRequest& b) {
    return a.image == b.image && a.path == b.path && a.modifiedMs == b.modifiedMs && a.sizeBytes == b.sizeBytes;
}

const ThumbnailRequest& requestOf(const ThumbnailRequest& request) {
    return request;
}

const ThumbnailRequest& requestOf(const ThumbnailResult& result) {
    return result.request;
}

}  // namespace

ThumbnailWorkers::ThumbnailWorkers(const QString& folder, const ThumbnailSettings& settings, std::function<void()> done)
    : m_decode(settings.decode), m_done(std::move(done)), m_files(folder, settings.diskBytes) {
    for (int i = 0; i < std::max(1, settings.threads); ++i) m_threads.emplace_back([this] { work(); });
}

ThumbnailWorkers::~ThumbnailWorkers() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

void ThumbnailWorkers::replace(std::deque<ThumbnailRequest> wanted) {
    {
        const std::lock_guard lock(m_mutex);
        const auto isUnderWay = [this](const ThumbnailRequest& request) {
            const auto sameAs = [&request](const auto& other) { return isSame(request, requestOf(other)); };
            return std::any_of(m_inHand.begin(), m_inHand.end(), sameAs) ||
                   std::any_of(m_results.begin(), m_results.end(), sameAs);
        };
        std::erase_if(wanted, isUnderWay);
        m_waiting.swap(wanted);
    }
    m_changed.notify_all();
}

std::vector<ThumbnailResult> ThumbnailWorkers::takeResults() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_results, {});
}

bool ThumbnailWorkers::hasOtherThingsToDo() {
    const std::lock_guard lock(m_mutex);
    return m_stopped || !m_waiting.empty();
}

void ThumbnailWorkers::work() {
    lowerPriority();
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        if (m_waiting.empty()) {
            if (m_files.needsTidying() && !m_tidying) {
                m_tidying = true;
                lock.unlock();
                m_files.tidy([this] { return hasOtherThingsToDo(); });
                lock.lock();
                m_tidying = false;
                continue;
            }
            m_changed.wait(lock, [this] { return m_stopped || !m_waiting.empty(); });
            continue;
        }
        const ThumbnailRequest request = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_inHand.push_back(request);
        lock.unlock();

        QString nameOfNew;
        ThumbnailResult result = make(request, nameOfNew);
        const QImage thumbnail = result.thumbnail;
        lock.lock();
        // At once: who asks finds it in one of the two.
        m_results.push_back(std::move(result));
        m_inHand.erase(std::find_if(m_inHand.begin(), m_inHand.end(),
                                    [&request](const ThumbnailRequest& other) { return isSame(request, other); }));
        lock.unlock();
        m_done();
        // People do not wait for the disk.
        if (!nameOfNew.isEmpty()) m_files.write(nameOfNew, thumbnail);
        lock.lock();
    }
}

ThumbnailResult ThumbnailWorkers::make(const ThumbnailRequest& request, QString& nameOfNew) {
    try {
        const QFileInfo file(request.path);
        const QString name = ThumbnailFiles::nameOf(request.path, file.lastModified().toMSecsSinceEpoch(), file.size());
        if (file.exists()) {
            if (QImage known = m_files.read(name); !known.isNull()) return {request, std::move(known), {}};
        }
        QImage thumbnail = decoded(QFile::encodeName(request.path).toStdString());
        nameOfNew = name;
        return {request, std::move(thumbnail), {}};
    } catch (const std::bad_alloc&) {
        return {request, {}, ThumbnailCache::tr("There is not enough memory for %1.").arg(request.path)};
    } catch (const std::exception& error) {
        return {request, {}, QString::fromUtf8(error.what())};
    }
}

QImage ThumbnailWorkers::decoded(const std::filesystem::path& path) {
    if (m_decode) return thumbnailOf(m_decode(path), ThumbnailCache::sizePx);
    std::unique_lock oneLarge(m_large, std::defer_lock);
    const engine::ImageInfo info = engine::probeImage(path);
    if (static_cast<qint64>(info.width) * info.height > largePixels) oneLarge.lock();
    return thumbnailOf(engine::decodeImage(path), ThumbnailCache::sizePx);
}

}  // namespace services
