// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/thumbnail_cache.h"

#include <QCache>
#include <QDateTime>
#include <QHash>
#include <QPointer>
#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <utility>

#include "app/services/images/doorbell.h"
#include "app/services/images/thumbnail_workers.h"

namespace services {

namespace {

constexpr std::chrono::seconds retryAfter{5};
constexpr qint64 mostBytes = qint64{ThumbnailCache::sizePx} * ThumbnailCache::sizePx * 4;

struct Version {
    QString path;
    qint64 modifiedMs = 0;
    qint64 sizeBytes = 0;
    explicit Version(const ThumbnailRequest& request)
        : path(request.path), modifiedMs(request.modifiedMs), sizeBytes(request.sizeBytes) {}
    bool operator==(const Version&) const = default;
};

struct Made {
    Version version;
    QImage thumbnail;
};

struct Failure {
    Version version;
    QString reason;
    std::chrono::steady_clock::time_point when;
};

}  // namespace

class ThumbnailCache::Private {
public:
    Private(const QString& folder, const ThumbnailSettings& settings, ThumbnailCache* cache)
        : q(cache),
          most(std::max<qint64>(1, settings.memoryBytes / mostBytes)),
          made(settings.memoryBytes),
          bell([this] { deliver(); }),
          workers(folder, settings, [this] { bell.ring(); }) {}

    void deliver();
    bool isWanted(const ThumbnailRequest& request) const;

    ThumbnailCache* const q;
    const qint64 most;  // as many as certainly fit into memory
    QCache<ImageId, Made> made;
    QHash<ImageId, Failure> failures;
    Doorbell bell;
    ThumbnailWorkers workers;  // last: its threads ring the bell
};

void ThumbnailCache::Private::deliver() {
    QVector<ImageId> ready;
    QVector<std::pair<ImageId, QString>> failed;
    for (ThumbnailResult& result : workers.takeResults()) {
        const ImageId id = result.request.image;
        const Version version(result.request);
        if (result.thumbnail.isNull()) {
            made.remove(id);
            failures.insert(id, {version, result.reason, std::chrono::steady_clock::now()});
            failed.append({id, result.reason});
            continue;
        }
        failures.remove(id);
        const qsizetype bytes = result.thumbnail.sizeInBytes();
        if (made.insert(id, new Made{version, std::move(result.thumbnail)}, bytes)) ready.append(id);
    }
    const QPointer<ThumbnailCache> cache(q);
    if (!ready.isEmpty()) Q_EMIT cache->ready(ready);
    for (const auto& [id, reason] : failed)
        if (cache) Q_EMIT cache->failed(id, reason);
}

bool ThumbnailCache::Private::isWanted(const ThumbnailRequest& request) const {
    if (const Made* there = made.object(request.image); there != nullptr && there->version == Version(request))
        return false;
    const auto failure = failures.constFind(request.image);
    return failure == failures.constEnd() || failure->version != Version(request) ||
           std::chrono::steady_clock::now() - failure->when > retryAfter;
}

ThumbnailCache::ThumbnailCache(const QString& folder, qint64 memoryBytes, QObject* parent)
    : ThumbnailCache(folder, ThumbnailSettings{.memoryBytes = memoryBytes}, parent) {}

ThumbnailCache::ThumbnailCache(const QString& folder, const ThumbnailSettings& settings, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(folder, settings, this)) {}

ThumbnailCache::~ThumbnailCache() = default;

QImage ThumbnailCache::cached(ImageId image) const {
    const Made* there = d->made.object(image);
    return there == nullptr ? QImage() : there->thumbnail;
}

QString ThumbnailCache::failure(ImageId image) const {
    return d->failures.value(image, Failure{Version({}), {}, {}}).reason;
}

void ThumbnailCache::request(const QVector<ThumbnailRequest>& visibleFirst) {
    const qsizetype count = std::min<qsizetype>(visibleFirst.size(), d->most);
    std::deque<ThumbnailRequest> wanted;
    std::copy_if(visibleFirst.begin(), visibleFirst.begin() + count, std::back_inserter(wanted),
                 [this](const ThumbnailRequest& request) { return d->isWanted(request); });
    // Asking for one makes it recently used: once more backwards, so that what is visible is given up last.
    for (qsizetype i = count; i-- > 0;) d->made.object(visibleFirst[i].image);
    d->workers.replace(std::move(wanted));
}

}  // namespace services
