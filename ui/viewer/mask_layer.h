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
    // `scaling`: pixels of the screen to one of the desktop. Another one needs all of the view.
    void sample(const Viewport& viewport, const QRect& part, double scaling);

    // One row of the composition, columns from .. to - 1: inside is mixed with `tint` by `insideShare` of 256, outside
    // by `outsideShare`; the outermost pixels inside are `line`, those next to them outside `edge`: of two colours that
    // are told from each other one is seen on any ground.
    struct Paint {
        QRgb tint = 0;
        std::uint32_t insideShare = 0;
        std::uint32_t outsideShare = 0;
        QRgb line = 0;
        QRgb edge = 0;
    };
    void paintRow(const Paint& paint, int y, int from, int to, QRgb* pixels);

    // How far around what was sampled the line may change.
    static int reach(double scaling);

private:
    // Flags of a place.
    static constexpr std::uint8_t Inside = 1;
    static constexpr std::uint8_t AtBorder = 2;

    void findLine(const QRect& all, const QRect& part);
    void markBorder(const QPoint& from, const QPoint& way, const QRect& part);
    std::uint8_t* row(int y);  // of which 0 is the view's first column

    int m_lineWidth = 0;  // inside, also how far the places go beyond the view: a line is the same wherever it ends
    int m_edgeWidth = 0;  // outside
    QSize m_size;
    std::vector<std::uint8_t> m_places;
};

}  // namespace ui
