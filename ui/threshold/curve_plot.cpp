// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/curve_plot.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"
#include "ui/threshold/plot_library.h"
#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

// Room for the point at the ends of the curve, and for the names of the axes.
constexpr QMargins around(22, 6, 6, 18);
constexpr double reach = 16;  // from the curve, where a press takes hold of the point

// A good curve runs along the frame: half of its line lies outside.
class EdgeCurve : public QCPCurve {
public:
    using QCPCurve::QCPCurve;

protected:
    QRect clipRect() const override { return QCPCurve::clipRect().adjusted(-2, -2, 2, 2); }
};

}  // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent),
      m_plot(new QCustomPlot(this)),
      m_line(new EdgeCurve(m_plot->xAxis, m_plot->yAxis)),
      m_overlay(new QWidget(this)) {
    setObjectName(QStringLiteral("curvePlot"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->axisRect()->setupFullAxesBox();
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(around);
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setTicks(false);
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
        axis->setRange(0, 1);
    }
    m_line->setLayer(QStringLiteral("legend"));  // above the frame, which a good curve runs along
    m_overlay->setMouseTracking(true);
    m_overlay->installEventFilter(this);
    restyle();
    describe();
}

void CurvePlot::setData(const services::DecisionTable& table) {
    m_curve = table.curve();
    m_auroc = table.auroc();
    m_aupr = table.aupr();
    m_good = table.good();
    m_defect = table.defect();
    replotCurve();
    describe();
}

void CurvePlot::setKind(Kind kind) {
    if (kind == m_kind) return;
    m_kind = kind;
    replotCurve();
    describe();
}

void CurvePlot::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    setEnabled(!readOnly);
}

void CurvePlot::setPoint(const std::optional<engine::CurvePoint>& point) {
    m_point = point;
    m_overlay->update();
    if (!hasFocus()) return;  // nobody listens, and text costs more than the point
    describe();
}

QPointF CurvePlot::shares(const engine::CurvePoint& point) const {
    return m_kind == Kind::Roc ? QPointF(point.falsePositiveRate, point.truePositiveRate)
                               : QPointF(point.truePositiveRate, point.precision);
}

QRect CurvePlot::plot() const {
    return rect().marginsRemoved(around);
}

QPointF CurvePlot::pixel(const QPointF& shares) const {
    const QRect area = plot();
    return {area.left() + shares.x() * (area.width() - 1), area.bottom() - shares.y() * (area.height() - 1)};
}

QPoint CurvePlot::pointPosition() const {
    return m_point ? pixel(shares(*m_point)).toPoint() : QPoint(-1, -1);
}

QPoint CurvePlot::positionOf(std::size_t i) const {
    return pixel(shares(m_curve.at(i))).toPoint();
}

std::size_t CurvePlot::nearest(const QPointF& position) const {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < m_curve.size(); ++i) {
        const QPointF there = pixel(shares(m_curve[i]));
        const double away = std::abs(there.x() - position.x()) + std::abs(there.y() - position.y());
        if (away < least) {
            least = away;
            best = i;
        }
    }
    return best;
}

// The curve runs from the highest threshold down: the last point whose threshold is not below the cut.
std::size_t CurvePlot::placeOf(double cut) const {
    const auto next = std::partition_point(m_curve.begin(), m_curve.end(),
                                           [&](const engine::CurvePoint& point) { return point.threshold >= cut; });
    return next == m_curve.begin() ? 0 : static_cast<std::size_t>(next - m_curve.begin() - 1);
}

void CurvePlot::moveTo(std::size_t place) {
    if (m_readOnly || m_curve.empty()) return;
    const double threshold = m_curve[std::min(place, m_curve.size() - 1)].threshold;
    if (m_point && m_point->threshold == threshold) return;
    Q_EMIT failMoved(threshold);
}

void CurvePlot::resizeEvent(QResizeEvent*) {
    followPixelRatio(*m_plot);
    m_plot->setGeometry(rect());
    m_overlay->setGeometry(rect());
    replotCurve();
}

void CurvePlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
    const std::size_t many = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const std::size_t place = m_point ? placeOf(m_point->threshold) : 0;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            moveTo(place - std::min(place, many));
            break;
        case Qt::Key_Right:
        case Qt::Key_Up:
            moveTo(place + many);
            break;
        case Qt::Key_Home:
            moveTo(0);
            break;
        case Qt::Key_End:
            moveTo(m_curve.size());
            break;
        case Qt::Key_Escape:
            m_dragging = false;
            Q_EMIT moveCancelled();
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void CurvePlot::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT moveFinished();
    QWidget::keyReleaseEvent(event);
}

void CurvePlot::focusInEvent(QFocusEvent*) {
    describe();
    m_overlay->update();
}

void CurvePlot::focusOutEvent(QFocusEvent*) {
    Q_EMIT moveFinished();
    m_overlay->update();
}

bool CurvePlot::event(QEvent* event) {
    if (event->type() == QEvent::Show || event->type() == QEvent::ScreenChangeInternal) {
        if (followPixelRatio(*m_plot)) replotCurve();
    }
    return QWidget::event(event);
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_overlay) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Paint) {
        paintOverlay();
        return true;
    }
    const bool mouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseMove ||
                       event->type() == QEvent::MouseButtonRelease;
    if (!mouse || m_curve.empty() || m_readOnly) return QWidget::eventFilter(watched, event);
    const auto* hand = static_cast<QMouseEvent*>(event);
    const QPointF position = hand->position();
    if (event->type() == QEvent::MouseButtonPress && hand->button() == Qt::LeftButton) {
        const QPointF there = pixel(shares(m_curve[nearest(position)]));
        m_dragging = QLineF(there, position).length() <= reach || QLineF(pointPosition(), position).length() <= reach;
        if (m_dragging) {
            setFocus(Qt::MouseFocusReason);
            moveTo(nearest(position));
        }
        return m_dragging;
    }
    if (event->type() == QEvent::MouseMove) {
        if (m_dragging) moveTo(nearest(position));
        return m_dragging;
    }
    if (event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        Q_EMIT moveFinished();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui
