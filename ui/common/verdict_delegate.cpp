// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/verdict_delegate.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int symbolSize = 9;
constexpr int symbolGap = 6;

}  // namespace

void VerdictDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    cell.text.clear();
    const QStyle* style = cell.widget == nullptr ? QApplication::style() : cell.widget->style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const auto verdict = static_cast<engine::Verdict>(index.data(VerdictRole).toInt());
    const QColor colour = verdictColour(verdict, coloursOf(option.palette));
    QRect line = option.rect.adjusted(metrics::gap, 0, -metrics::gap, 0);
    if (cell.displayAlignment.testFlag(Qt::AlignRight)) {
        // What a text is wide is rounded: one pixel too few would cost it its last letters.
        const int width = symbolSize + symbolGap + option.fontMetrics.horizontalAdvance(text) + 1;
        line.setLeft(std::max(line.left(), line.right() + 1 - width));
    }
    const QRectF box(line.left(), line.center().y() - symbolSize / 2.0 + 1.5, symbolSize, symbolSize);
    paintVerdict(*painter, box, verdict, colour);
    line.setLeft(line.left() + symbolSize + symbolGap);
    painter->setPen(colour);
    painter->setFont(option.font);
    // Half a word tells less than the shape: the tool tip and the screen reader have the whole of it.
    if (option.fontMetrics.horizontalAdvance(text) <= line.width())
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
}

}  // namespace ui
