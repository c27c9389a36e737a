// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "app/services/images/picture.h"
#include "app/services/images/picture_levels.h"

namespace services {

struct PictureSettings {
    // Of the pictures that are kept for going back. The newest is kept whatever its size.
    qint64 memoryBytes = qint64{600} << 20;
    // Called on the threads of the loader; engine::decodeImage if empty.
    std::function<engine::Image(const std::filesystem::path&)> decode = {};
};

// Reads pictures on threads of its own; to be used from the thread of the window. A picture is several hundred
// megabytes: hold the PicturePtr and not copies of its QImages, for the memory of a PicturePtr is given back on another
// thread, wherever the last one is dropped.
class PictureLoader : public QObject {
    Q_OBJECT
public:
    explicit PictureLoader(QObject* parent = nullptr);
    explicit PictureLoader(const PictureSettings& settings, QObject* parent = nullptr);
    ~PictureLoader() override;  // waits for the pictures that are being decoded; nothing is emitted any more

    // Makes all earlier requests stale: they are not answered any more. Answered by loaded or failed, never before
    // load() has returned, and at once if the picture is in memory and its file has not changed since. Without limits a
    // 16-bit image is shown between its own 0.1 and 99.9 percentiles.
    quint64 load(const QString& path, std::optional<services::SixteenBitLimits> sixteenBit = {});
    // No answer is wanted any more.
    void cancel();
    // Neighbours to be had in memory, nearest first, with the limits of the last load(): read when there is nothing
    // else to do, as far as they fit into memory beside the current picture. Replaces the neighbours before.
    void prefetch(const QStringList& paths);

Q_SIGNALS:
    void loaded(quint64 request, const services::PicturePtr& picture);
    // Message: one line that names the file and what to do. Missing: there is no such file.
    void failed(quint64 request, const QString& message, bool missing);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace services
