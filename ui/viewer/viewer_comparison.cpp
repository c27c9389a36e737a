// SPDX-License-Identifier: GPL-3.0-or-later
// The second picture, beside the first or right of the swipe, and the captions that tell the two apart.
#include "ui/common/elements.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/colour_scale.h"
#include "ui/viewer/viewer_panel.h"

namespace ui {

QString ViewerPanel::noMapText() {
    return tr("This method scores whole images; it draws no map");
}

QString ViewerPanel::plainText() {
    return tr("Plain image");
}

void ViewerPanel::setSecondMap(std::shared_ptr<const services::StoredMap> map, double low, double high,
                               std::optional<double> cut, const QString& caption) {
    m_second->setMap(map);
    m_second->setMapRange(low, high);
    m_second->setPixelCut(cut);
    m_secondScale->setRange(low, high);
    m_secondScale->setCut(cut);
    m_secondBadge->setDecimals(decimalsFor(low, high));
    m_caption->setText(caption.isEmpty() ? plainText() : caption);
    showScales();
    placeBadges();
}

void ViewerPanel::setSecondScore(std::optional<double> score, engine::Verdict verdict) {
    m_secondBadge->setScore(score, verdict);
    m_secondBadge->setVisible(score || verdict != engine::Verdict::None);
    placeBadges();
}

void ViewerPanel::setFirstCaption(const QString& caption) {
    m_firstName = caption;
    refreshCaption();
}

QString ViewerPanel::firstCaption() const {
    if (!m_firstName.isEmpty() || !m_view->picture()) return m_firstName;
    if (!m_drawsMaps) return noMapText();
    if (comparison() == Comparison::Off) return {};
    return m_hasRange && overlay().visible ? tr("Anomaly map") : plainText();
}

void ViewerPanel::refreshCaption() {
    m_firstCaption->setText(firstCaption());
    placeBadges();
}

void ViewerPanel::setComparison(Comparison comparison) {
    m_header->setComparison(comparison);
    if (comparison != Comparison::Swipe)
        m_view->setSwipe({});
    else if (!m_view->swipe())
        m_view->setSwipe(0.5);
    const bool two = comparison == Comparison::SideBySide;
    m_middle->setVisible(two);
    m_second->setVisible(two);
    m_second->setPicture(two ? m_view->picture() : nullptr);
    showSecondMarks();
    showScales();
    refreshCaption();
    if (two) m_second->setViewTransform(m_view->viewTransform());
}

void ViewerPanel::showSecondMarks() {
    const bool shown = comparison() == Comparison::SideBySide;
    m_second->setMask(shown ? m_mask : QImage());
    m_second->setRegion(shown ? m_region : QImage());
}

}  // namespace ui
