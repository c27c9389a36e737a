// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <cstdint>
#include <vector>

namespace services {

// A mask or a region of interest that was drawn in the project, Grayscale8, nonzero is inside.

// As PNG: whole on the disk, or not there. Throws engine::Error{WriteFailed}.
void writeDrawing(const QString& path, const QImage& drawing);
// Null if there is none or it is damaged.
QImage readDrawing(const QString& path);
qint64 pixelsInside(const QImage& drawing);

// A drawing in little memory, for undo without limit: runs of equal bytes. Unpacking is as fast as filling memory.
class PackedDrawing {
public:
    PackedDrawing() = default;
    explicit PackedDrawing(const QImage& drawing);

    QImage unpack() const;
    std::size_t bytes() const { return m_runs.size() * sizeof(Run); }

private:
    struct Run {
        std::uint32_t length;
        std::uint8_t value;
    };
    QSize m_size;
    std::vector<Run> m_runs;
};

}  // namespace services
