// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/notice_bar.h"

namespace ui {

NoticeBar::NoticeBar(QWidget* parent) : NoticeStrip(QStringLiteral("notice"), parent) {
    connect(this, &NoticeStrip::actionChosen, this, [this] {
        if (!m_notices.isEmpty()) setNotice(m_notices.last().kind, {});
    });
}

void NoticeBar::setNotice(const QString& kind, const QString& text) {
    m_notices.removeIf([&](const Notice& notice) { return notice.kind == kind; });
    if (!text.isEmpty()) m_notices.append({kind, text});
    say(this->text(), tr("Dismiss"));
}

QString NoticeBar::text() const {
    return m_notices.isEmpty() ? QString() : m_notices.last().text;
}

}  // namespace ui
