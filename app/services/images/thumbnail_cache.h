// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QVector>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/services/project/image_record.h"
#include "engine/image/image.h"

namespace services {

struct ThumbnailRequest {
    ImageId image = 0;
    QString path;
    qint64 modifiedMs = 0;  // another time or size than before: the thumbnail is made again
    qint64 sizeBytes = 0;
};

struct ThumbnailSettings {
    qint64 memoryBytes = qint64{256} << 20;  // some 1000 thumbnails
    qint64 diskBytes = qint64{2} << 30;      // the least recently used are deleted beyond that
    int threads = 2;                         // at low priority
    // Called on those threads; engine::decodeImage if empty.
    std::function<engine::Image(const std::filesystem::path&)> decode = {};
};

// Thumbnails of at most 256 x 256 pixels, in memory and in a folder that may be deleted at any time. To be used from
// one thread, that of the window; files are read, written and decoded on threads of its own.
class ThumbnailCache : public QObject {
    Q_OBJECT
public:
    static constexpr int sizePx = 256;

    ThumbnailCache(const QString& folder, qint64 memoryBytes, QObject* parent = nullptr);
    ThumbnailCache(const QString& folder, const ThumbnailSettings& settings, QObject* parent = nullptr);
    ~ThumbnailCache() override;  // waits for the images that are being decoded, not for those that wait

    // What is in memory, Format_RGB32; null if it is not. Never waits.
    QImage cached(ImageId image) const;
    // Why there is no thumbnail, or empty: of an image that failed since it last changed.
    QString failure(ImageId image) const;

    // What is wanted from now on, the most wanted first: the visible ones, then those near them. Whatever else still
    // waits is dropped, and so is what lies further back in the list than the memory holds. What is there already, or
    // failed less than five seconds ago, is passed over without a signal.
    void request(const QVector<services::ThumbnailRequest>& visibleFirst);

Q_SIGNALS:
    void ready(const QVector<services::ImageId>& images);  // all since the last turn of the event loop
    void failed(services::ImageId image, const QString& reason);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace services
