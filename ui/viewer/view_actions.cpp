// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/view_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace ui {

namespace {

struct ColourName {
    services::ColourMap map;
    const char* name;  // a proper name, not translated
};
constexpr ColourName colourNames[] = {{services::ColourMap::Inferno, "Inferno"},
                                      {services::ColourMap::Cividis, "Cividis"},
                                      {services::ColourMap::Viridis, "Viridis"},
                                      {services::ColourMap::Turbo, "Turbo"}};

}  // namespace

ViewActions::ViewActions(QWidget* parent) : QObject(parent) {
    makeActions();
    makeMenus(parent);
    setLook(m_look);
}

template <typename Value>
void ViewActions::changeOne(Value OverlayLook::*member, Value value) {
    OverlayLook look = m_look;
    look.*member = value;
    change(look);
}

void ViewActions::makeActions() {
    const auto toggle = [this](const char* name, const QString& text, const QString& tip) {
        auto* action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        action->setToolTip(tip);
        return action;
    };
    m_visible = toggle("overlayAction", tr("Overlay"), tr("Show the anomaly map over the image"));
    m_contour = toggle("contourAction", tr("Contour"), tr("Draw the border of what is above the pixel cut"));
    m_above =
        toggle("aboveCutAction", tr("Only above the cut"), tr("Show the map only where it is above the pixel cut"));
    m_swipe =
        toggle("swipeAction", tr("Swipe"), tr("The map left of a line that can be moved, the plain image right of it"));
    m_sideBySide =
        toggle("sideBySideAction", tr("Side by side"), tr("A second view that zooms and moves with this one"));
    for (QAction* action : {m_visible, m_contour, m_above, m_swipe}) m_mapTips.emplace_back(action, action->toolTip());
    connect(m_visible, &QAction::toggled, this, [this](bool on) { changeOne(&OverlayLook::visible, on); });
    connect(m_contour, &QAction::toggled, this, [this](bool on) { changeOne(&OverlayLook::contour, on); });
    connect(m_above, &QAction::toggled, this, [this](bool on) { changeOne(&OverlayLook::onlyAboveCut, on); });
    // Triggered, not toggled: the one that goes off because the other went on has nothing to say.
    connect(m_swipe, &QAction::triggered, this, [this](bool on) { compare(on ? Comparison::Swipe : Comparison::Off); });
    connect(m_sideBySide, &QAction::triggered, this,
            [this](bool on) { compare(on ? Comparison::SideBySide : Comparison::Off); });
}

void ViewActions::makeMenus(QWidget* parent) {
    m_colourMenu = new QMenu(tr("Colours"), parent);
    m_colourGroup = new QActionGroup(this);
    for (const ColourName& colour : colourNames) {
        QAction* action = m_colourMenu->addAction(QString::fromLatin1(colour.name));
        action->setCheckable(true);
        m_colourGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, map = colour.map] { changeOne(&OverlayLook::colours, map); });
    }
    m_moreMenu = new QMenu(tr("More"), parent);
    m_moreMenu->addActions({m_visible, m_contour, m_above});
    m_moreMenu->addSeparator();
    m_moreMenu->addActions({m_swipe, m_sideBySide});
    m_moreMenu->addSeparator();
    m_opacityMenu = m_moreMenu->addMenu(tr("Opacity"));
    for (const int percent : {0, 20, 40, 60, 80, 100})
        connect(m_opacityMenu->addAction(tr("%1 %").arg(percent)), &QAction::triggered, this,
                [this, percent] { changeOne(&OverlayLook::opacity, percent / 100.0); });
    m_moreMenu->addMenu(m_colourMenu);
}

QString ViewActions::colourName() const {
    for (const ColourName& colour : colourNames)
        if (colour.map == m_look.colours) return QString::fromLatin1(colour.name);
    return {};
}

void ViewActions::setLook(const OverlayLook& look) {
    m_look = look;
    m_visible->setChecked(look.visible);
    m_contour->setChecked(look.contour);
    m_above->setChecked(look.onlyAboveCut);
    for (QAction* action : m_colourGroup->actions()) action->setChecked(action->text() == colourName());
}

void ViewActions::change(const OverlayLook& look) {
    if (look == m_look) return;
    setLook(look);
    Q_EMIT lookChanged(look);
}

void ViewActions::setComparison(Comparison comparison) {
    m_comparison = comparison;
    m_swipe->setChecked(comparison == Comparison::Swipe);
    m_sideBySide->setChecked(comparison == Comparison::SideBySide);
}

void ViewActions::compare(Comparison comparison) {
    setComparison(comparison);
    Q_EMIT comparisonChanged(comparison);
}

void ViewActions::setAvailable(bool picture, bool map, const QString& noMapReason) {
    const bool explained = !map && !noMapReason.isEmpty();
    for (const auto& [action, tip] : m_mapTips) {
        action->setEnabled(map);
        action->setToolTip(explained ? noMapReason : tip);
    }
    m_opacityMenu->setEnabled(map);
    m_colourMenu->setEnabled(map);
    m_sideBySide->setEnabled(picture);
}

}  // namespace ui
