// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace ui {

// The one thing to do on a page, filled with the accent.
class PrimaryButton : public QPushButton {
    Q_OBJECT
public:
    explicit PrimaryButton(const QString& text, QWidget* parent = nullptr);
    void setFilled(bool filled);  // otherwise outlined, beside another one that is
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_filled = true;
};

// On a page that has nothing to show before a model is trained: the way to where one is.
PrimaryButton* trainFirstButton(QWidget* parent = nullptr);

}  // namespace ui
