// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/drawing.h"

#include <QBuffer>
#include <algorithm>
#include <cstring>
#include <span>

#include "app/services/project/project_store.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace services {

void writeDrawing(const QString& path, const QImage& drawing) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!drawing.save(&buffer, "PNG"))
        throw engine::Error(engine::ErrorCode::OutOfMemory,
                            "cannot be packed as PNG; close other programs and try again", path.toStdString());
    // Not QSaveFile: the folder is synced as well, so that the database never names a file which a power cut takes
    // away.
    engine::AtomicFile file(path.toStdString());
    file.write(std::as_bytes(std::span(buffer.data().constData(), static_cast<std::size_t>(buffer.size()))));
    file.commit();
}

QImage readDrawing(const QString& path) {
    return QImage(path, "PNG").convertToFormat(QImage::Format_Grayscale8);
}

qint64 pixelsInside(const QImage& drawing) {
    qint64 count = 0;
    for (int y = 0; y < drawing.height(); ++y) {
        const uchar* row = drawing.constScanLine(y);
        count += std::count_if(row, row + drawing.width(), [](uchar value) { return value != 0; });
    }
    return count;
}

PackedDrawing::PackedDrawing(const QImage& drawing) : m_size(drawing.size()) {
    for (int y = 0; y < m_size.height(); ++y) {
        const uchar* at = drawing.constScanLine(y);
        const uchar* const end = at + m_size.width();
        while (at != end) {
            const uchar value = *at;
            const uchar* const next = std::find_if(at, end, [value](uchar other) { return other != value; });
            const auto length = static_cast<std::uint32_t>(next - at);
            if (!m_runs.empty() && m_runs.back().value == value && m_runs.back().length + length > length)
                m_runs.back().length += length;
            else
                m_runs.push_back({length, value});
            at = next;
        }
    }
    m_runs.shrink_to_fit();
}

QImage PackedDrawing::unpack() const {
    if (m_size.isEmpty()) return {};
    QImage drawing(m_size, QImage::Format_Grayscale8);
    auto run = m_runs.begin();
    std::uint32_t left = run->length;
    for (int y = 0; y < m_size.height(); ++y) {
        uchar* row = drawing.scanLine(y);
        for (auto missing = static_cast<std::uint32_t>(m_size.width()); missing > 0;) {
            if (left == 0) left = (++run)->length;
            const std::uint32_t length = std::min(left, missing);
            std::memset(row, run->value, length);
            row += length;
            missing -= length;
            left -= length;
        }
    }
    return drawing;
}

}  // namespace services
