// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <cstdint>
#include <vector>

#include "ui/viewer/viewport.h"

namespace ui {

// A mask (Grayscale8, nonzero is inside) as it lies on the view: sampled once a change of the view, painted at each
// composition. A mask of another size than the picture's is stretched over it.
class MaskLayer {
public:
    QImage image;  // null: there is none

    bool isEmpty() const { return image.isNull(); }
    void clear() { m_places.clear(); }
    void shift(const QPoint& by);
    void sample(const Viewport& viewport, const QRect& part);

    // One row of the composition, columns from .. to - 1: inside is mixed with `tint` by `insideShare` of 256, outside
    // by `outsideShare`; the outermost pixels inside are `line`.
    struct Paint {
        QRgb tint = 0;
        std::uint32_t insideShare = 0;
        std::uint32_t outsideShare = 0;
        QRgb line = 0;
    };
    void paintRow(const Paint& paint, int y, int from, int to, QRgb* pixels);

    // How far around what was sampled the line may change.
    static constexpr int reach = 2;

private:
    enum Place : std::uint8_t { Outside, Inside, Line };
    void findLine(const QRect& all, const QRect& part);
    std::uint8_t* row(int y);  // of which 0 is the view's first column

    // The view and `reach` more on every side, so that a line is the same wherever the view ends.
    QSize m_size;
    std::vector<std::uint8_t> m_places;
};

}  // namespace ui
