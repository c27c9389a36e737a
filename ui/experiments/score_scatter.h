// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QPointF>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/experiments/score_axis.h"

namespace ui {

// The scores of the labelled images by two models, each with its own axis, and their fail cuts. A click chooses the
// image under it; the list of images is the way by keyboard.
class ScoreScatter : public QWidget {
    Q_OBJECT
public:
    explicit ScoreScatter(QWidget* parent = nullptr);

    // The pair of models is that of indices into comparison->comparison.models; null: nothing is shown.
    void setPair(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second);
    // Where an image lies, in this widget's pixels; nothing if it is not shown.
    std::optional<QPointF> placeOf(services::ImageId image) const;

    QSize sizeHint() const override { return {220, 200}; }
    QSize minimumSizeHint() const override { return {140, 120}; }

Q_SIGNALS:
    void imageChosen(services::ImageId image);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Dot {
        services::ImageId image = 0;
        std::size_t row = 0;  // of the comparison's images
        QPointF share;        // from 0 to 1, right and up
        bool isDefect = false;
    };
    void place();
    QRectF inner() const;
    QPointF placeOf(const QPointF& share) const;
    const Dot* dotAt(const QPointF& position) const;
    void render();

    services::ModelComparisonPtr m_comparison;
    std::size_t m_first = 0, m_second = 0;
    std::vector<Dot> m_dots;
    ScoreAxis m_across, m_up;
    QRectF m_area;  // that of the dots, with a little around them
    QPixmap m_picture;
};

}  // namespace ui
