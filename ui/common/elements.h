// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>

#include "engine/metrics/operating_point.h"

namespace ui {

// The few pieces that every panel is made of. They take their colours from the palette, so that a change of theme
// reaches them by itself.

// The title of a section: small, semibold, in the secondary colour.
class Heading : public QLabel {
    Q_OBJECT
public:
    explicit Heading(const QString& text, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
};

// Explanations and labels of numbers: small, in the secondary colour, wrapped.
class Note : public QLabel {
    Q_OBJECT
public:
    explicit Note(const QString& text = {}, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
};

// One pixel between two sections.
class Hairline : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);
    void setStrong(bool strong);  // to be seen on the canvas, which is nearly of a hairline's colour
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation m_orientation;
    bool m_strong = false;
};

// A rounded, checkable filter with a verdict's shape (optional), a word and a count.
class Chip : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    void setVerdict(engine::Verdict verdict);
    void setCount(int count);  // below 0: none is shown

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString label() const;

    engine::Verdict m_verdict = engine::Verdict::None;
    int m_count = -1;
};

}  // namespace ui
