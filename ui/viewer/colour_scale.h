// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "app/services/overlay.h"

namespace ui {

// The colours of the map with the model's range and the pixel cut, in a corner of the canvas: upright, or lying where
// the view is too small for that. The mouse goes through to the picture.
class ColourScale : public QWidget {
    Q_OBJECT
public:
    explicit ColourScale(QWidget* parent = nullptr);
    void setColours(services::ColourMap colours);
    void setRange(double low, double high);
    void setCut(std::optional<double> cut);
    void setOrientation(Qt::Orientation orientation);
    Qt::Orientation orientation() const { return m_orientation; }
    void setOverPicture(bool over);  // then it has a ground, to be read on any picture
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool isUpright() const { return m_orientation == Qt::Vertical; }
    QString number(double value) const;
    QString cutText() const;
    int labelWidth() const;
    double shareOf(double value) const;  // of the range, of whose ends the nearer where it is outside
    QRect bar() const;
    void refresh();
    void paintBar(QPainter& painter) const;
    void paintCut(QPainter& painter, double at) const;
    void paintLabelsBeside(QPainter& painter) const;
    void paintLabelsBelow(QPainter& painter) const;

    services::ColourMap m_colours = services::ColourMap::Inferno;
    double m_low = 0;
    double m_high = 1;
    std::optional<double> m_cut;
    Qt::Orientation m_orientation = Qt::Vertical;
    bool m_overPicture = false;
};

}  // namespace ui
