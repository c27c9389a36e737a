// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QSize>
#include <cstdlib>
#include <cstring>

namespace ui {

// Moves what a plane of the view holds by whole pixels, in place. What comes in from outside keeps its old values.
template <typename T>
void shiftRows(T* pixels, const QSize& size, const QPoint& by) {
    const int kept = size.width() - std::abs(by.x());
    const int rows = size.height() - std::abs(by.y());
    if (kept <= 0 || rows <= 0) return;
    const int fromX = by.x() < 0 ? -by.x() : 0;
    const int toX = by.x() > 0 ? by.x() : 0;
    for (int i = 0; i < rows; ++i) {
        const int target = by.y() > 0 ? size.height() - 1 - i : i;
        const int source = target - by.y();
        const auto at = [&](int x, int y) { return pixels + static_cast<std::ptrdiff_t>(y) * size.width() + x; };
        std::memmove(at(toX, target), at(fromX, source), static_cast<std::size_t>(kept) * sizeof(T));
    }
}

}  // namespace ui
