// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/image_view.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/common/theme.h"
#include "ui/viewer/mask_shapes.h"
#include "ui/viewer/view_marks.h"

namespace ui {

namespace {

constexpr double notablyLarger = 1.1;

}  // namespace

ImageView::ImageView(QWidget* parent) : QWidget(parent), m_emptyText(tr("No image is chosen")) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Image"));
    grabGesture(Qt::PinchGesture);
    syncColours();
    updateCursor();
}

void ImageView::setPicture(services::PicturePtr picture) {
    if (picture && picture->levels.empty()) picture = nullptr;
    if (picture == m_layers.picture()) return;
    const QSize before = pictureSize();
    m_editor.cancel();
    m_drag = Drag::None;
    m_layers.setPicture(std::move(picture));
    if (pictureSize() != before) m_transform.fitted = true;
    present(m_transform, false);
    updateCursor();
    if (m_cursor) hover(*m_cursor);
    update();
}

void ImageView::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void ImageView::setMap(std::shared_ptr<const services::StoredMap> map) {
    m_layers.setMap(std::move(map));
    if (m_cursor) hover(*m_cursor);
    update();
}

void ImageView::setMapRange(double low, double high) {
    m_layers.setRange(low, high);
    update();
}

void ImageView::setPixelCut(std::optional<double> cut) {
    if (cut == m_layers.cut()) return;
    m_layers.setCut(cut);
    update();
}

void ImageView::setOverlay(const OverlayLook& look) {
    m_layers.setLook(look);
    update();
}

// The stroke in hand is newer than what comes back of the one before.
void ImageView::setMask(const QImage& mask) {
    if (m_drag == Drag::Stroke && target() == MaskTarget::Defect) return;
    m_layers.setMask(mask);
    update();
}

void ImageView::setRegion(const QImage& region) {
    if (m_drag == Drag::Stroke && target() == MaskTarget::Region) return;
    m_layers.setRegion(region);
    update();
}

void ImageView::setSwipe(std::optional<double> share) {
    if (share) share = std::clamp(*share, 0.0, 1.0);
    m_swipe = share;
    m_layers.setSwipe(swipeColumn());
    update();
}

std::optional<int> ImageView::swipeColumn() const {
    if (!m_swipe) return {};
    return static_cast<int>(std::lround(*m_swipe * deviceSize().width()));
}

QSize ImageView::deviceSize() const {
    const auto scaled = [&](int length) { return static_cast<int>(std::ceil(length * scaling() - 1e-6)); };
    return {scaled(width()), scaled(height())};
}

QSize ImageView::pictureSize() const {
    return picture() ? QSize(picture()->width(), picture()->height()) : QSize();
}

QMargins ImageView::deviceMargins() const {
    const auto scaled = [this](const QMargins& margins) { return (QMarginsF(margins) * scaling()).toMargins(); };
    const QMargins margins = scaled(m_margins);
    if (!m_otherMargins) return margins;
    const QMargins others = scaled(*m_otherMargins);
    const auto zoomWithin = [this](const QMargins& m) { return fitted(deviceSize(), pictureSize(), m).zoom; };
    return zoomWithin(others) > notablyLarger * zoomWithin(margins) ? others : margins;
}

void ImageView::setFitMargins(const QMargins& margins, const std::optional<QMargins>& others) {
    m_margins = margins;
    m_otherMargins = others;
    present(m_transform, false);
}

void ImageView::present(const ViewTransform& transform, bool byHand) {
    const ViewTransform before = m_transform;
    m_transform = limited(transform, deviceSize(), pictureSize(), deviceMargins());
    syncLayers();
    if (m_transform == before) return;
    update();
    // A resize changes what a fitted view shows as well: the zoom in a header follows, a linked view fits itself.
    if (byHand || m_transform.zoom != before.zoom) Q_EMIT viewChanged(m_transform);
}

void ImageView::syncLayers() {
    m_layers.setViewport(viewportOf(m_transform, deviceSize(), pictureSize()));
    m_layers.setSwipe(swipeColumn());
}

void ImageView::syncColours() {
    const Colours& colours = coloursOf(*this);
    ViewColours view;
    view.canvas = colours.canvas;
    view.edge = colours.dark ? QColor(0x2c, 0x2f, 0x34) : QColor(0xc4, 0xc9, 0xd0);
    view.shadow = QColor(0, 0, 0, colours.dark ? 110 : 38);
    view.mask = colours.accent;
    view.maskEdge = colours.onAccent;
    view.scaling = scaling();
    m_layers.setColours(view);
}

void ImageView::setViewTransform(const ViewTransform& transform) {
    present(transform, false);
}

void ImageView::zoomToFit() {
    ViewTransform transform = m_transform;
    transform.fitted = true;
    present(transform, true);
}

void ImageView::zoomActual() {
    const QPointF middle(width() / 2.0, height() / 2.0);
    zoomBy(1 / m_transform.zoom, m_cursor.value_or(middle));
}

void ImageView::zoomBy(double factor, const QPointF& anchor) {
    if (!picture()) return;
    const ViewTransform whole = fitted(deviceSize(), pictureSize(), deviceMargins());
    const double smallest = std::min(whole.zoom, 1.0) / 4;
    const double zoom = std::clamp(m_transform.zoom * factor, smallest, largestZoom);
    if (zoom == m_transform.zoom) return;
    // From the place that is asked for and not from the one on whole pixels, so that many steps do not add up.
    const QPointF fromMiddle = anchor * scaling() - QPointF(deviceSize().width(), deviceSize().height()) / 2;
    const QPointF held = m_transform.centre + fromMiddle / m_transform.zoom;
    present({zoom, held - fromMiddle / zoom, false}, true);
}

void ImageView::panBy(const QPointF& by) {
    if (!picture() || by.isNull()) return;
    present({m_transform.zoom, m_transform.centre - by * scaling() / m_transform.zoom, false}, true);
}

QPointF ImageView::toPicture(const QPointF& onWidget) const {
    return m_layers.viewport().toPicture(onWidget * scaling());
}

QPointF ImageView::fromPicture(const QPointF& onPicture) const {
    return m_layers.viewport().toDevice(onPicture) / scaling();
}

void ImageView::setTool(MaskTool tool) {
    if (tool == m_editor.tool) return;
    m_editor.cancel();
    m_editor.tool = tool;
    showMasks();
    updateCursor();
    update();
}

void ImageView::setTarget(MaskTarget target) {
    m_editor.cancel();
    m_editor.target = target;
    showMasks();
    update();
}

// A region is drawn in the mask's colour: one of the two at a time.
void ImageView::showMasks() {
    m_layers.setMaskShown(tool() == MaskTool::Look || target() == MaskTarget::Defect);
}

void ImageView::setBrushSize(double diameter) {
    diameter = std::clamp(diameter, 1.0, 1000.0);
    if (diameter == m_editor.brushSize) return;
    m_editor.brushSize = diameter;
    update();
    Q_EMIT brushSizeChanged(diameter);
}

void ImageView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    present(m_transform, false);
}

void ImageView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange) {
        syncColours();
        update();
    }
}

void ImageView::paintEvent(QPaintEvent*) {
    // The view may have come to a screen of another scaling since it was resized last.
    if (m_layers.colours().scaling != scaling()) {
        syncColours();
        present(m_transform, false);
    }
    QPainter painter(this);
    painter.save();
    painter.scale(1 / scaling(), 1 / scaling());
    painter.drawImage(0, 0, m_layers.image());
    if (picture()) {
        const Viewport& viewport = m_layers.viewport();
        paintPixelGrid(painter, viewport, scaling());
        paintTool(painter);
        if (const auto column = swipeColumn())
            paintSwipe(painter, *column, viewport.device, coloursOf(palette()).accent, scaling());
    }
    painter.restore();
    if (!picture()) paintEmpty(painter);
    if (m_keyboardFocus) {
        painter.setPen(QPen(coloursOf(*this).accent, 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void ImageView::paintEmpty(QPainter& painter) {
    painter.setFont(textFont());
    painter.setPen(coloursOf(*this).secondary);
    painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void ImageView::paintTool(QPainter& painter) {
    const Viewport& viewport = m_layers.viewport();
    const QColor colour = Qt::white;
    QPainterPath path;
    if (m_editor.hasPolygon()) {
        QPolygonF corners;
        for (const QPointF& corner : m_editor.polygon()) corners.append(viewport.toDevice(corner));
        for (const QPointF& corner : corners) path.addEllipse(corner, 3 * scaling(), 3 * scaling());
        if (m_cursor) corners.append(*m_cursor * scaling());
        path.addPolygon(corners);
    }
    if (const QRectF ellipse = m_editor.ellipse(); !ellipse.isEmpty())
        path.addEllipse(QRectF(viewport.toDevice(ellipse.topLeft()), viewport.toDevice(ellipse.bottomRight())));
    const bool brush = m_editor.tool == MaskTool::Brush || m_editor.tool == MaskTool::Eraser;
    if (brush && m_cursor && m_drag != Drag::Pan) {
        const double radius = std::max(m_editor.brushSize * viewport.zoom / 2, 2.0);
        path.addEllipse(*m_cursor * scaling(), radius, radius);
    }
    if (!path.isEmpty()) paintShape(painter, path, colour, scaling());
}

}  // namespace ui
