// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QRgb>
#include <array>
#include <cstdint>
#include <vector>

#include "app/services/images/stored_map.h"
#include "ui/viewer/overlay_look.h"
#include "ui/viewer/viewport.h"

namespace ui {

// The map's value at a place of the picture (continuous pixel coordinates): bilinear, the outermost values repeated, as
// the engine brings maps to the picture's size.
double mapValueAt(const services::StoredMap& map, const QPointF& place);

// Samples the map at the centre of each pixel of the screen in `part`; `target` has the view's size.
void sampleMap(const services::StoredMap& map, const Viewport& viewport, const QRect& part, std::vector<float>& target);

// What each of 256 levels of the map does to a pixel, in shares of 256: pixel * keep + add. Level 0, the low end of the
// range and below, leaves it as it is; level 255 covers it with the look's opacity. As in services::paintOverlay.
struct BlendTable {
    struct Entry {
        std::uint32_t keep = 256;
        std::uint32_t addRedBlue = 0;  // of the two channels in one word, so that both are mixed at once
        std::uint32_t addGreen = 0;
    };
    std::array<Entry, 256> entries;
    float low = 0;
    float scale = 1;
};
BlendTable blendTable(const std::array<QRgb, 256>& colours, double low, double high, double opacity);

// out[i] = plain[i] under the map's values[i].
void blendRow(const BlendTable& table, const float* values, const QRgb* plain, QRgb* out, int count);

// out[i] = values[i] >= cut ? blended[i] : plain[i].
void cutRow(const float* values, float cut, const QRgb* plain, const QRgb* blended, QRgb* out, int count);

// The smallest and the largest value of each tile of the view: a change of the cut concerns only the tiles that have
// values between the old one and the new one.
class TileExtremes {
public:
    static constexpr int width = 64;
    static constexpr int height = 16;

    void build(const std::vector<float>& values, int stride, const QRect& part);
    void clear() { m_tiles.clear(); }
    bool isEmpty() const { return m_tiles.empty(); }
    std::vector<QRect> between(float oneCut, float otherCut) const;

private:
    struct Tile {
        QRect rect;
        float smallest;
        float largest;
    };
    std::vector<Tile> m_tiles;
};

}  // namespace ui
