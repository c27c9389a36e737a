// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "app/services/images/folder_below.h"
#include "app/services/images/stored_map.h"

namespace services {

// The anomaly maps of a project, one file a map below `folder`. Any number of threads may use one store, or copies of
// it, at the same time.
//
// A value comes back within (maximum - minimum) / 65535 / 2 of what was written, rounded to float; the smallest and the
// largest come back as they were. Placement and `largest` come back exactly.
class MapStore {
public:
    explicit MapStore(QString folder);

    // Atomic: a reader finds the old map, the new one or none. Throws engine::Error{InvalidArgument} on a map that is
    // empty, has another type than CV_32FC1 or values that are not finite, Error{WriteFailed}.
    void write(qint64 model, qint64 image, const StoredMap& map) const;
    // Nothing if there is none, or if what is there is damaged.
    std::optional<StoredMap> read(qint64 model, qint64 image) const;
    // All maps of a model.
    void remove(qint64 model) const;
    void remove(qint64 model, qint64 image) const;

private:
    QString fileName(qint64 model, qint64 image) const;

    FolderBelow m_folder;
};

// The map at a size of the image, CV_32FC1: at the original's size what engine::Prediction::map has, but for the
// region of interest, which is not cut out; at another size as if the image had been shrunk first. Throws
// engine::Error{InvalidArgument} on a size that is not positive or a map without values.
cv::Mat mapAtImageSize(const StoredMap& map, int width, int height);

// Reads maps on a thread of its own; to be used from the thread of the window.
class MapLoader : public QObject {
    Q_OBJECT
public:
    explicit MapLoader(const MapStore& store, QObject* parent = nullptr);
    ~MapLoader() override;  // nothing is emitted any more

    // Makes all earlier requests stale: they are not answered any more. Answered once, after load() has returned.
    quint64 load(qint64 model, qint64 image);
    // No answer is wanted any more.
    void cancel();

Q_SIGNALS:
    void loaded(quint64 request, const std::shared_ptr<const services::StoredMap>& map);  // null: there is none

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace services
