// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

// Lies over the images when there is none: why, and what to do.
class EmptyNote : public QWidget {
    Q_OBJECT
public:
    explicit EmptyNote(QWidget* parent);

    void say(const QString& sentence, bool filtered);

Q_SIGNALS:
    void clearWanted();

private:
    QLabel* m_sentence;
    QPushButton* m_clear;
};

}  // namespace ui
