// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/picture_workers.h"

#include <QFile>
#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <utility>

#include "engine/core/error.h"
#include "engine/image/decode.h"
#include "engine/image/header.h"
#include "engine/image/input_file.h"

namespace services {

namespace {

constexpr int decodingThreads = 2;

std::filesystem::path nativePath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

QString nameOf(engine::ImageFormat format) {
    switch (format) {
        case engine::ImageFormat::Png:
            return QStringLiteral("PNG");
        case engine::ImageFormat::Jpeg:
            return QStringLiteral("JPEG");
        case engine::ImageFormat::Bmp:
            return QStringLiteral("BMP");
        case engine::ImageFormat::Tiff:
            return QStringLiteral("TIFF");
        case engine::ImageFormat::Webp:
            return QStringLiteral("WebP");
    }
    return {};
}

QString formatOf(const std::filesystem::path& path) {
    const engine::InputFile file(path);
    engine::ByteReader head(file.descriptor(), file.size(), path);
    return nameOf(engine::readHeader(head).format);
}

// With its levels, at most: of colour if the header does not say.
qint64 estimatedBytes(const std::filesystem::path& path) {
    const engine::ImageInfo info = engine::probeImage(path);
    const qint64 values = 3 * static_cast<qint64>(info.width) * info.height;
    return values * 4 / 3 + (info.is16Bit ? 2 * values : 0);
}

}  // namespace

PictureWorkers::PictureWorkers(const PictureSettings& settings, std::function<void()> done)
    : m_decode(settings.decode), m_done(std::move(done)), m_memory(settings.memoryBytes) {
    m_threads.emplace_back([this] { lookUp(); });
    for (int i = 0; i < decodingThreads; ++i) m_threads.emplace_back([this] { decode(); });
}

PictureWorkers::~PictureWorkers() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

quint64 PictureWorkers::load(const QString& path, const std::optional<SixteenBitLimits>& limits) {
    const std::lock_guard lock(m_mutex);
    m_current = Job{path, limits, false};
    m_isOpen = m_toLookUp = true;
    m_toDecode = false;
    m_answer.reset();
    m_changed.notify_all();
    return ++m_request;
}

void PictureWorkers::cancel() {
    const std::lock_guard lock(m_mutex);
    m_current.reset();
    m_isOpen = m_toLookUp = m_toDecode = false;
    m_answer.reset();
    m_changed.notify_all();  // the neighbours may begin
}

void PictureWorkers::prefetch(const QStringList& paths) {
    const std::lock_guard lock(m_mutex);
    m_neighbours = m_neighboursToDo = paths;
    m_changed.notify_all();
}

std::optional<PictureAnswer> PictureWorkers::takeAnswer() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answer, std::nullopt);
}

void PictureWorkers::lookUp() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopped || m_toLookUp; });
        if (m_stopped) return;
        m_toLookUp = false;
        const quint64 request = m_request;
        const Job job = *m_current;
        lock.unlock();
        const FileVersion version = fileVersionOf(job.path);
        lock.lock();
        if (request != m_request || !m_isOpen) continue;
        if (PicturePtr known = m_memory.find(job.path, version, job.limits)) {
            answer({.picture = std::move(known)});
        } else if (std::none_of(m_inHand.begin(), m_inHand.end(), [&](const Job& j) { return j.isSame(job); })) {
            m_toDecode = true;
            m_changed.notify_all();
        }
    }
}

void PictureWorkers::decode() {
    while (const auto job = nextJob()) {
        PictureAnswer found;
        try {
            found.picture = make(*job);
        } catch (const std::bad_alloc&) {
            found.message =
                PictureLoader::tr("There is not enough memory for %1; close other programs.").arg(job->path);
        } catch (const engine::Error& error) {
            found.message = QString::fromUtf8(error.what());
            found.isMissing = error.code() == engine::ErrorCode::NotFound;
        } catch (const std::exception& error) {
            found.message = QString::fromUtf8(error.what());
        }
        const std::lock_guard lock(m_mutex);
        m_inHand.erase(std::find_if(m_inHand.begin(), m_inHand.end(), [&](const Job& j) { return j.isSame(*job); }));
        if (job->isNeighbour) m_neighbourInHand = false;
        if (found.picture) keep(*job, found.picture);
        if (m_isOpen && m_current->isSame(*job)) {
            if (found.picture || !found.message.isEmpty())
                answer(std::move(found));
            else
                m_toDecode = true;  // asked for just after it had been given up
        }
        m_changed.notify_all();
    }
}

std::optional<PictureWorkers::Job> PictureWorkers::nextJob() {
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        if (m_toDecode) {
            m_toDecode = false;
            m_inHand.push_back(*m_current);
            return m_current;
        }
        // A neighbour leaves one thread free for what is asked for next.
        if (!m_isOpen && !m_neighbourInHand && !m_neighboursToDo.isEmpty()) {
            Job job{m_neighboursToDo.takeFirst(), m_current ? m_current->limits : std::nullopt, true};
            const bool isInHand =
                std::any_of(m_inHand.begin(), m_inHand.end(), [&](const Job& j) { return j.isSame(job); });
            if (isInHand || m_memory.bytesOf(job.path) > 0) continue;
            m_neighbourInHand = true;
            m_inHand.push_back(job);
            return job;
        }
        m_changed.wait(lock);
    }
    return {};
}

PicturePtr PictureWorkers::make(const Job& job) {
    const std::filesystem::path path = nativePath(job.path);
    if (job.isNeighbour && !hasRoomFor(job)) return {};
    auto picture = std::make_unique<Picture>();
    picture->path = job.path;
    picture->file = fileVersionOf(job.path);
    picture->format = formatOf(path);
    picture->original = m_decode ? m_decode(path) : engine::decodeImage(path);
    if (!isWanted(job)) return {};
    picture->levels = pictureLevels(picture->original, job.limits);
    return m_disposer.share(std::move(picture));
}

bool PictureWorkers::isWanted(const Job& job) {
    const std::lock_guard lock(m_mutex);
    return !m_stopped && ((m_current && m_current->isSame(job)) || m_neighbours.contains(job.path));
}

bool PictureWorkers::hasRoomFor(const Job& job) {
    const qint64 needed = estimatedBytes(nativePath(job.path));
    const std::lock_guard lock(m_mutex);
    qint64 kept = m_current ? m_memory.bytesOf(m_current->path) : 0;
    for (const QString& path : m_neighbours)
        if (!m_current || path != m_current->path) kept += m_memory.bytesOf(path);
    return kept + needed <= m_memory.budgetBytes();
}

void PictureWorkers::keep(const Job& job, const PicturePtr& picture) {
    // hasRoomFor has seen to it that a neighbour fits beside these: they are not what is given up for it.
    if (job.isNeighbour) {
        for (auto path = m_neighbours.crbegin(); path != m_neighbours.crend(); ++path) m_memory.touch(*path);
        if (m_current) m_memory.touch(m_current->path);
    }
    m_memory.insert(picture, job.limits);
}

void PictureWorkers::answer(PictureAnswer answer) {
    m_answer = std::move(answer);
    m_answer->request = m_request;
    m_isOpen = false;
    m_changed.notify_all();
    m_done();
}

}  // namespace services
