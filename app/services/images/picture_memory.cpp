// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/picture_memory.h"

#include <algorithm>

namespace services {

PicturePtr PictureMemory::find(const QString& path, const FileVersion& version,
                               const std::optional<SixteenBitLimits>& limits) {
    const Iterator at = found(path);
    if (at == m_kept.end() || at->picture->file != version) return {};
    if (at->picture->original.is16Bit() && at->limits != limits) return {};
    m_kept.splice(m_kept.begin(), m_kept, at);
    return at->picture;
}

void PictureMemory::insert(const PicturePtr& picture, const std::optional<SixteenBitLimits>& limits) {
    if (const Iterator before = found(picture->path); before != m_kept.end()) {
        m_bytes -= before->bytes;
        m_kept.erase(before);
    }
    m_kept.push_front({picture, limits, bytesOf(*picture)});
    m_bytes += m_kept.front().bytes;
    while (m_bytes > m_budgetBytes && m_kept.size() > 1) {
        m_bytes -= m_kept.back().bytes;
        m_kept.pop_back();
    }
}

void PictureMemory::touch(const QString& path) {
    if (const Iterator at = found(path); at != m_kept.end()) m_kept.splice(m_kept.begin(), m_kept, at);
}

qint64 PictureMemory::bytesOf(const QString& path) const {
    const Iterator at = found(path);
    return at == m_kept.end() ? 0 : at->bytes;
}

qint64 PictureMemory::bytesOf(const Picture& picture) {
    const cv::Mat& original = picture.original.pixels;
    qint64 bytes = static_cast<qint64>(original.total() * original.elemSize());
    for (const QImage& level : picture.levels)
        if (level.constBits() != original.data) bytes += level.sizeInBytes();
    return bytes;
}

PictureMemory::Iterator PictureMemory::found(const QString& path) const {
    return std::find_if(m_kept.begin(), m_kept.end(), [&path](const Kept& kept) { return kept.picture->path == path; });
}

}  // namespace services
