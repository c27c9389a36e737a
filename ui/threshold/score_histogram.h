// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/decision/decision_table.h"
#include "engine/metrics/operating_point.h"
#include "ui/threshold/score_scale.h"

class QCPBars;
class QCustomPlot;

namespace ui {

class CutHandle;

// Scores by label on the raw axis, counts on a square-root axis so that one defect is still seen: good filled, defect
// hatched, unlabelled outlined. Over them the two cuts, which hands and keys move; what it shows is set from outside.
// The bars stay in the plot's buffer while a cut moves.
class ScoreHistogram : public QWidget {
    Q_OBJECT
public:
    explicit ScoreHistogram(QWidget* parent = nullptr);

    void setData(const services::Histogram& histogram, const ScoreScale& scale);
    void setPoint(const engine::OperatingPoint& point);
    void setReadOnly(bool readOnly);
    void setEmptyText(const QString& text);  // in the middle; empty: none

    CutHandle* reviewHandle() const { return m_review; }
    CutHandle* failHandle() const { return m_fail; }
    int xOf(double score) const;               // in this widget's pixels, at most at the ends of the axis
    double scoreAt(int x) const;               // not snapped
    int replots() const { return m_replots; }  // of the bars, for tests of what a move costs

    QSize sizeHint() const override;

Q_SIGNALS:
    void moved(ui::Cut cut, double value);
    void moveFinished();
    void moveCancelled();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void restyle();
    void replotBars();
    void placeHandles();
    void paintOverlay();
    void connectHandle(CutHandle* handle);
    void ask(const CutHandle& handle, double value);
    CutHandle* handleAt(const QPoint& position) const;
    bool mousePressed(const QPoint& position);
    QString barText(int x) const;
    QRect axisRect() const;

    QCustomPlot* m_plot;
    QCPBars* m_good;
    QCPBars* m_defect;
    QCPBars* m_unlabelled;
    QWidget* m_overlay;
    CutHandle* m_review;
    CutHandle* m_fail;
    CutHandle* m_dragged = nullptr;
    int m_grip = 0;  // from the line to where it was seized
    services::Histogram m_histogram;
    ScoreScale m_scale;
    engine::OperatingPoint m_point;
    QString m_emptyText;
    bool m_readOnly = false;
    int m_replots = 0;
};

}  // namespace ui
