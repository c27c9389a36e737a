// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "engine/metrics/operating_point.h"
#include "ui/viewer/readout.h"

namespace ui {

// What lies in the corners of the canvas. The mouse goes through to the picture.

// "Fail 3.29": shape, word and score on the verdict's colour.
class VerdictBadge : public QWidget {
    Q_OBJECT
public:
    explicit VerdictBadge(QWidget* parent = nullptr);
    void setScore(std::optional<double> score, engine::Verdict verdict);
    void setDecimals(int decimals);
    void setRoom(int width);  // of the view: where there is too little the word gives way, not the score
    QSize sizeHint() const override;
    QString text() const;
    QString shownText() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QString scoreText() const;
    QString word() const;  // empty where there is a score, but nothing to judge it by yet

    std::optional<double> m_score;
    engine::Verdict m_verdict = engine::Verdict::None;
    int m_decimals = 2;
    int m_room = QWIDGETSIZE_MAX;
};

// "x 614  y 287  RGB 201 188 164" and, below, the map's value there.
class ReadoutBox : public QWidget {
    Q_OBJECT
public:
    explicit ReadoutBox(QWidget* parent = nullptr);
    void setReadout(const Readout& readout);
    void setDecimals(int decimals) { m_decimals = decimals; }
    void setRoom(int width);  // of the view: what is longer takes another line
    QSize sizeHint() const override;
    QString place() const;
    QString score() const;  // empty without a map

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString position() const;
    QStringList lines() const;
    int widthOf(const QString& line) const;

    Readout m_readout;
    int m_decimals = 2;
    int m_room = QWIDGETSIZE_MAX;
};

// The name of what a view shows, in two lines where it is narrow; the middle of the second gives way where there is no
// room for all of it.
class CanvasCaption : public QWidget {
    Q_OBJECT
public:
    explicit CanvasCaption(QWidget* parent = nullptr);
    void setText(const QString& text);
    void setRoom(int width);  // of the view
    static int heightOf(int lines);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList lines() const;

    QString m_text;
    int m_room = QWIDGETSIZE_MAX;
};

}  // namespace ui
