// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

// A number at the right edge, with an optional smaller remark behind it. Unlike a label it never asks for another
// layout: it changes while a hand moves a cut.
class Figure : public QWidget {
    Q_OBJECT
public:
    // `meaning` is what a screen reader says before the number.
    explicit Figure(const QString& meaning, QWidget* parent = nullptr);

    void setText(const QString& text, const QString& remark = {});
    void setStrong(bool strong);
    void keepRoomFor(const QString& remark);  // numbers above each other end in one column, whatever is behind them
    const QString& text() const { return m_text; }
    const QString& remark() const { return m_remark; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {24, 20}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_meaning;
    QString m_text;
    QString m_remark;
    QString m_widestRemark;
    bool m_strong = false;
};

}  // namespace ui
