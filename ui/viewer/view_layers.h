// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <memory>
#include <optional>
#include <vector>

#include "app/services/images/picture.h"
#include "app/services/images/stored_map.h"
#include "ui/viewer/contour_layer.h"
#include "ui/viewer/map_layer.h"
#include "ui/viewer/mask_layer.h"
#include "ui/viewer/overlay_look.h"
#include "ui/viewer/view_colours.h"
#include "ui/viewer/viewport.h"

namespace ui {

// What a view shows, as an image of the view's size, kept in layers, so that a change remakes only what it concerns:
//   the plain picture   the picture, the view
//   the map's values    the map, the view
//   the blended picture those two, the range, colours and opacity
//   the composition     those three, the cut, the swipe, the masks
//   the contour         the map, the cut, the view: drawn on the composition and taken off again
// Moving the picture at the same zoom moves every layer and makes only what comes into view.
class ViewLayers {
public:
    using MapPtr = std::shared_ptr<const services::StoredMap>;

    void setPicture(services::PicturePtr picture);
    void setMap(MapPtr map);
    void setRange(double low, double high);
    void setLook(const OverlayLook& look);
    void setCut(std::optional<double> cut);
    void setSwipe(std::optional<int> column);  // right of it, in pixels of the screen, no map lies over the picture
    void setColours(const ViewColours& colours);
    void setViewport(const Viewport& viewport);
    void setMask(const QImage& mask);
    void setRegion(const QImage& region);
    void setMaskShown(bool shown);

    const services::PicturePtr& picture() const { return m_picture; }
    const MapPtr& map() const { return m_map; }
    const OverlayLook& look() const { return m_look; }
    std::optional<double> cut() const { return m_cut; }
    const Viewport& viewport() const { return m_viewport; }
    const ViewColours& colours() const { return m_colours; }

    // For a tool that paints on them in place; what it touched (pixels of the picture) is to be told. No copy is kept.
    QImage& mask() { return m_mask.image; }
    QImage& region() { return m_region.image; }
    void touched(const QRect& pixels);

    // Brought up to date. Format_RGB32, viewport().device.
    const QImage& image();
    double low() const { return m_low; }
    double high() const { return m_high; }

    // How often each was made since the beginning, and how many pixels were composed.
    struct Work {
        int plain = 0;
        int values = 0;
        int blended = 0;
        int contours = 0;
        qint64 composed = 0;
    };
    const Work& work() const { return m_work; }

private:
    bool hasOverlay() const { return m_picture && m_map && m_look.visible; }
    QRect whole() const { return {QPoint(), m_viewport.device}; }
    void remakeAll();
    void move(const QPoint& by);
    void makePlain(const QRect& part);
    void makeOverlay();
    void makeMasks();
    void blend(const QRect& part);
    void compose(const QRect& part);
    void composeRow(int y, int from, int to);
    bool hasContour() const { return hasOverlay() && m_look.contour && m_cut; }
    void drawContour();

    services::PicturePtr m_picture;
    MapPtr m_map;
    double m_low = 0;
    double m_high = 1;
    OverlayLook m_look;
    std::optional<double> m_cut;
    std::optional<int> m_swipe;
    ViewColours m_colours;
    Viewport m_viewport;
    MaskLayer m_mask;
    MaskLayer m_region;
    bool m_maskShown = true;

    QImage m_plain;
    QImage m_blended;
    QImage m_shown;
    std::vector<float> m_values;
    TileExtremes m_tiles;
    std::vector<QPolygonF> m_contour;
    ContourLayer m_contourLayer;

    // What is to be made again: parts of the view from the bottom up, whole layers, and parts of the upper ones alone.
    std::vector<QRect> m_stale;
    bool m_valuesStale = true;
    bool m_blendedStale = true;
    bool m_contourStale = true;   // the lines
    bool m_contourDrawn = false;  // as they are, on what is shown
    std::vector<QRect> m_masksStale;
    std::vector<QRect> m_shownStale;
    Work m_work;
};

}  // namespace ui
