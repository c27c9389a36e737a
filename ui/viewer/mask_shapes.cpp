// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/mask_shapes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace ui {

namespace {

// The pixels whose centres lie in [from, to).
int firstPixel(double from) {
    return static_cast<int>(std::ceil(from - 0.5));
}

QRect pixelsOf(const QRectF& box, const QImage& mask) {
    const int left = firstPixel(std::clamp(box.left(), 0.0, static_cast<double>(mask.width())));
    const int top = firstPixel(std::clamp(box.top(), 0.0, static_cast<double>(mask.height())));
    const int right = firstPixel(std::clamp(box.right(), 0.0, static_cast<double>(mask.width())) + 1e-9);
    const int bottom = firstPixel(std::clamp(box.bottom(), 0.0, static_cast<double>(mask.height())) + 1e-9);
    return {left, top, right - left, bottom - top};
}

void fill(QImage& mask, int y, int from, int to, std::uint8_t value) {
    from = std::max(from, 0);
    to = std::min(to, mask.width());
    if (from < to) std::memset(mask.scanLine(y) + from, value, static_cast<std::size_t>(to - from));
}

template <typename Test>
bool all(const QImage& mask, Test test) {
    for (int y = 0; y < mask.height(); ++y) {
        const uchar* row = mask.constScanLine(y);
        if (!std::all_of(row, row + mask.width(), test)) return false;
    }
    return true;
}

}  // namespace

QRect fillStroke(QImage& mask, const QPointF& from, const QPointF& to, double diameter, std::uint8_t value) {
    // Even the smallest brush marks the pixel that it is over.
    const double radius = std::max(diameter / 2, 0.71);
    const QRectF box = QRectF(from, to).normalized().adjusted(-radius, -radius, radius, radius);
    const QRect touched = pixelsOf(box, mask);
    const QPointF way = to - from;
    const double length = QPointF::dotProduct(way, way);
    for (int y = touched.top(); y <= touched.bottom(); ++y) {
        uchar* row = mask.scanLine(y);
        for (int x = touched.left(); x <= touched.right(); ++x) {
            const QPointF centre = QPointF(x + 0.5, y + 0.5) - from;
            const double share = length > 0 ? std::clamp(QPointF::dotProduct(centre, way) / length, 0.0, 1.0) : 0.0;
            const QPointF away = centre - way * share;
            if (QPointF::dotProduct(away, away) <= radius * radius) row[x] = value;
        }
    }
    return touched;
}

QRect fillPolygon(QImage& mask, const QPolygonF& polygon, std::uint8_t value) {
    if (polygon.size() < 3) return {};
    const QRect touched = pixelsOf(polygon.boundingRect(), mask);
    std::vector<double> crossings;
    for (int y = touched.top(); y <= touched.bottom(); ++y) {
        const double centre = y + 0.5;
        crossings.clear();
        for (qsizetype i = 0; i < polygon.size(); ++i) {
            const QPointF a = polygon[i];
            const QPointF b = polygon[(i + 1) % polygon.size()];
            if ((a.y() <= centre) == (b.y() <= centre)) continue;
            crossings.push_back(a.x() + (b.x() - a.x()) * (centre - a.y()) / (b.y() - a.y()));
        }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
            fill(mask, y, firstPixel(std::max(crossings[i], 0.0)),
                 firstPixel(std::min(crossings[i + 1], static_cast<double>(mask.width()))), value);
    }
    return touched;
}

QRect fillEllipse(QImage& mask, const QRectF& box, std::uint8_t value) {
    const QRectF ellipse = box.normalized();
    if (ellipse.isEmpty()) return {};
    const QRect touched = pixelsOf(ellipse, mask);
    for (int y = touched.top(); y <= touched.bottom(); ++y) {
        const double up = (y + 0.5 - ellipse.center().y()) / (ellipse.height() / 2);
        if (std::abs(up) > 1) continue;
        const double half = ellipse.width() / 2 * std::sqrt(1 - up * up);
        fill(mask, y, firstPixel(std::max(ellipse.center().x() - half, 0.0)),
             firstPixel(std::min(ellipse.center().x() + half, static_cast<double>(mask.width()))), value);
    }
    return touched;
}

bool isBlank(const QImage& mask) {
    return all(mask, [](uchar value) { return value == 0; });
}

bool isFull(const QImage& mask) {
    return all(mask, [](uchar value) { return value != 0; });
}

}  // namespace ui
