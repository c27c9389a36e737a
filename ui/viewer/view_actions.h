// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <utility>
#include <vector>

#include "ui/viewer/overlay_look.h"

class QAction;
class QActionGroup;
class QMenu;
class QWidget;

namespace ui {

enum class Comparison { Off, Swipe, SideBySide };

// How the picture is shown, as actions: what buttons follow and menus hold is one thing.
class ViewActions : public QObject {
    Q_OBJECT
public:
    // Owned by the parent, and their menus as well.
    explicit ViewActions(QWidget* parent);

    void setLook(const OverlayLook& look);
    const OverlayLook& look() const { return m_look; }
    QString colourName() const;
    void setComparison(Comparison comparison);
    Comparison comparison() const { return m_comparison; }
    // Without a map what concerns it is off, and says why if there is a reason: it is not that the map is still to
    // come.
    void setAvailable(bool picture, bool map, const QString& noMapReason);

    // By hand: said if it is another one.
    void change(const OverlayLook& look);

    QAction* visible() const { return m_visible; }
    QAction* contour() const { return m_contour; }
    QAction* aboveCut() const { return m_above; }
    QAction* swipe() const { return m_swipe; }
    QAction* sideBySide() const { return m_sideBySide; }
    QMenu* colourMenu() const { return m_colourMenu; }
    QMenu* moreMenu() const { return m_moreMenu; }

Q_SIGNALS:
    void lookChanged(const ui::OverlayLook& look);
    void comparisonChanged(ui::Comparison comparison);

private:
    void makeActions();
    void makeMenus(QWidget* parent);
    template <typename Value>
    void changeOne(Value OverlayLook::*member, Value value);
    void compare(Comparison comparison);

    OverlayLook m_look;
    Comparison m_comparison = Comparison::Off;
    QAction* m_visible = nullptr;
    QAction* m_contour = nullptr;
    QAction* m_above = nullptr;
    QAction* m_swipe = nullptr;
    QAction* m_sideBySide = nullptr;
    std::vector<std::pair<QAction*, QString>> m_mapTips;  // what those that need a map say otherwise
    QActionGroup* m_colourGroup = nullptr;
    QMenu* m_colourMenu = nullptr;
    QMenu* m_opacityMenu = nullptr;
    QMenu* m_moreMenu = nullptr;
};

}  // namespace ui

Q_DECLARE_METATYPE(ui::OverlayLook)
