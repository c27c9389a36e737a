// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

#include "ui/common/notice_strip.h"

namespace ui {

// The strip under the top bar for what concerns the whole project: read-only and why, what could not be written. One
// for ten thousand equal ones.
class NoticeBar : public NoticeStrip {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    // Notices of one kind replace each other; an empty text takes the kind's away. The latest kind is shown.
    void setNotice(const QString& kind, const QString& text);
    QString text() const;

private:
    struct Notice {
        QString kind;
        QString text;
    };
    QVector<Notice> m_notices;
};

}  // namespace ui
