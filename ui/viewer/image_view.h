// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QWidget>
#include <optional>

#include "app/services/images/picture.h"
#include "app/services/images/stored_map.h"
#include "ui/viewer/mask_editor.h"
#include "ui/viewer/overlay_look.h"
#include "ui/viewer/readout.h"
#include "ui/viewer/view_layers.h"

namespace ui {

// The picture with its map, contour and masks. Wheel and pinch zoom to the cursor; the left button moves the picture in
// the Look tool, the middle one, or the left with Space held, in every tool. Keys: + - zoom, 0 fits, 1 is 100 %, Ctrl
// with an arrow moves, Shift with Left or Right moves the swipe, [ and ] change the brush, Enter closes a polygon,
// Backspace takes its last corner, Escape leaves it. Alt turns what adds into what takes away. All of them may be taken
// by the window's shortcuts; those with Ctrl are free of letters and digits.
class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget* parent = nullptr);

    void setPicture(services::PicturePtr picture);  // null: none; the view stays if the size is the same
    void setEmptyText(const QString& text);
    void setMap(std::shared_ptr<const services::StoredMap> map);
    void setMapRange(double low, double high);  // the model's
    void setPixelCut(std::optional<double> cut);
    void setOverlay(const OverlayLook& look);
    void setMask(const QImage& mask);            // Grayscale8, nonzero is marked; null: none
    void setRegion(const QImage& region);        // Grayscale8, nonzero is inspected; null: everything
    void setSwipe(std::optional<double> share);  // of the view's width; right of it the plain picture

    const services::PicturePtr& picture() const { return m_layers.picture(); }
    QSize pictureSize() const;
    const std::shared_ptr<const services::StoredMap>& map() const { return m_layers.map(); }
    const OverlayLook& overlay() const { return m_layers.look(); }
    std::optional<double> swipe() const { return m_swipe; }

    // What a fitted picture keeps clear of at the edges: the margins, or others where they leave it notably larger.
    void setFitMargins(const QMargins& margins, const std::optional<QMargins>& others = {});
    ViewTransform viewTransform() const { return m_transform; }
    void setViewTransform(const ViewTransform& transform);
    void zoomToFit();
    void zoomActual();
    void zoomBy(double factor, const QPointF& anchor);  // which stays where it is; in the widget's coordinates
    void panBy(const QPointF& by);                      // in the widget's coordinates
    QPointF toPicture(const QPointF& onWidget) const;
    QPointF fromPicture(const QPointF& onPicture) const;

    void setTool(MaskTool tool);
    MaskTool tool() const { return m_editor.tool; }
    void setTarget(MaskTarget target);
    MaskTarget target() const { return m_editor.target; }
    void setBrushSize(double diameter);  // pixels of the picture, 1 to 1000
    double brushSize() const { return m_editor.brushSize; }

    const ViewLayers::Work& work() const { return m_layers.work(); }
    QSize sizeHint() const override { return {640, 480}; }

Q_SIGNALS:
    void viewChanged(const ui::ViewTransform& transform);
    void swipeChanged(double share);
    void hovered(const ui::Readout& readout);
    void hoverLeft();
    void doubleClicked(const QPoint& pixel);
    void maskEdited(const QImage& mask);
    // Null if everything is inspected, also when nothing would be: a region without a pixel would inspect nothing.
    void regionEdited(const QImage& region);
    void brushSizeChanged(double diameter);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Drag { None, Pan, Swipe, Stroke };

    double scaling() const { return devicePixelRatioF(); }
    QSize deviceSize() const;
    QMargins deviceMargins() const;
    std::optional<int> swipeColumn() const;
    void present(const ViewTransform& transform, bool byHand);
    void syncLayers();
    void syncColours();
    void paintEmpty(QPainter& painter);
    void paintTool(QPainter& painter);
    void hover(const QPointF& place);
    void updateCursor();
    void showMasks();
    bool isOnSwipe(const QPointF& place) const;
    bool viewKey(int key, Qt::KeyboardModifiers modifiers);
    bool toolKey(int key);
    QImage& edited();
    void startShape(const QMouseEvent& event);
    void touched(const QRect& pixels);
    void finishEdit();

    ViewLayers m_layers;
    MaskEditor m_editor;
    ViewTransform m_transform;
    QMargins m_margins{16, 16, 16, 16};
    std::optional<QMargins> m_otherMargins;
    std::optional<double> m_swipe;
    QString m_emptyText;
    Drag m_drag = Drag::None;
    QPointF m_last;
    std::optional<QPointF> m_cursor;
    bool m_spaceHeld = false;
    bool m_keyboardFocus = false;
};

}  // namespace ui

Q_DECLARE_METATYPE(ui::ViewTransform)
