// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/map_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <new>
#include <opencv2/core.hpp>
#include <span>
#include <utility>

#include "app/services/images/map_codec.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/image/resample.h"

namespace services {

MapStore::MapStore(QString folder) : m_folder(std::move(folder)) {}

void MapStore::write(qint64 model, qint64 image, const StoredMap& map) const {
    const QByteArray bytes = encodeMap(map);
    const QString name = fileName(model, image);
    const QString folder = QFileInfo(name).path();
    if (!m_folder.make(folder))
        throw engine::Error(engine::ErrorCode::WriteFailed,
                            "cannot be created; check that the disk is writable and not full",
                            QFile::encodeName(folder).toStdString());
    engine::AtomicFile file(QFile::encodeName(name).toStdString());
    file.write(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
    file.commit();
}

std::optional<StoredMap> MapStore::read(qint64 model, qint64 image) const {
    QFile file(fileName(model, image));
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > longestEncodedMap()) return {};
    try {
        return decodeMap(file.read(longestEncodedMap()));
    } catch (const std::bad_alloc&) {
        return {};
    } catch (const cv::Exception&) {
        return {};
    }
}

void MapStore::remove(qint64 model) const {
    QDir(m_folder.path() + QLatin1Char('/') + QString::number(model)).removeRecursively();
}

void MapStore::remove(qint64 model, qint64 image) const {
    QFile::remove(fileName(model, image));
}

QString MapStore::fileName(qint64 model, qint64 image) const {
    const QLatin1Char slash('/');
    const QString shard = QString::number(static_cast<quint64>(image) & 0xffU, 16);
    return m_folder.path() + slash + QString::number(model) + slash + shard + slash + QString::number(image) +
           QStringLiteral(".map");
}

cv::Mat mapAtImageSize(const StoredMap& map, int width, int height) {
    const engine::Placement& p = map.placement;
    if (map.values.empty() || map.values.type() != CV_32FC1 || !(p.scaleX > 0 && p.scaleY > 0))
        throw engine::Error(engine::ErrorCode::InvalidArgument, "a map must have values and a place in the image");
    if (width <= 0 || height <= 0)
        throw engine::Error(engine::ErrorCode::InvalidArgument, "an image size must be positive");
    // Not multiplied and divided at the original's size: there the result is the engine's, bit for bit.
    const double scaleX = width == p.originalWidth ? p.scaleX : p.scaleX * p.originalWidth / width;
    const double scaleY = height == p.originalHeight ? p.scaleY : p.scaleY * p.originalHeight / height;
    return engine::resamplePlane(map.values,
                                 engine::bilinearAxis(width, map.values.cols, 1 / scaleX, -p.offsetX / scaleX),
                                 engine::bilinearAxis(height, map.values.rows, 1 / scaleY, -p.offsetY / scaleY));
}

}  // namespace services
