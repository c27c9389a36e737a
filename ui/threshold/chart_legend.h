// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "engine/dataset/image_set.h"

namespace ui {

// What the bars of the histogram are, with how many images: "Good 20", "Defect 63", "Unlabelled 5". A second row where
// one is too narrow.
class ChartLegend : public QWidget {
    Q_OBJECT
public:
    explicit ChartLegend(QWidget* parent = nullptr);

    void setCounts(qint64 good, qint64 defect, qint64 unlabelled);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        engine::Label label;
        QString text;
    };
    QList<Entry> entries() const;
    QList<QPoint> places(int width) const;  // of each entry's upper left corner

    qint64 m_good = 0;
    qint64 m_defect = 0;
    qint64 m_unlabelled = 0;
};

}  // namespace ui
