// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>
#include <cmath>
#include <utility>

#include "ui/viewer/image_view.h"
#include "ui/viewer/mask_shapes.h"

namespace ui {

namespace {

constexpr double zoomStep = 1.25;
constexpr double wheelNotch = 120;
constexpr double panStep = 64;
constexpr double swipeStep = 0.02;
constexpr double swipeGrip = 8;
constexpr double brushStep = 1.25;

}  // namespace

bool ImageView::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value(), gesture->position());
            return true;
        }
    }
    if (event->type() == QEvent::Gesture) {
        if (QGesture* gesture = static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture)) {
            const auto* pinch = static_cast<QPinchGesture*>(gesture);
            zoomBy(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint()));
            return true;
        }
    }
    // What a tool in hand needs must not start a shortcut of the window.
    if (event->type() == QEvent::ShortcutOverride && tool() != MaskTool::Look) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool ours = key->key() == Qt::Key_Space || key->key() == Qt::Key_BracketLeft ||
                          key->key() == Qt::Key_BracketRight ||
                          (m_editor.hasPolygon() && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                                                     key->key() == Qt::Key_Escape || key->key() == Qt::Key_Backspace));
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ImageView::wheelEvent(QWheelEvent* event) {
    const int turn = event->angleDelta().y();
    if (!picture() || turn == 0) {
        event->ignore();
        return;
    }
    zoomBy(std::pow(zoomStep, turn / wheelNotch), event->position());
    event->accept();
}

bool ImageView::isOnSwipe(const QPointF& place) const {
    return m_swipe && picture() && std::abs(place.x() - *m_swipe * width()) <= swipeGrip;
}

void ImageView::mousePressEvent(QMouseEvent* event) {
    m_keyboardFocus = false;
    m_last = event->position();
    m_cursor = event->position();
    if (!picture() || m_drag != Drag::None) return;
    const bool left = event->button() == Qt::LeftButton;
    if (event->button() == Qt::MiddleButton || (left && m_spaceHeld))
        m_drag = Drag::Pan;
    else if (left && isOnSwipe(event->position()))
        m_drag = Drag::Swipe;
    else if (left && tool() == MaskTool::Look)
        m_drag = Drag::Pan;
    else if (left)
        startShape(*event);
    else
        event->ignore();
    updateCursor();
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF by = event->position() - std::exchange(m_last, event->position());
    m_cursor = event->position();
    switch (m_drag) {
        case Drag::Pan:
            panBy(by);
            break;
        case Drag::Swipe:
            setSwipe(event->position().x() / std::max(width(), 1));
            Q_EMIT swipeChanged(*m_swipe);
            break;
        case Drag::Stroke:
            touched(m_editor.move(edited(), toPicture(event->position()), event->modifiers() & Qt::ShiftModifier));
            break;
        case Drag::None:
            break;
    }
    hover(event->position());
    updateCursor();
    if (tool() != MaskTool::Look) update();
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = m_drag;
    if (drag == Drag::None) return;
    const bool released = drag == Drag::Pan ? !(event->buttons() & (Qt::LeftButton | Qt::MiddleButton))
                                            : event->button() == Qt::LeftButton;
    if (!released) return;
    m_drag = Drag::None;
    if (drag == Drag::Stroke) {
        touched(m_editor.release(edited()));
        finishEdit();
    }
    updateCursor();
}

void ImageView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !picture()) return;
    if (tool() == MaskTool::Polygon && m_editor.hasPolygon()) {
        touched(m_editor.closePolygon(edited()));
        finishEdit();
    } else if (tool() == MaskTool::Look) {
        const QPointF place = toPicture(event->position());
        const QPoint pixel(static_cast<int>(std::floor(place.x())), static_cast<int>(std::floor(place.y())));
        if (QRect(QPoint(), pictureSize()).contains(pixel)) Q_EMIT doubleClicked(pixel);
    } else {
        mousePressEvent(event);
    }
}

QImage& ImageView::edited() {
    return m_editor.target == MaskTarget::Defect ? m_layers.mask() : m_layers.region();
}

void ImageView::startShape(const QMouseEvent& event) {
    const bool inverted = event.modifiers() & Qt::AltModifier;
    const QSize before = edited().size();
    if (tool() != MaskTool::Polygon) m_drag = Drag::Stroke;
    m_editor.prepare(edited(), pictureSize(), m_editor.takesAway(inverted));
    if (edited().size() != before) touched(edited().rect());
    touched(m_editor.press(edited(), toPicture(event.position()), inverted));
    update();
}

void ImageView::touched(const QRect& pixels) {
    if (pixels.isEmpty()) return;
    m_layers.touched(pixels);
    update();
}

void ImageView::finishEdit() {
    if (m_editor.target == MaskTarget::Defect) {
        Q_EMIT maskEdited(edited());
        return;
    }
    const bool everything = isFull(edited()) || isBlank(edited());
    if (everything) m_layers.setRegion({});
    update();
    Q_EMIT regionEdited(everything ? QImage() : edited());
}

void ImageView::hover(const QPointF& place) {
    const QPointF onPicture = toPicture(place);
    const QPoint pixel(static_cast<int>(std::floor(onPicture.x())), static_cast<int>(std::floor(onPicture.y())));
    if (picture() && QRect(QPoint(), pictureSize()).contains(pixel))
        Q_EMIT hovered(readoutAt(*picture(), map().get(), pixel));
    else
        Q_EMIT hoverLeft();
}

void ImageView::leaveEvent(QEvent*) {
    m_cursor.reset();
    if (tool() != MaskTool::Look) update();
    Q_EMIT hoverLeft();
}

void ImageView::updateCursor() {
    if (!picture())
        setCursor(Qt::ArrowCursor);
    else if (m_drag == Drag::Pan)
        setCursor(Qt::ClosedHandCursor);
    else if (m_drag == Drag::Swipe || (m_drag == Drag::None && m_cursor && isOnSwipe(*m_cursor)))
        setCursor(Qt::SplitHCursor);
    else if (m_spaceHeld || tool() == MaskTool::Look)
        setCursor(Qt::OpenHandCursor);
    else
        setCursor(Qt::CrossCursor);
}

bool ImageView::viewKey(int key, Qt::KeyboardModifiers modifiers) {
    const QPointF middle(width() / 2.0, height() / 2.0);
    const bool control = modifiers & Qt::ControlModifier;
    const bool shift = modifiers & Qt::ShiftModifier;
    switch (key) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomBy(zoomStep, middle);
            return true;
        case Qt::Key_Minus:
            zoomBy(1 / zoomStep, middle);
            return true;
        case Qt::Key_0:
            zoomToFit();
            return true;
        case Qt::Key_1:
            zoomBy(1 / m_transform.zoom, middle);
            return true;
        case Qt::Key_Left:
        case Qt::Key_Right:
            if (control) {
                panBy({key == Qt::Key_Left ? panStep : -panStep, 0});
                return true;
            }
            if (shift && m_swipe) {
                setSwipe(*m_swipe + (key == Qt::Key_Left ? -swipeStep : swipeStep));
                Q_EMIT swipeChanged(*m_swipe);
                return true;
            }
            return false;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (control) panBy({0, key == Qt::Key_Up ? panStep : -panStep});
            return control;
        default:
            return false;
    }
}

bool ImageView::toolKey(int key) {
    switch (key) {
        case Qt::Key_Space:
            m_spaceHeld = true;
            updateCursor();
            return true;
        case Qt::Key_BracketLeft:
            setBrushSize(brushSize() / brushStep);
            return true;
        case Qt::Key_BracketRight:
            setBrushSize(brushSize() * brushStep);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!m_editor.hasPolygon()) return false;
            touched(m_editor.closePolygon(edited()));
            finishEdit();
            return true;
        case Qt::Key_Backspace:
        case Qt::Key_Escape:
            if (!m_editor.hasPolygon()) return false;
            key == Qt::Key_Escape ? m_editor.cancel() : m_editor.dropLastCorner();
            update();
            return true;
        default:
            return false;
    }
}

void ImageView::keyPressEvent(QKeyEvent* event) {
    const bool taken =
        picture() && ((tool() != MaskTool::Look && toolKey(event->key())) || viewKey(event->key(), event->modifiers()));
    if (!taken) QWidget::keyPressEvent(event);
}

void ImageView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || event->isAutoRepeat() || !m_spaceHeld) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    m_spaceHeld = false;
    updateCursor();
}

void ImageView::focusInEvent(QFocusEvent* event) {
    m_keyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    update();
}

void ImageView::focusOutEvent(QFocusEvent*) {
    m_keyboardFocus = false;
    m_spaceHeld = false;
    updateCursor();
    update();
}

}  // namespace ui
