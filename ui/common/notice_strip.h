// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui {

class LinkButton;

// What a person must know, in place and not in a dialog: a sentence that can be copied, and what can be done about it.
// Hidden while there is nothing to say. Its parts are named after it: "fileNoticeText", "fileNoticeAction".
class NoticeStrip : public QWidget {
    Q_OBJECT
public:
    explicit NoticeStrip(const QString& name, QWidget* parent = nullptr);

    void say(const QString& text, const QString& action = {});
    void setActionEnabled(bool enabled);
    QString said() const;

Q_SIGNALS:
    void actionChosen();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_label;
    LinkButton* m_action;
};

}  // namespace ui
