// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "engine/metrics/operating_point.h"
#include "ui/threshold/score_scale.h"

class QLabel;
class QSlider;

namespace ui {

class CutSpinBox;

// The three cuts as numbers, the pixel cut with a slider besides. What it shows is set from outside.
class CutFields : public QWidget {
    Q_OBJECT
public:
    explicit CutFields(QWidget* parent = nullptr);

    void setScale(const ScoreScale& scores);
    // Of the map's values; the slider reaches from end to end of it. Nothing: the method has no maps.
    void setPixelScale(const std::optional<ScoreScale>& values);
    void setPoint(const engine::OperatingPoint& point);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    void moved(ui::Cut cut, double value);
    void moveFinished();
    void moveCancelled();

private:
    CutSpinBox* addField(const QString& label, const QString& name, const QString& toolTip, Cut cut, int row);
    void addSlider();

    CutSpinBox* m_review;
    CutSpinBox* m_fail;
    CutSpinBox* m_pixel;
    QLabel* m_pixelLabel = nullptr;
    QSlider* m_slider;
    ScoreScale m_scores;
    ScoreScale m_pixels;
};

}  // namespace ui
