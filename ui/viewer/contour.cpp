// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/contour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

namespace ui {

namespace {

enum Edge { Top, Right, Bottom, Left };

// The four corners of a cell, the way round.
struct Cell {
    double a = 0;  // left top
    double b = 0;  // right top
    double c = 0;  // right bottom
    double d = 0;  // left bottom

    double at(const QPointF& p) const {
        return (a * (1 - p.x()) + b * p.x()) * (1 - p.y()) + (d * (1 - p.x()) + c * p.x()) * p.y();
    }
    QPointF slope(const QPointF& p) const {
        return {(b - a) * (1 - p.y()) + (c - d) * p.y(), (d - a) * (1 - p.x()) + (c - b) * p.x()};
    }
};

double crossing(double from, double to, double cut) {
    const double share = (cut - from) / (to - from);
    return share >= 0 && share <= 1 ? share : 0.5;
}

QPointF crossingOn(Edge edge, const Cell& cell, double cut) {
    switch (edge) {
        case Top:
            return {crossing(cell.a, cell.b, cut), 0};
        case Right:
            return {1, crossing(cell.b, cell.c, cut)};
        case Bottom:
            return {crossing(cell.d, cell.c, cut), 1};
        case Left:
            break;
    }
    return {0, crossing(cell.a, cell.d, cut)};
}

// Within a cell the level set is a piece of a hyperbola. Points between `from` and `to` are added where a straight line
// would be off by more than this share of a cell.
constexpr double tolerance = 0.02;

void bend(const Cell& cell, double cut, const QPointF& from, const QPointF& to, int depth,
          std::vector<QPointF>& points) {
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    if (depth == 0 || length < tolerance) return;
    const QPointF across(-way.y() / length, way.x() / length);
    QPointF point = (from + to) / 2;
    for (int i = 0; i < 4; ++i) {
        const double slope = QPointF::dotProduct(cell.slope(point), across);
        if (slope == 0) return;
        const double move = (cut - cell.at(point)) / slope;
        if (!(std::abs(move) < 1) || (i == 0 && std::abs(move) < tolerance)) return;
        point += across * move;
    }
    if (point.x() < 0 || point.x() > 1 || point.y() < 0 || point.y() > 1) return;
    if (std::abs(QPointF::dotProduct(point - from, across)) < tolerance) return;
    bend(cell, cut, from, point, depth - 1, points);
    points.push_back(point);
    bend(cell, cut, point, to, depth - 1, points);
}

// The map's samples with one more on every side, out to the picture's edge or the map's, whichever is farther, where
// the outermost value is repeated.
class Grid {
public:
    explicit Grid(const services::StoredMap& map)
        : m_map(map),
          m_x(nodes(map.values.cols, map.placement.offsetX, map.placement.scaleX, map.placement.originalWidth)),
          m_y(nodes(map.values.rows, map.placement.offsetY, map.placement.scaleY, map.placement.originalHeight)) {}

    int columns() const { return static_cast<int>(m_x.size()); }
    int rows() const { return static_cast<int>(m_y.size()); }
    const float* row(int y) const { return m_map.values.ptr<float>(std::clamp(y - 1, 0, m_map.values.rows - 1)); }
    double value(int x, int y) const { return row(y)[std::clamp(x - 1, 0, m_map.values.cols - 1)]; }
    Cell cell(int x, int y) const { return {value(x, y), value(x + 1, y), value(x + 1, y + 1), value(x, y + 1)}; }
    QPointF inPicture(int x, int y, const QPointF& inCell) const {
        const auto place = [](const std::vector<double>& nodes, int index, double share) {
            const auto at = static_cast<std::size_t>(index);
            return nodes[at] + (nodes[at + 1] - nodes[at]) * share;
        };
        return {place(m_x, x, inCell.x()), place(m_y, y, inCell.y())};
    }

private:
    static std::vector<double> nodes(int samples, double offset, double scale, int original) {
        std::vector<double> result;
        result.reserve(static_cast<std::size_t>(samples) + 2);
        result.push_back(std::min(0.0, -offset / scale));
        for (int i = 0; i < samples; ++i) result.push_back((i + 0.5 - offset) / scale);
        result.push_back(std::max(static_cast<double>(original), (samples - offset) / scale));
        return result;
    }

    const services::StoredMap& m_map;
    std::vector<double> m_x;
    std::vector<double> m_y;
};

// What crosses one cell: points from the edge that it enters by up to, without, the one that it leaves by.
struct Segment {
    std::size_t begin = 0;
    std::size_t end = 0;
    QPointF last;
    int next = -1;
    int previous = -1;
};

// Which segment of the cells seen so far ends or starts at an edge, waiting for the cell on the other side.
struct Open {
    int ends = -1;
    int starts = -1;
};

class Tracer {
public:
    Tracer(const services::StoredMap& map, double cut) : m_grid(map), m_cut(cut) {}

    std::vector<QPolygonF> trace() {
        const auto width = static_cast<std::size_t>(m_grid.columns());
        std::vector<std::uint8_t> upper(width);
        std::vector<std::uint8_t> lower(width);
        // Rounded up to whole words, so that stretches without a crossing are passed eight cells at a time.
        std::vector<std::uint8_t> mixed((width + 7) / 8 * 8);
        m_above.assign(width, Open{});
        classify(0, upper);
        for (int y = 0; y + 1 < m_grid.rows(); ++y) {
            classify(y + 1, lower);
            for (std::size_t x = 0; x + 1 < width; ++x)
                mixed[x] = (upper[x] ^ upper[x + 1]) | (upper[x] ^ lower[x]) | (lower[x] ^ lower[x + 1]);
            m_left = Open{};
            for (std::size_t word = 0; word < mixed.size(); word += 8) {
                std::uint64_t eight = 0;
                std::memcpy(&eight, mixed.data() + word, sizeof eight);
                if (eight == 0) continue;
                for (std::size_t x = word; x < word + 8 && x + 1 < width; ++x)
                    if (mixed[x]) enter(static_cast<int>(x), y);
            }
            upper.swap(lower);
        }
        return chains();
    }

private:
    void classify(int y, std::vector<std::uint8_t>& above) const {
        const float* row = m_grid.row(y);
        const double cut = m_cut;
        const std::size_t inner = above.size() - 2;
        for (std::size_t x = 0; x < inner; ++x) above[x + 1] = row[x] >= cut ? 1 : 0;
        above.front() = above[1];
        above.back() = above[inner];
    }

    void enter(int x, int y) {
        const Cell cell = m_grid.cell(x, y);
        m_top = std::exchange(m_above[static_cast<std::size_t>(x)], {});
        m_before = std::exchange(m_left, {});
        const bool a = cell.a >= m_cut;
        const bool b = cell.b >= m_cut;
        const bool c = cell.c >= m_cut;
        const bool d = cell.d >= m_cut;
        const bool saddle = a == c && b == d && a != b;
        if (saddle) {
            const double middle = (cell.a * cell.c - cell.b * cell.d) / (cell.a + cell.c - cell.b - cell.d);
            const bool joined = middle >= m_cut;
            if (a) {
                add(x, y, cell, Top, joined ? Right : Left);
                add(x, y, cell, Bottom, joined ? Left : Right);
            } else {
                add(x, y, cell, Left, joined ? Top : Bottom);
                add(x, y, cell, Right, joined ? Bottom : Top);
            }
            return;
        }
        const auto way = [](bool first, bool second, Edge edge, Edge& in, Edge& out) {
            if (first && !second) in = edge;
            if (second && !first) out = edge;
        };
        Edge in = Top;
        Edge out = Top;
        way(a, b, Top, in, out);
        way(b, c, Right, in, out);
        way(c, d, Bottom, in, out);
        way(d, a, Left, in, out);
        add(x, y, cell, in, out);
    }

    void add(int x, int y, const Cell& cell, Edge in, Edge out) {
        const QPointF from = crossingOn(in, cell, m_cut);
        const QPointF to = crossingOn(out, cell, m_cut);
        Segment segment;
        segment.begin = m_points.size();
        m_points.push_back(from);
        bend(cell, m_cut, from, to, 2, m_points);
        segment.end = m_points.size();
        for (std::size_t i = segment.begin; i < segment.end; ++i) m_points[i] = m_grid.inPicture(x, y, m_points[i]);
        segment.last = m_grid.inPicture(x, y, to);
        const int index = static_cast<int>(m_segments.size());
        m_segments.push_back(segment);

        if (in == Top) link(m_top.ends, index);
        if (in == Left) link(m_before.ends, index);
        if (out == Top) link(index, m_top.starts);
        if (out == Left) link(index, m_before.starts);
        Open& below = m_above[static_cast<std::size_t>(x)];
        if (in == Bottom) below.starts = index;
        if (out == Bottom) below.ends = index;
        if (in == Right) m_left.starts = index;
        if (out == Right) m_left.ends = index;
    }

    void link(int from, int to) {
        if (from < 0 || to < 0) return;
        m_segments[static_cast<std::size_t>(from)].next = to;
        m_segments[static_cast<std::size_t>(to)].previous = from;
    }

    std::vector<QPolygonF> chains() const {
        std::vector<QPolygonF> result;
        std::vector<bool> taken(m_segments.size(), false);
        const auto follow = [&](std::size_t start) {
            QPolygonF line;
            std::size_t at = start;
            while (true) {
                const Segment& segment = m_segments[at];
                taken[at] = true;
                for (std::size_t i = segment.begin; i < segment.end; ++i) line.append(m_points[i]);
                if (segment.next < 0 || taken[static_cast<std::size_t>(segment.next)]) {
                    line.append(segment.next < 0 ? segment.last : line.front());
                    break;
                }
                at = static_cast<std::size_t>(segment.next);
            }
            result.push_back(std::move(line));
        };
        for (std::size_t i = 0; i < m_segments.size(); ++i)
            if (m_segments[i].previous < 0) follow(i);
        for (std::size_t i = 0; i < m_segments.size(); ++i)
            if (!taken[i]) follow(i);
        return result;
    }

    Grid m_grid;
    double m_cut;
    std::vector<QPointF> m_points;
    std::vector<Segment> m_segments;
    // Of the row of cells above and of the cell to the left; then those two of the cell in hand.
    std::vector<Open> m_above;
    Open m_left;
    Open m_top;
    Open m_before;
};

}  // namespace

std::vector<QPolygonF> traceContour(const services::StoredMap& map, double cut) {
    if (map.values.empty()) return {};
    return Tracer(map, cut).trace();
}

}  // namespace ui
