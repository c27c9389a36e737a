// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "ui/viewer/overlay_look.h"

class QAction;
class QActionGroup;
class QLabel;
class QMenu;
class QSlider;

namespace ui {

class FlatButton;

enum class Comparison { Off, Swipe, SideBySide };

// The line above the picture: its name, and how it is shown. Controls that have no room are found in the menu at its
// end, so that every one can be reached at any width.
class ViewerHeader : public QWidget {
    Q_OBJECT
public:
    explicit ViewerHeader(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setDetails(const QString& details);  // "900 x 900 · JPEG"
    void setLook(const OverlayLook& look);
    const OverlayLook& look() const { return m_look; }
    void setComparison(Comparison comparison);
    Comparison comparison() const { return m_comparison; }
    void setZoom(double zoom, bool fitted);
    // Without a map what concerns it is off, and says why if there is a reason: it is not that the map is still to
    // come.
    void setAvailable(bool picture, bool map, const QString& noMapReason = {});

    // For the window's menus and its Space key.
    QList<QAction*> viewActions() const;
    QAction* overlayAction() const { return m_visible; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void lookChanged(const ui::OverlayLook& look);
    void comparisonChanged(ui::Comparison comparison);
    void fitRequested();
    void zoomRequested(double zoom);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Control {
        QWidget* widget;
        int rank;  // the smaller, the longer it stays
    };

    void makeActions();
    void makeMenus();
    void makeControls();
    FlatButton* addButton(const char* name, const QString& word, QAction* action, int rank);
    void change(const OverlayLook& look);
    void compare(Comparison comparison);
    void explain(const QString& noMapReason);
    void arrange();
    void takeColours();

    OverlayLook m_look;
    Comparison m_comparison = Comparison::Off;
    bool m_hasPicture = false;
    QString m_titleText;
    QLabel* m_title;
    QLabel* m_details;
    QWidget* m_opacity = nullptr;
    QSlider* m_slider = nullptr;
    FlatButton* m_colours = nullptr;
    FlatButton* m_zoom = nullptr;
    FlatButton* m_more = nullptr;
    QAction* m_visible = nullptr;
    QAction* m_contour = nullptr;
    QAction* m_above = nullptr;
    QAction* m_swipe = nullptr;
    QAction* m_sideBySide = nullptr;
    QActionGroup* m_colourGroup = nullptr;
    std::vector<std::pair<QAction*, QString>> m_mapTips;  // what those that need a map say otherwise
    QMenu* m_colourMenu = nullptr;
    QMenu* m_opacityMenu = nullptr;
    QMenu* m_zoomMenu = nullptr;
    QMenu* m_moreMenu = nullptr;
    std::vector<Control> m_controls;  // from left to right
};

}  // namespace ui

Q_DECLARE_METATYPE(ui::OverlayLook)
