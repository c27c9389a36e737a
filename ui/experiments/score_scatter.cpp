// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/score_scatter.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSet>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"

namespace ui {

namespace {

constexpr double reach = 6;   // of the pointer
constexpr double cellPx = 3;  // dots that fall into one cell are drawn once: 100 000 are too many to paint

void paintDot(QPainter& painter, const QPointF& place, bool isDefect, const Colours& colours) {
    if (isDefect) {
        painter.setPen(QPen(colours.fail, 1.5));
        painter.drawLine(place + QPointF(-3, -3), place + QPointF(3, 3));
        painter.drawLine(place + QPointF(-3, 3), place + QPointF(3, -3));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.pass);
        painter.drawEllipse(place, 2.5, 2.5);
    }
}

}  // namespace

ScoreScatter::ScoreScatter(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("scoreScatter"));
    setFont(smallFont());
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ScoreScatter::setPair(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second) {
    m_comparison = std::move(comparison);
    m_first = first;
    m_second = second;
    m_dots.clear();
    m_picture = {};
    if (m_comparison) {
        const services::Comparison& compared = m_comparison->comparison;
        m_across = ScoreAxis::of(compared, first, tr("Score by A"));
        m_up = ScoreAxis::of(compared, second, tr("Score by B"));
        for (std::size_t row = 0; row < compared.images.size(); ++row) {
            const services::ComparedImage& image = compared.images[row];
            if (image.label == engine::Label::Unlabelled) continue;
            const auto known = m_comparison->images.find(image.name);
            if (known == m_comparison->images.end()) continue;
            m_dots.push_back({known->second,
                              row,
                              {m_across.share(image.scores[first]), m_up.share(image.scores[second])},
                              image.label == engine::Label::Defect});
        }
        setAccessibleName(tr("Scores of %1 against those of %2")
                              .arg(QString::fromStdString(compared.models[first]->name),
                                   QString::fromStdString(compared.models[second]->name)));
        QStringList words{tr("To the right the score by A, upwards that by B. Dots are good images, crosses defects.")};
        if (m_across.cut) words << tr("A: %1").arg(m_across.cutText());
        if (m_up.cut) words << tr("B: %1").arg(m_up.cutText());
        setAccessibleDescription(words.join(QLatin1Char('\n')));
        place();
    }
    update();
}

void ScoreScatter::place() {
    m_area = areaWithin(rect(), font(), m_up);
    m_picture = {};
}

QRectF ScoreScatter::inner() const {
    return m_area.adjusted(4, 4, -4, -4);
}

QPointF ScoreScatter::placeOf(const QPointF& share) const {
    const QRectF area = inner();
    return {area.left() + share.x() * area.width(), area.bottom() - share.y() * area.height()};
}

std::optional<QPointF> ScoreScatter::placeOf(services::ImageId image) const {
    for (const Dot& dot : m_dots)
        if (dot.image == image) return placeOf(dot.share);
    return std::nullopt;
}

const ScoreScatter::Dot* ScoreScatter::dotAt(const QPointF& position) const {
    const Dot* nearest = nullptr;
    double least = reach * reach;
    for (const Dot& dot : m_dots) {
        const QPointF way = placeOf(dot.share) - position;
        const double distance = QPointF::dotProduct(way, way);
        if (distance > least) continue;
        least = distance;
        nearest = &dot;
    }
    return nearest;
}

void ScoreScatter::render() {
    const Colours& colours = coloursOf(*this);
    m_picture = QPixmap(size() * devicePixelRatioF());
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    painter.setFont(font());
    paintAxes(painter, m_area, inner(), m_across, m_up, colours);
    painter.setRenderHint(QPainter::Antialiasing);
    QSet<QPair<int, int>> drawn;
    for (const bool defects : {false, true}) {
        drawn.clear();
        for (const Dot& dot : m_dots) {
            if (dot.isDefect != defects) continue;
            const QPointF place = placeOf(dot.share);
            const QPair cell(static_cast<int>(place.x() / cellPx), static_cast<int>(place.y() / cellPx));
            if (drawn.contains(cell)) continue;
            drawn.insert(cell);
            paintDot(painter, place, defects, colours);
        }
    }
}

void ScoreScatter::paintEvent(QPaintEvent*) {
    if (!m_comparison) return;
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF()) render();
    QPainter(this).drawPixmap(0, 0, m_picture);
}

void ScoreScatter::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void ScoreScatter::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_picture = {};
    QWidget::changeEvent(event);
}

void ScoreScatter::mouseMoveEvent(QMouseEvent* event) {
    const Dot* dot = dotAt(event->position());
    setCursor(dot == nullptr ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setToolTip(dot == nullptr ? accessibleDescription()
                              : QString::fromStdString(m_comparison->comparison.images[dot->row].name));
}

void ScoreScatter::mouseReleaseEvent(QMouseEvent* event) {
    const Dot* dot = event->button() == Qt::LeftButton ? dotAt(event->position()) : nullptr;
    if (dot != nullptr) Q_EMIT imageChosen(dot->image);
}

}  // namespace ui
