// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/flow_layout.h"

#include <algorithm>

namespace ui {

FlowLayout::FlowLayout(int gap) : m_gap(gap) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
    for (QLayoutItem* item : m_items) delete item;
}

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.push_back(item);
}

int FlowLayout::count() const {
    return static_cast<int>(m_items.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    const QMargins around = contentsMargins();
    return arrange({0, 0, width - around.left() - around.right(), 0}, false) + around.top() + around.bottom();
}

QSize FlowLayout::sizeHint() const {
    return minimumSize();
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    const QRect room = rect.marginsRemoved(contentsMargins());
    const int spare = std::max(0, room.height() - arrange(room, false));
    arrange(room.translated(0, spare / 2), true);
}

std::vector<FlowLayout::Line> FlowLayout::linesWithin(int width) const {
    std::vector<Line> lines;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint();
        if (lines.empty() || lines.back().width + m_gap + size.width() > width)
            lines.push_back({{}, size.width(), 0});
        else
            lines.back().width += m_gap + size.width();
        lines.back().items.push_back(item);
        lines.back().height = std::max(lines.back().height, size.height());
    }
    return lines;
}

// Filled one after the other, lines would leave the last one what is over: a single word at times.
std::vector<FlowLayout::Line> FlowLayout::evenLinesWithin(int width) const {
    const std::size_t fewest = linesWithin(width).size();
    int tooNarrow = 0;
    while (width - tooNarrow > 1) {
        const int middle = (tooNarrow + width) / 2;
        (linesWithin(middle).size() > fewest ? tooNarrow : width) = middle;
    }
    return linesWithin(width);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const {
    int y = rect.top();
    for (const Line& line : evenLinesWithin(rect.width())) {
        if (y > rect.top()) y += m_gap;
        int x = rect.left();
        for (QLayoutItem* item : line.items) {
            const QSize size = item->sizeHint();
            if (m_lastAtEnd && item == m_items.back() && m_items.size() > 1) x = rect.right() + 1 - size.width();
            if (apply) item->setGeometry({QPoint(x, y + (line.height - size.height()) / 2), size});
            x += size.width() + m_gap;
        }
        y += line.height;
    }
    return y - rect.top();
}

}  // namespace ui
