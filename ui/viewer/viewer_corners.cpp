// SPDX-License-Identifier: GPL-3.0-or-later
// Where what lies in the corners of the pictures is put, and the room that a fitted picture leaves to it.
#include <QEvent>
#include <algorithm>
#include <utility>

#include "ui/common/theme.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/canvas_box.h"
#include "ui/viewer/colour_scale.h"
#include "ui/viewer/viewer_panel.h"

namespace ui {

namespace {

constexpr int inset = 12;
// From here on the canvas can spare room for the read-out, which comes and goes, below a fitted picture.
constexpr int airyHeight = 480;
constexpr int roomForReadout = 56;
constexpr int leastForCaption = 64;
// A smaller view has its scale lying.
constexpr QSize leastForUprightScale(400, 260);
// A lower one is the picture's alone.
constexpr int leastForScale = 200;

}  // namespace

bool ViewerPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        placeBadges();
        refreshAvailability();
    } else if (event->type() == QEvent::Paint) {
        for (const auto& [view, scale] : {std::pair(m_view, m_scale), std::pair(m_second, m_secondScale)}) {
            const QSize size = view->pictureSize();
            const QRectF picture(view->fromPicture({0, 0}), view->fromPicture(QPointF(size.width(), size.height())));
            if (watched == view) scale->setOverPicture(picture.intersects(scale->geometry()));
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ViewerPanel::placeBadges() {
    const Qt::Orientation orientation = hasRoomForUprightScale() ? Qt::Vertical : Qt::Horizontal;
    for (ColourScale* scale : {m_scale, m_secondScale}) scale->setOrientation(orientation);
    for (VerdictBadge* badge : {m_badge, m_secondBadge}) {
        badge->setRoom(badge->parentWidget()->width() - 2 * inset);
        badge->move(inset, inset);
    }
    placeScale(*m_scale, *m_badge);
    placeScale(*m_secondScale, *m_secondBadge);
    m_readout->setRoom(m_view->width() - 2 * inset);
    m_readout->move(inset, m_view->height() - m_readout->height() - inset);
    placeCaptions();
    fitAround();
}

// In the upper right corner; below the badge where the two do not fit beside each other.
void ViewerPanel::placeScale(ColourScale& scale, const VerdictBadge& badge) const {
    scale.resize(scale.sizeHint());
    // A scale that lies ends where the picture and the badge do, not with the ground that it has over a picture.
    const int edge = hasRoomForUprightScale() ? inset : inset - boxPadding;
    const int left = scale.parentWidget()->width() - scale.width() - edge;
    const bool beside = badge.isHidden() || left >= badge.geometry().right() + 1 + metrics::gap;
    if (beside)
        scale.move(left, inset);
    else
        scale.move(edge, badge.geometry().bottom() + 1 + metrics::gap);
}

int ViewerPanel::bottomOfHead(const VerdictBadge& badge, const ColourScale& scale) const {
    int bottom = badge.isHidden() ? inset - 1 : badge.geometry().bottom();
    if (!hasRoomForUprightScale() && !scale.isHidden()) bottom = std::max(bottom, scale.geometry().bottom());
    return bottom;
}

// What a view is, or each side of the swipe, which goes as far as the scale.
void ViewerPanel::placeCaptions() {
    int top = bottomOfHead(*m_badge, *m_scale) + 1 + metrics::gap;
    // Side by side they stand on one line.
    if (!m_second->isHidden()) top = std::max(top, bottomOfHead(*m_secondBadge, *m_secondScale) + 1 + metrics::gap);
    m_caption->setRoom(m_second->width() - 2 * inset);
    m_caption->move(inset, top);
    const bool swiped = m_view->swipe() && m_view->picture();
    const int divider = swiped ? static_cast<int>(*m_view->swipe() * m_view->width()) : m_view->width();
    const bool besideScale = swiped && hasRoomForUprightScale() && !m_scale->isHidden();
    const int end = besideScale ? m_scale->x() - metrics::gap : m_view->width() - inset;
    const auto place = [&](CanvasCaption* caption, int left, int right) {
        caption->setRoom(std::max(right - left, 0));
        caption->move(left, top);
        caption->setVisible(right - left >= leastForCaption && !caption->accessibleName().isEmpty());
    };
    place(m_firstCaption, inset, std::min(divider - inset, end));
    place(m_plainCaption, divider + inset, end);
}

// A fitted picture lies under none of what is in the corners. From the first model on the scale keeps its room while it
// is not shown: the picture stays where it is while the overlay is switched on and off and while its map is on the way.
void ViewerPanel::fitAround() {
    const bool keepsScale = m_hasRange && m_drawsMaps && hasRoomForScale();
    const bool upright = hasRoomForUprightScale();
    int top = m_badge->geometry().bottom() + 1;
    if (keepsScale && !upright) top = std::max(top, m_scale->geometry().bottom() + 1);
    if (m_view->swipe()) {
        // As many lines as the captions take, which changes while the hand moves, or none: the picture stays.
        top += metrics::gap + CanvasCaption::heightOf(1);
    } else {
        for (const QWidget* caption : {m_firstCaption, m_caption})
            if (!caption->isHidden() && !caption->parentWidget()->isHidden())
                top = std::max(top, caption->geometry().bottom() + 1);
    }
    const bool airy = m_view->height() >= airyHeight;
    const int side = m_view->width() >= leastForUprightScale.width() ? 2 * inset : inset;
    const QMargins margins(side, top + metrics::gap, side, airy ? roomForReadout : inset);
    QMargins besideScale = margins;
    QMargins belowScale = margins;
    if (keepsScale && upright) {
        const int left = m_secondScale->isHidden() ? m_scale->x() : std::min(m_scale->x(), m_secondScale->x());
        besideScale.setRight(std::max(side, m_view->width() - left + metrics::gap));
        belowScale.setTop(std::max(margins.top(), m_scale->geometry().bottom() + 1 + metrics::gap));
    }
    // Beside each other they may differ by a pixel, which the wider one leaves: both show the picture at one size.
    const int narrower = m_second->isHidden() ? m_view->width() : std::min(m_view->width(), m_second->width());
    for (ImageView* view : {m_view, m_second}) {
        const QMargins spare(0, 0, std::max(view->width() - narrower, 0), 0);
        view->setFitMargins(besideScale + spare, belowScale + spare);
    }
}

void ViewerPanel::showScales() {
    const bool shown = hasRoomForScale() && m_view->picture() && m_view->overlay().visible;
    m_scale->setVisible(shown && m_view->map());
    m_secondScale->setVisible(shown && !m_second->isHidden() && m_second->map());
}

bool ViewerPanel::hasRoomForScale() const {
    return m_view->height() >= leastForScale;
}

bool ViewerPanel::hasRoomForUprightScale() const {
    return m_view->width() >= leastForUprightScale.width() && m_view->height() >= leastForUprightScale.height();
}

}  // namespace ui
