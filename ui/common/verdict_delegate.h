// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

// A cell's verdict: the value of an engine::Verdict.
inline constexpr int VerdictRole = Qt::UserRole + 1;

// A verdict in a table: its shape and colour, and after it the cell's text, a word or a score.
class VerdictDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace ui
