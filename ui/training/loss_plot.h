// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/jobs/job_runner.h"

namespace ui {

// How a training goes: the loss of each epoch as a small curve under its numbers, that on held-out images dashed.
// Hidden until there is one.
class LossPlot : public QWidget {
    Q_OBJECT
public:
    explicit LossPlot(QWidget* parent = nullptr);

    void setLosses(const services::LossCurve& losses);
    const services::LossCurve& losses() const { return m_losses; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString trainingText() const;
    QString heldOutText() const;  // empty without early stop

    services::LossCurve m_losses;
};

}  // namespace ui
