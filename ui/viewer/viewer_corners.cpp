// SPDX-License-Identifier: GPL-3.0-or-later
// Where what lies in the corners of the pictures is put, and the room that a fitted picture leaves to it.
#include <algorithm>

#include "ui/common/theme.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/viewer_panel.h"

namespace ui {

namespace {

constexpr int inset = 12;
// From here on the canvas can spare room for the read-out, which comes and goes, below a fitted picture.
constexpr int airyHeight = 480;
constexpr int roomForReadout = 56;
constexpr int leastForCaption = 64;
// A smaller view is the picture's alone.
constexpr QSize leastForScale(400, 260);

}  // namespace

void ViewerPanel::placeBadges() {
    m_badge->setRoom(m_view->width() - 2 * inset);
    m_badge->move(inset, inset);
    m_scale->resize(m_scale->sizeHint());
    m_scale->move(m_view->width() - m_scale->width() - inset, inset);
    m_readout->setRoom(m_view->width() - 2 * inset);
    m_readout->move(inset, m_view->height() - m_readout->height() - inset);
    m_secondBadge->setRoom(m_second->width() - 2 * inset);
    m_secondBadge->move(inset, inset);
    placeCaptions();
    fitAround();
}

// What a view is, or each side of the swipe, which goes as far as the scale.
void ViewerPanel::placeCaptions() {
    const auto below = [](const QWidget* badge) { return badge->geometry().bottom() + 1 + inset / 2; };
    m_caption->setRoom(m_second->width() - 2 * inset);
    m_caption->move(inset, m_secondBadge->isHidden() ? inset : below(m_secondBadge));
    const bool swiped = m_view->swipe() && m_view->picture();
    const int divider = swiped ? static_cast<int>(*m_view->swipe() * m_view->width()) : m_view->width();
    const int end = swiped && !m_scale->isHidden() ? m_scale->x() - metrics::gap : m_view->width() - inset;
    const auto place = [&](CanvasCaption* caption, int left, int right) {
        caption->setRoom(std::max(right - left, 0));
        caption->move(left, below(m_badge));
        caption->setVisible(right - left >= leastForCaption && !caption->accessibleName().isEmpty());
    };
    place(m_firstCaption, inset, std::min(divider - inset, end));
    place(m_plainCaption, divider + inset, end);
}

// A fitted picture lies under none of what is in the corners. From the first model on the scale keeps its room while it
// is not shown: the picture stays where it is while the overlay is switched on and off and while its map is on the way.
void ViewerPanel::fitAround() {
    int top = m_badge->geometry().bottom() + 1;
    if (m_view->swipe()) {
        // As many lines as the captions take, which changes while the hand moves, or none: the picture stays.
        top += inset / 2 + CanvasCaption::heightOf(1);
    } else {
        for (const QWidget* caption : {m_firstCaption, m_caption})
            if (!caption->isHidden() && !caption->parentWidget()->isHidden())
                top = std::max(top, caption->geometry().bottom() + 1);
    }
    const bool airy = m_view->height() >= airyHeight;
    const int side = m_view->width() >= leastForScale.width() ? 2 * inset : inset;
    const QMargins margins(side, top + metrics::gap, side, airy ? roomForReadout : inset);
    QMargins besideScale = margins;
    QMargins belowScale = margins;
    if (m_hasRange && m_drawsMaps && hasRoomForScale()) {
        besideScale.setRight(std::max(side, m_view->width() - m_scale->x() + metrics::gap));
        belowScale.setTop(std::max(margins.top(), m_scale->geometry().bottom() + 1 + metrics::gap));
    }
    for (ImageView* view : {m_view, m_second}) view->setFitMargins(besideScale, belowScale);
}

bool ViewerPanel::hasRoomForScale() const {
    return m_view->width() >= leastForScale.width() && m_view->height() >= leastForScale.height();
}

}  // namespace ui
