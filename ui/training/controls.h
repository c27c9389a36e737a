// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>
#include <QPushButton>

#include "ui/common/link_button.h"
#include "ui/common/primary_button.h"

namespace ui {

// Progress as a thin line of the accent's colour. With a maximum of 0 a piece of it runs along.
class SlimBar : public QProgressBar {
    Q_OBJECT
public:
    explicit SlimBar(QWidget* parent = nullptr);
    void setProgress(qint64 done, qint64 total);  // total 0: not known

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    int m_timer = 0;
    int m_phase = 0;
};

// An arrow and a word: what is below it is shown or hidden.
class FoldButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit FoldButton(const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace ui
