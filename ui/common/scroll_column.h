// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

// A column of a panel that scrolls up and down and is never narrower than what is in it. The bar stands in the right
// margin and is blank while there is nothing to scroll: what is in the column keeps its width, and with it its height,
// whether it scrolls or not.
class ScrollColumn : public QScrollArea {
    Q_OBJECT
public:
    explicit ScrollColumn(QWidget* content, QWidget* parent = nullptr);  // a widget with its layout

    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace ui
