// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui {

// One line under the top bar for what the person must know: read-only and why, what could not be written. In place, and
// one for ten thousand equal ones.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    // Notices of one kind replace each other; an empty text takes the kind's away. The latest kind is shown.
    void setNotice(const QString& kind, const QString& text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    struct Notice {
        QString kind;
        QString text;
    };
    QVector<Notice> m_notices;
    QLabel* m_label;
};

}  // namespace ui
