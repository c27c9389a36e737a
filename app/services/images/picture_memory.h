// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <list>
#include <optional>

#include "app/services/images/picture.h"
#include "app/services/images/picture_levels.h"

namespace services {

// The pictures of a PictureLoader, the least recently used dropped first. Not thread-safe.
class PictureMemory {
public:
    explicit PictureMemory(qint64 budgetBytes) : m_budgetBytes(budgetBytes) {}

    qint64 budgetBytes() const { return m_budgetBytes; }
    // Counts as a use. Null if it is not there, or not with these limits.
    PicturePtr find(const QString& path, const FileVersion& version, const std::optional<SixteenBitLimits>& limits);
    // In place of what was kept of this path. It is kept even if it is larger than the budget.
    void insert(const PicturePtr& picture, const std::optional<SixteenBitLimits>& limits);
    void touch(const QString& path);
    // 0 if it is not there.
    qint64 bytesOf(const QString& path) const;

    static qint64 bytesOf(const Picture& picture);

private:
    struct Kept {
        PicturePtr picture;
        std::optional<SixteenBitLimits> limits;
        qint64 bytes = 0;
    };
    using Iterator = std::list<Kept>::const_iterator;
    Iterator found(const QString& path) const;

    const qint64 m_budgetBytes;
    qint64 m_bytes = 0;
    std::list<Kept> m_kept;  // the most recently used first; a few dozen at most
};

}  // namespace services
