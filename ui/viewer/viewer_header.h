// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/viewer/view_actions.h"

class QLabel;
class QMenu;
class QSlider;

namespace ui {

class FlatButton;

// The line above the picture: its name, and how it is shown. Controls that have no room are found in the menu at its
// end, so that every one can be reached at any width. Which have room depends on the width alone.
class ViewerHeader : public QWidget {
    Q_OBJECT
public:
    explicit ViewerHeader(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setDetails(const QString& details);  // "900 x 900 · JPEG"
    void setLook(const OverlayLook& look);
    const OverlayLook& look() const { return m_actions->look(); }
    void setComparison(Comparison comparison);
    Comparison comparison() const { return m_actions->comparison(); }
    void setZoom(double zoom, bool fitted);
    // Without a map what concerns it is off, and says why if there is a reason: it is not that the map is still to
    // come.
    void setAvailable(bool picture, bool map, const QString& noMapReason = {});

    // For the window's Space key.
    QAction* overlayAction() const { return m_actions->visible(); }

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

    void makeZoomMenu();
    void makeOpacity();
    void makeControls();
    FlatButton* addButton(const char* name, const QString& word, QAction* action, int rank);
    static QString zoomText(double percent, bool fitted);
    int rankOf(const Control& control) const;
    void arrange();
    void takeColours();

    ViewActions* m_actions;
    bool m_hasPicture = false;
    QString m_titleText;
    QLabel* m_title;
    QLabel* m_details;
    QWidget* m_opacity = nullptr;
    QSlider* m_slider = nullptr;
    FlatButton* m_swipe = nullptr;
    FlatButton* m_sideBySide = nullptr;
    FlatButton* m_colours = nullptr;
    FlatButton* m_zoom = nullptr;
    FlatButton* m_more = nullptr;
    QMenu* m_zoomMenu = nullptr;
    std::vector<Control> m_controls;  // from left to right
};

}  // namespace ui
