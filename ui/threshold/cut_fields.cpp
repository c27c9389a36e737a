// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/cut_fields.h"

#include <QGridLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/threshold/cut_spin_box.h"

namespace ui {

namespace {

constexpr int sliderSteps = 1000;

// A slider that lets the wheel scroll the panel.
class QuietSlider : public QSlider {
public:
    using QSlider::QSlider;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

}  // namespace

CutFields::CutFields(QWidget* parent) : QWidget(parent), m_slider(new QuietSlider(Qt::Horizontal, this)) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    m_review = addField(tr("Review from"), QStringLiteral("reviewSpinBox"),
                        tr("From this score on, an image is to be looked at"), Cut::Review, 0);
    m_fail = addField(tr("Fail from"), QStringLiteral("failSpinBox"), tr("From this score on, an image fails"),
                      Cut::Fail, 1);
    m_pixel = addField(tr("Pixel cut"), QStringLiteral("pixelSpinBox"),
                       tr("From this value of the map on, a pixel is marked in the image"), Cut::Pixel, 2);
    addSlider();
    grid->addWidget(m_slider, 3, 0, 1, 2);
    grid->setRowStretch(4, 1);
}

CutSpinBox* CutFields::addField(const QString& label, const QString& name, const QString& toolTip, Cut cut, int row) {
    auto* box = new CutSpinBox(label, this);
    box->setObjectName(name);
    box->setToolTip(toolTip);
    auto* note = new Note(label, this);
    note->setWordWrap(false);
    note->setBuddy(box);
    auto* grid = static_cast<QGridLayout*>(layout());
    grid->addWidget(note, row, 0);
    grid->addWidget(box, row, 1);
    if (cut == Cut::Pixel) m_pixelLabel = note;
    connect(box, &CutSpinBox::cutMoved, this, [this, cut](double value) { Q_EMIT moved(cut, value); });
    connect(box, &CutSpinBox::moveFinished, this, &CutFields::moveFinished);
    connect(box, &CutSpinBox::moveCancelled, this, &CutFields::moveCancelled);
    return box;
}

void CutFields::addSlider() {
    m_slider->setObjectName(QStringLiteral("pixelSlider"));
    m_slider->setAccessibleName(tr("Pixel cut"));
    m_slider->setRange(0, sliderSteps);
    m_slider->setPageStep(sliderSteps / 20);
    m_slider->setFixedHeight(24);
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        const double value = m_pixels.low + (m_pixels.high - m_pixels.low) * place / sliderSteps;
        Q_EMIT moved(Cut::Pixel, m_pixels.snapped(value));
        if (!m_slider->isSliderDown()) Q_EMIT moveFinished();
    });
    connect(m_slider, &QSlider::sliderReleased, this, &CutFields::moveFinished);
}

void CutFields::setScale(const ScoreScale& scores) {
    m_scores = scores;
    m_review->setScale(scores);
    m_fail->setScale(scores);
}

void CutFields::setPixelScale(const std::optional<ScoreScale>& values) {
    for (QWidget* part :
         {static_cast<QWidget*>(m_pixel), static_cast<QWidget*>(m_pixelLabel), static_cast<QWidget*>(m_slider)})
        part->setVisible(values.has_value());
    if (!values) return;
    m_pixels = *values;
    m_pixel->setScale(*values);
}

void CutFields::setPoint(const engine::OperatingPoint& point) {
    const double fail = point.fail.value_or(m_scores.high);
    m_fail->showCut(point.fail, m_scores.high);
    if (point.review)
        m_fail->setLimits(std::min(*point.review, fail), std::numeric_limits<double>::max());
    else
        m_fail->setLimits(std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max());
    // Without a band the two cuts are one; the first step down opens it.
    m_review->showCut(point.review ? std::min(*point.review, fail) : point.review, fail - m_scores.step());
    m_review->setLimits(std::numeric_limits<double>::lowest(), fail);
    m_review->setEnabled(point.fail.has_value());
    m_pixel->showCut(point.pixel, m_pixels.high);
    const double share = (point.pixel.value_or(m_pixels.high) - m_pixels.low) / (m_pixels.high - m_pixels.low);
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * sliderSteps)));
}

void CutFields::setReadOnly(bool readOnly) {
    // Not disabled: what was set is there to be read.
    for (CutSpinBox* box : {m_review, m_fail, m_pixel}) {
        box->setReadOnly(readOnly);
        box->setButtonSymbols(readOnly ? QAbstractSpinBox::NoButtons : QAbstractSpinBox::UpDownArrows);
    }
    m_slider->setEnabled(!readOnly);
}

}  // namespace ui
