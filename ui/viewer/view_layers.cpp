// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/view_layers.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "app/services/images/colour_map.h"
#include "ui/viewer/canvas_edge.h"
#include "ui/viewer/contour.h"
#include "ui/viewer/picture_layer.h"
#include "ui/viewer/shift_rows.h"

namespace ui {

namespace {

// Of 256: how much of the colour lies over what a mask marks, and of the canvas over what is not inspected.
constexpr std::uint32_t maskInsideShare = 72;
constexpr std::uint32_t regionOutsideShare = 150;

// For floats f: f >= floatCut(cut) if and only if f >= cut.
float floatCut(double cut) {
    const auto nearest = static_cast<float>(cut);
    return nearest < cut ? std::nextafter(nearest, std::numeric_limits<float>::infinity()) : nearest;
}

QRgb* rowOf(QImage& image, int y) {
    return reinterpret_cast<QRgb*>(image.scanLine(y));
}
const QRgb* constRowOf(const QImage& image, int y) {
    return reinterpret_cast<const QRgb*>(image.constScanLine(y));
}

}  // namespace

void ViewLayers::remakeAll() {
    m_stale = {whole()};
    m_masksStale = {whole()};
    m_shownStale.clear();  // of a view that may have been larger
    m_valuesStale = true;
}

void ViewLayers::setPicture(services::PicturePtr picture) {
    if (picture == m_picture) return;
    m_picture = std::move(picture);
    remakeAll();
}

void ViewLayers::setMap(MapPtr map) {
    if (map && map->values.empty()) map = nullptr;
    if (map == m_map) return;
    m_map = std::move(map);
    m_valuesStale = true;
    m_contourStale = true;
    m_contourDrawn = false;
    if (!m_map) m_shownStale = {whole()};
}

void ViewLayers::setRange(double low, double high) {
    if (low == m_low && high == m_high) return;
    m_low = low;
    m_high = high;
    m_blendedStale = true;
}

void ViewLayers::setLook(const OverlayLook& look) {
    if (look == m_look) return;
    const OverlayLook before = std::exchange(m_look, look);
    if (look.opacity != before.opacity || look.colours != before.colours) m_blendedStale = true;
    if (look.visible != before.visible || (look.onlyAboveCut != before.onlyAboveCut && m_cut)) m_shownStale = {whole()};
    if (look.contour != before.contour) m_contourDrawn = false;
}

void ViewLayers::setCut(std::optional<double> cut) {
    if (cut == m_cut) return;
    const std::optional<double> before = std::exchange(m_cut, cut);
    m_contourStale = true;
    m_contourDrawn = false;
    if (!hasOverlay() || !m_look.onlyAboveCut) return;
    if (m_valuesStale || m_blendedStale || !m_stale.empty() || !cut || !before) {
        m_shownStale = {whole()};
        return;
    }
    if (m_tiles.isEmpty()) m_tiles.build(m_values, m_viewport.device.width(), m_viewport.visibleRect());
    const std::vector<QRect> changed = m_tiles.between(floatCut(*before), floatCut(*cut));
    m_shownStale.insert(m_shownStale.end(), changed.begin(), changed.end());
}

void ViewLayers::setSwipe(std::optional<int> column) {
    if (column == m_swipe) return;
    const std::optional<int> before = std::exchange(m_swipe, column);
    if (before && column) {
        const int left = std::min(*before, *column);
        m_shownStale.push_back(QRect(left, 0, std::max(*before, *column) - left, m_viewport.device.height()) & whole());
    } else {
        m_shownStale = {whole()};
    }
}

void ViewLayers::setColours(const ViewColours& colours) {
    if (colours == m_colours) return;
    m_colours = colours;
    m_stale = {whole()};
    m_masksStale = {whole()};
    m_blendedStale = true;
}

void ViewLayers::setViewport(const Viewport& viewport) {
    if (viewport == m_viewport) return;
    const Viewport before = std::exchange(m_viewport, viewport);
    const QPoint by = viewport.origin - before.origin;
    const bool onlyMoved = viewport.device == before.device && viewport.picture == before.picture &&
                           viewport.zoom == before.zoom && m_stale.empty() && !m_plain.isNull();
    const bool partStays = std::abs(by.x()) < viewport.device.width() && std::abs(by.y()) < viewport.device.height();
    if (onlyMoved && partStays)
        move(by);
    else
        remakeAll();
}

void ViewLayers::setMask(const QImage& mask) {
    if (mask.cacheKey() == m_mask.image.cacheKey()) return;
    m_mask.image = mask;
    m_mask.clear();
    m_masksStale = {whole()};
}

void ViewLayers::setRegion(const QImage& region) {
    if (region.cacheKey() == m_region.image.cacheKey()) return;
    m_region.image = region;
    m_region.clear();
    m_masksStale = {whole()};
}

void ViewLayers::setMaskShown(bool shown) {
    if (std::exchange(m_maskShown, shown) != shown) m_shownStale = {whole()};
}

void ViewLayers::touched(const QRect& pixels) {
    const QPointF topLeft = m_viewport.toDevice(pixels.topLeft());
    const QPointF bottomRight = m_viewport.toDevice(QPointF(pixels.bottomRight()) + QPointF(1, 1));
    const QRect onDevice = QRectF(topLeft, bottomRight).toAlignedRect().adjusted(-1, -1, 1, 1);
    if (const QRect part = onDevice & m_viewport.visibleRect(); !part.isEmpty()) m_masksStale.push_back(part);
}

void ViewLayers::move(const QPoint& by) {
    const QSize& size = m_viewport.device;
    m_contourLayer.erase(m_shown);
    shiftRows(rowOf(m_plain, 0), size, by);
    shiftRows(rowOf(m_shown, 0), size, by);
    if (hasOverlay() && !m_valuesStale && !m_blendedStale) {
        shiftRows(m_values.data(), size, by);
        shiftRows(rowOf(m_blended, 0), size, by);
    } else {
        m_valuesStale = true;
    }
    m_mask.shift(by);
    m_region.shift(by);
    m_tiles.clear();
    for (std::vector<QRect>* rects : {&m_shownStale, &m_masksStale})
        for (QRect& rect : *rects) rect = rect.translated(by) & whole();
    if (m_swipe) m_shownStale = {whole()};
    if (by.x() != 0) m_stale.emplace_back(by.x() > 0 ? 0 : size.width() + by.x(), 0, std::abs(by.x()), size.height());
    if (by.y() != 0) m_stale.emplace_back(0, by.y() > 0 ? 0 : size.height() + by.y(), size.width(), std::abs(by.y()));
    m_masksStale.insert(m_masksStale.end(), m_stale.begin(), m_stale.end());
}

const QImage& ViewLayers::image() {
    if (m_plain.size() != m_viewport.device) {
        for (QImage* layer : {&m_plain, &m_blended, &m_shown}) *layer = QImage(m_viewport.device, QImage::Format_RGB32);
        m_values.resize(static_cast<std::size_t>(m_viewport.device.width()) *
                        static_cast<std::size_t>(m_viewport.device.height()));
        m_contourLayer.clear();
        remakeAll();
    }
    if (m_viewport.device.isEmpty()) return m_shown;
    const bool recompose = !m_stale.empty() || !m_shownStale.empty() || !m_masksStale.empty() ||
                           (hasOverlay() && (m_valuesStale || m_blendedStale));
    if (!recompose && m_contourDrawn) return m_shown;
    m_contourLayer.erase(m_shown);
    for (const QRect& part : m_stale) makePlain(part);
    makeOverlay();
    makeMasks();  // which goes over every part that is stale
    m_stale.clear();
    if (std::find(m_shownStale.begin(), m_shownStale.end(), whole()) != m_shownStale.end()) m_shownStale = {whole()};
    for (const QRect& part : m_shownStale) compose(part);
    m_shownStale.clear();
    drawContour();
    return m_shown;
}

void ViewLayers::makePlain(const QRect& part) {
    paintCanvas(m_plain, part, m_picture ? m_viewport.pictureRect() : QRect(), m_colours);
    if (!m_picture) return;
    paintPicture(*m_picture, m_viewport, part & m_viewport.visibleRect(), m_plain);
    ++m_work.plain;
}

void ViewLayers::makeOverlay() {
    if (!hasOverlay()) return;
    const QRect visible = m_viewport.visibleRect();
    if (m_valuesStale) {
        sampleMap(*m_map, m_viewport, visible, m_values);
        ++m_work.values;
    } else {
        for (const QRect& part : m_stale) sampleMap(*m_map, m_viewport, part & visible, m_values);
    }
    if (m_valuesStale || m_blendedStale) {
        blend(visible);
        m_shownStale = {whole()};
        ++m_work.blended;
    } else if (!m_stale.empty()) {
        for (const QRect& part : m_stale) blend(part & visible);
    }
    if (m_valuesStale || !m_stale.empty()) m_tiles.clear();
    m_valuesStale = false;
    m_blendedStale = false;
}

void ViewLayers::blend(const QRect& part) {
    const BlendTable table = blendTable(services::colourTable(m_look.colours), m_low, m_high, m_look.opacity);
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const float* values = m_values.data() + static_cast<std::ptrdiff_t>(y) * m_viewport.device.width();
        blendRow(table, values + part.left(), constRowOf(m_plain, y) + part.left(), rowOf(m_blended, y) + part.left(),
                 part.width());
    }
}

void ViewLayers::makeMasks() {
    const bool any = m_picture && !(m_mask.isEmpty() && m_region.isEmpty());
    for (const QRect& part : m_masksStale) {
        const int reach = MaskLayer::reach(m_colours.scaling);
        if (any) {
            m_mask.sample(m_viewport, part & m_viewport.visibleRect(), m_colours.scaling);
            m_region.sample(m_viewport, part & m_viewport.visibleRect(), m_colours.scaling);
        }
        m_shownStale.push_back(part.adjusted(-reach, -reach, reach, reach) & whole());
    }
    m_masksStale.clear();
}

void ViewLayers::compose(const QRect& part) {
    if (part.isEmpty()) return;
    m_work.composed += static_cast<qint64>(part.width()) * part.height();
    const QRect visible = m_picture ? m_viewport.visibleRect() & part : QRect();
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const bool inPicture = !visible.isEmpty() && y >= visible.top() && y <= visible.bottom();
        if (!inPicture || visible.width() < part.width())
            std::memcpy(rowOf(m_shown, y) + part.left(), constRowOf(m_plain, y) + part.left(),
                        static_cast<std::size_t>(part.width()) * sizeof(QRgb));
        if (inPicture) composeRow(y, visible.left(), visible.right() + 1);
    }
}

void ViewLayers::composeRow(int y, int from, int to) {
    QRgb* out = rowOf(m_shown, y);
    const QRgb* plain = constRowOf(m_plain, y);
    const int border = hasOverlay() ? std::clamp(m_swipe.value_or(to), from, to) : from;
    const auto copy = [&](const QRgb* source, int begin, int end) {
        std::memcpy(out + begin, source + begin, static_cast<std::size_t>(end - begin) * sizeof(QRgb));
    };
    if (m_look.onlyAboveCut && m_cut && border > from) {
        const float* values = m_values.data() + static_cast<std::ptrdiff_t>(y) * m_viewport.device.width();
        cutRow(values + from, floatCut(*m_cut), plain + from, constRowOf(m_blended, y) + from, out + from,
               border - from);
    } else {
        copy(constRowOf(m_blended, y), from, border);
    }
    copy(plain, border, to);
    const QRgb mask = m_colours.mask.rgb();
    const QRgb edge = m_colours.maskEdge.rgb();
    if (!m_region.isEmpty())
        m_region.paintRow({m_colours.canvas.rgb(), 0, regionOutsideShare, mask, edge}, y, from, to, out);
    // A map's colours are read by its scale: nothing is mixed with them.
    if (!m_mask.isEmpty() && m_maskShown)
        m_mask.paintRow({mask, hasOverlay() ? 0 : maskInsideShare, 0, mask, edge}, y, from, to, out);
}

void ViewLayers::drawContour() {
    m_contourDrawn = true;
    if (!hasContour()) return;
    if (m_contourStale) {
        m_contour = traceContour(*m_map, *m_cut);
        m_contourStale = false;
        ++m_work.contours;
    }
    QRect clip = m_viewport.visibleRect();
    if (m_swipe) clip.setRight(std::min(clip.right(), *m_swipe - 1));
    m_contourLayer.draw(m_shown, m_contour, m_viewport, clip, m_colours.scaling);
}

}  // namespace ui
