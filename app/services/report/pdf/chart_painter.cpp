// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/chart_painter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace services {

namespace {

class Brush {
public:
    Brush(QPainter& painter, const QPointF& origin, double scale)
        : m_painter(painter), m_origin(origin), m_scale(scale) {}

    void paint(const ChartLine& line) {
        m_painter.setPen(pen(line.ink));
        m_painter.drawLine(at(line.x1, line.y1), at(line.x2, line.y2));
    }

    void paint(const ChartBox& box) {
        const QRectF area(at(box.x, box.y), QSizeF(box.width * m_scale, box.height * m_scale));
        if (box.ink == Ink::Defect) {
            hatch(area);
            m_painter.setPen(pen(box.ink));
            m_painter.setBrush(Qt::NoBrush);
        } else if (box.ink == Ink::Unlabelled) {
            m_painter.setPen(pen(box.ink));
            m_painter.setBrush(Qt::NoBrush);
        } else if (box.ink == Ink::Mark) {
            m_painter.setPen(QPen(Qt::white, 1.5 * m_scale));
            m_painter.setBrush(colourOf(box.ink));
        } else {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(colourOf(box.ink));
        }
        m_painter.drawRect(area);
    }

    void paint(const ChartPath& path) {
        QList<QPointF> points;
        for (const auto& [x, y] : path.points) points.append(at(x, y));
        m_painter.setPen(pen(path.ink));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPolyline(points.constData(), static_cast<int>(points.size()));
    }

    void paint(const ChartDot& dot) {
        const double arm = (dot.ink == Ink::Defect ? 3.0 : 2.5) * m_scale;
        const QPointF centre = at(dot.x, dot.y);
        if (dot.ink == Ink::Defect) {
            m_painter.setPen(QPen(colourOf(dot.ink), 1.4 * m_scale));
            m_painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm));
            m_painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm));
        } else {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(colourOf(dot.ink));
            m_painter.drawEllipse(centre, arm, arm);
        }
    }

    void paint(const ChartText& text) {
        const QString words = QString::fromStdString(text.text);
        const bool label = text.ink == Ink::FailLabel || text.ink == Ink::ReviewLabel;
        QFont font = m_painter.font();
        const double least = 7.0 / 72 * m_painter.device()->logicalDpiY();  // on paper: what can be read
        font.setPixelSize(std::max(1, qRound(std::max((label ? 12 : 11) * m_scale, least))));
        font.setWeight(label ? QFont::DemiBold : QFont::Normal);
        m_painter.setFont(font);
        m_painter.setPen(colourOf(text.ink));
        const double width = QFontMetricsF(font, m_painter.device()).horizontalAdvance(words);
        const double shift = text.anchor == Anchor::Start ? 0 : text.anchor == Anchor::End ? -width : -width / 2;
        m_painter.save();
        m_painter.translate(at(text.x, text.y));
        if (text.upwards) m_painter.rotate(-90);
        m_painter.drawText(QPointF(shift, 0), words);
        m_painter.restore();
    }

private:
    QPointF at(double x, double y) const { return m_origin + QPointF(x, y) * m_scale; }

    QPen pen(Ink ink) const {
        const bool strong = ink == Ink::Curve || ink == Ink::ReviewCut || ink == Ink::FailCut;
        QPen pen(colourOf(ink), (strong ? 2 : 1) * m_scale);
        pen.setJoinStyle(Qt::RoundJoin);
        if (ink == Ink::Chance) pen.setDashPattern({4, 4});
        return pen;
    }

    // Drawn by hand, because a pattern of Qt has a size of its own on paper.
    void hatch(const QRectF& area) {
        m_painter.setPen(QPen(colourOf(Ink::Defect), 1.2 * m_scale));
        const double step = 5 * m_scale * 1.41421356;
        for (double sum = step * std::ceil((area.left() + area.top()) / step); sum < area.right() + area.bottom();
             sum += step) {
            const double x1 = std::max(area.left(), sum - area.bottom());
            const double x2 = std::min(area.right(), sum - area.top());
            if (x2 > x1) m_painter.drawLine(QPointF(x1, sum - x1), QPointF(x2, sum - x2));
        }
    }

    QPainter& m_painter;
    QPointF m_origin;
    double m_scale;
};

}  // namespace

QColor colourOf(Ink ink) {
    switch (ink) {
        case Ink::Axis:
        case Ink::Tick:
        case Ink::Unlabelled:
            return {0x59, 0x63, 0x6e};
        case Ink::Grid:
            return {0xe4, 0xe8, 0xec};
        case Ink::Chance:
            return {0xb8, 0xc0, 0xc8};
        case Ink::Curve:
            return {0x0a, 0x66, 0xc2};
        case Ink::Good:
            return {0x00, 0x79, 0x5f};
        case Ink::ReviewZone:  // paler than a shade that shows through, which would need transparency
            return {0xf7, 0xef, 0xe4};
        case Ink::FailZone:
            return {0xfb, 0xf0, 0xed};
        case Ink::ReviewCut:
        case Ink::ReviewLabel:
            return {0x9a, 0x5b, 0x00};
        case Ink::Mark:
        case Ink::Defect:
        case Ink::FailCut:
        case Ink::FailLabel:
            return {0xc2, 0x3a, 0x12};
    }
    return Qt::black;
}

void paintChart(QPainter& painter, const Chart& chart, const QRectF& target) {
    painter.save();
    Brush brush(painter, target.topLeft(), target.width() / chart.width);
    for (const ChartShape& shape : chart.shapes) std::visit([&](const auto& known) { brush.paint(known); }, shape);
    painter.restore();
}

void paintSample(QPainter& painter, Ink ink, const QRectF& target) {
    painter.save();
    Brush(painter, target.topLeft(), target.width() / 12).paint(ChartBox{1, 1, 10, 10, ink});
    painter.restore();
}

}  // namespace services
