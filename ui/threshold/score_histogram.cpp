// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/score_histogram.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/pixel_bars.h"

namespace ui {

namespace {

constexpr int sideMargin = CutHandle::flagWidth + 3;  // a flag at the end of the axis is whole
constexpr int labelHeight = 18;                       // above the bars
constexpr int tickHeight = 16;
constexpr int bottomMargin = CutHandle::flagHeight + 3 + tickHeight;
constexpr int gripReach = 4;  // beside a flag or a line

QVector<double> roots(const std::vector<int>& counts) {
    QVector<double> heights;
    heights.reserve(static_cast<int>(counts.size()));
    for (const int count : counts) heights.push_back(std::sqrt(count));
    return heights;
}

}  // namespace

ScoreHistogram::ScoreHistogram(QWidget* parent)
    : QWidget(parent),
      m_plot(new QCustomPlot(this)),
      m_good(new PixelBars(m_plot->xAxis, m_plot->yAxis)),
      m_defect(new PixelBars(m_plot->xAxis, m_plot->yAxis)),
      m_unlabelled(new PixelBars(m_plot->xAxis, m_plot->yAxis)),
      m_overlay(new QWidget(this)),
      m_review(new CutHandle(Cut::Review, m_overlay)),
      m_fail(new CutHandle(Cut::Fail, m_overlay)) {
    setObjectName(QStringLiteral("scoreHistogram"));
    setAccessibleName(tr("Histogram of scores"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_plot->setObjectName(QStringLiteral("scorePlot"));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(QMargins(sideMargin, labelHeight, sideMargin, bottomMargin));
    m_plot->yAxis->setVisible(false);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->xAxis->setTickLength(0);  // labels alone
    m_plot->xAxis->setSubTicks(false);
    m_plot->xAxis->setTickLabelPadding(CutHandle::flagHeight + 3);
    m_plot->xAxis->setNumberFormat(QStringLiteral("f"));
    for (auto* bars : {m_good, m_defect, m_unlabelled}) {
        bars->setWidthType(QCPBars::wtPlotCoords);
        bars->setAntialiased(false);
    }
    m_overlay->setMouseTracking(true);
    m_overlay->installEventFilter(this);
    for (auto* handle : {m_review, m_fail}) connectHandle(handle);
    connect(m_plot, &QCustomPlot::afterReplot, this, [this] { ++m_replots; });
    QWidget::setTabOrder(m_review, m_fail);
    restyle();
}

QSize ScoreHistogram::sizeHint() const {
    return {320, 156};
}

void ScoreHistogram::connectHandle(CutHandle* handle) {
    connect(handle, &CutHandle::stepped, this,
            [this, handle](int steps) { ask(*handle, m_scale.snapped(handle->value()) + steps * m_scale.step()); });
    connect(handle, &CutHandle::valueAsked, this, [this, handle](double value) { ask(*handle, value); });
    connect(handle, &CutHandle::finished, this, &ScoreHistogram::moveFinished);
    connect(handle, &CutHandle::cancelled, this, [this] {
        m_dragged = nullptr;
        Q_EMIT moveCancelled();
    });
}

// Handles never cross, and neither leaves the axis by hand.
void ScoreHistogram::ask(const CutHandle& handle, double value) {
    if (m_readOnly) return;
    const double wanted = std::clamp(m_scale.snapped(value), handle.least(), handle.most());
    if (wanted == handle.value() && m_point.fail) return;
    Q_EMIT moved(handle.cut(), wanted);
}

void ScoreHistogram::setData(const services::Histogram& histogram, const ScoreScale& scale) {
    m_histogram = histogram;
    m_scale = scale;
    QVector<double> keys;
    for (std::size_t bar = 0; bar < histogram.good.size(); ++bar)
        keys.push_back(histogram.low + (static_cast<double>(bar) + 0.5) * histogram.width);
    m_good->setData(keys, roots(histogram.good), true);
    m_defect->setData(keys, roots(histogram.defect), true);
    m_unlabelled->setData(keys, roots(histogram.unlabelled), true);
    int most = 1;
    for (const auto* counts : {&histogram.good, &histogram.defect, &histogram.unlabelled}) {
        for (const int count : *counts) most = std::max(most, count);
    }
    for (auto* bars : {m_good, m_defect, m_unlabelled}) bars->setWidth(histogram.width);
    m_plot->xAxis->setRange(scale.low, scale.high);
    m_plot->yAxis->setRange(0, std::sqrt(most) * 1.06);
    replotBars();
    placeHandles();
}

void ScoreHistogram::setPoint(const engine::OperatingPoint& point) {
    m_point = point;
    placeHandles();
}

void ScoreHistogram::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    m_review->setEnabled(!readOnly);
    m_fail->setEnabled(!readOnly);
}

void ScoreHistogram::setEmptyText(const QString& text) {
    if (text == m_emptyText) return;
    m_emptyText = text;
    m_overlay->update();
}

QRect ScoreHistogram::axisRect() const {
    return rect().adjusted(sideMargin, labelHeight, -sideMargin, -bottomMargin);
}

int ScoreHistogram::xOf(double score) const {
    const QRect axis = axisRect();
    const double share = std::clamp((score - m_scale.low) / (m_scale.high - m_scale.low), 0.0, 1.0);
    return axis.left() + static_cast<int>(std::lround(share * (axis.width() - 1)));
}

double ScoreHistogram::scoreAt(int x) const {
    const QRect axis = axisRect();
    return m_scale.low + (x - axis.left()) * (m_scale.high - m_scale.low) / std::max(1, axis.width() - 1);
}

void ScoreHistogram::placeHandles() {
    const QRect axis = axisRect();
    // Without a cut the fail handle waits at the end; without a review band the two are at one place.
    const double fail = m_point.fail.value_or(m_scale.high);
    const double review = std::min(m_point.review.value_or(fail), fail);
    const double low = std::min(m_scale.low, review);
    const double high = std::max(m_scale.high, fail);
    const QString unset = tr("not set");
    m_fail->setValue(fail, m_point.review ? review : low, high, m_scale.step(),
                     m_point.fail ? m_scale.text(fail) : unset);
    m_review->setValue(review, low, fail, m_scale.step(), m_point.review ? m_scale.text(review) : unset);
    m_fail->setLine(xOf(fail), axis.top(), axis.bottom() + 1);
    m_review->setLine(xOf(review), axis.top(), axis.bottom() + 1);
    m_review->setVisible(m_point.fail.has_value());
    m_overlay->update();
}

void ScoreHistogram::resizeEvent(QResizeEvent*) {
    followPixelRatio(*m_plot);
    m_plot->setGeometry(rect());
    m_overlay->setGeometry(rect());
    replotBars();
    placeHandles();
}

void ScoreHistogram::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

bool ScoreHistogram::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QString text = axisRect().contains(help->pos()) ? barText(help->pos().x()) : QString();
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::Show || event->type() == QEvent::ScreenChangeInternal) {
        if (followPixelRatio(*m_plot)) restyle();
    }
    return QWidget::event(event);
}

QString ScoreHistogram::barText(int x) const {
    if (m_histogram.good.empty()) return {};
    const std::size_t bar = m_histogram.barOf(scoreAt(x));
    const double low = m_histogram.low + static_cast<double>(bar) * m_histogram.width;
    return tr("%1 – %2: %3 good, %4 defect, %5 unlabelled")
        .arg(m_scale.text(low), m_scale.text(low + m_histogram.width))
        .arg(m_histogram.good[bar])
        .arg(m_histogram.defect[bar])
        .arg(m_histogram.unlabelled[bar]);
}

// The flag or the line under a hand. Where the two cuts are at one place, review is on the left.
CutHandle* ScoreHistogram::handleAt(const QPoint& position) const {
    if (m_readOnly || position.y() < axisRect().top()) return nullptr;
    const int review = position.x() - m_review->lineX();
    const int fail = position.x() - m_fail->lineX();
    const int side = position.y() > axisRect().bottom() ? CutHandle::flagWidth + 1 : gripReach;
    const bool onReview = m_point.fail && review >= -side && review <= gripReach;
    const bool onFail = fail >= -gripReach && fail <= side;
    if (onReview && onFail)
        return std::abs(review) < std::abs(fail) || (review == fail && fail < 0) ? m_review : m_fail;
    return onReview ? m_review : onFail ? m_fail : nullptr;
}

bool ScoreHistogram::mousePressed(const QPoint& position) {
    m_dragged = handleAt(position);
    if (m_dragged == nullptr) return false;
    m_grip = position.x() - m_dragged->lineX();
    m_dragged->setFocus(Qt::MouseFocusReason);
    return true;
}

bool ScoreHistogram::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_overlay) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Paint) {
        paintOverlay();
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const QPoint position = static_cast<QMouseEvent*>(event)->pos();
        if (m_dragged != nullptr)
            ask(*m_dragged, scoreAt(position.x() - m_grip));
        else
            m_overlay->setCursor(handleAt(position) != nullptr ? Qt::SizeHorCursor : Qt::ArrowCursor);
        return true;
    }
    const bool left =
        event->type() == QEvent::MouseButtonPress && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton;
    if (left && mousePressed(static_cast<QMouseEvent*>(event)->pos())) return true;
    if (event->type() == QEvent::MouseButtonRelease && m_dragged != nullptr) {
        m_dragged = nullptr;
        Q_EMIT moveFinished();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui
