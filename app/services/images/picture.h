// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMetaType>
#include <QString>
#include <memory>
#include <vector>

#include "app/services/project/file_version.h"
#include "engine/image/image.h"

namespace services {

// A decoded image ready to be shown at any zoom. Immutable once made, shared between threads.
struct Picture {
    QString path;
    FileVersion file;        // before it was read
    QString format;          // "JPEG", "PNG", by its first bytes
    engine::Image original;  // as the engine scores it
    // Level i is 2^i times smaller (area-averaged), the last one at most 512 pixels wide and high. Format_BGR888 or
    // Format_Grayscale8; level 0 of an 8-bit image shares the pixels of `original`. 16-bit images are brought to 8 bit
    // by the model's range, or by their own 0.1 and 99.9 percentiles without a model.
    std::vector<QImage> levels;

    int width() const { return original.width(); }
    int height() const { return original.height(); }
};
using PicturePtr = std::shared_ptr<const Picture>;

}  // namespace services

Q_DECLARE_METATYPE(services::PicturePtr)
