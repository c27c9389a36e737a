// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QWidget>
#include <optional>
#include <vector>

#include "app/services/decision/decision_table.h"

class QCPCurve;
class QCustomPlot;

namespace ui {

// ROC or precision-recall of the labelled images with the operating point on it, to be dragged along the curve or
// moved with the arrow keys. The curve stays in the plot's buffer while the point moves.
class CurvePlot : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Roc, PrecisionRecall };

    explicit CurvePlot(QWidget* parent = nullptr);

    void setData(const services::DecisionTable& table);
    void setKind(Kind kind);
    void setReadOnly(bool readOnly);
    // Where the fail cut lies on the curves; nothing: no point is shown.
    void setPoint(const std::optional<engine::CurvePoint>& point);

    QPoint pointPosition() const;            // of the operating point, in this widget's pixels
    QPoint positionOf(std::size_t i) const;  // of a point of the curve
    std::size_t size() const { return m_curve.size(); }
    const QString& summary() const { return m_summary; }  // "AUROC 0.998", or why there is no curve

    QSize sizeHint() const override { return {152, 116}; }
    QSize minimumSizeHint() const override { return {72, 96}; }

Q_SIGNALS:
    void failMoved(double value);
    void moveFinished();
    void moveCancelled();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPointF shares(const engine::CurvePoint& point) const;  // from 0 to 1, right and up
    QRect plot() const;                                     // within the names of the axes
    QPointF pixel(const QPointF& shares) const;
    std::size_t nearest(const QPointF& position) const;
    std::size_t placeOf(double cut) const;
    void moveTo(std::size_t place);
    void restyle();
    void replotCurve();
    void paintOverlay();
    void paintAxisNames(QPainter& painter) const;
    void describe();

    QCustomPlot* m_plot;
    QCPCurve* m_line;
    QWidget* m_overlay;
    Kind m_kind = Kind::Roc;
    std::vector<engine::CurvePoint> m_curve;
    std::optional<engine::CurvePoint> m_point;
    std::optional<double> m_auroc, m_aupr;
    std::int64_t m_good = 0, m_defect = 0;
    QString m_summary;
    bool m_dragging = false;
    bool m_readOnly = false;
};

}  // namespace ui
