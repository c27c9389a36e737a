// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/told_failure.h"

#include <utility>

#include "ui/training/message_line.h"

namespace ui {

ToldFailure::ToldFailure(services::JobRunner* jobs, MessageLine* line, std::function<services::JobId()> ours)
    : QObject(line) {
    connect(jobs, &services::JobRunner::failed, this,
            [this, ours = std::move(ours)](services::JobId id, const QString& message) {
                if (id != ours()) return;
                m_id = id;
                m_message = message;
            });
    connect(line, &MessageLine::changed, this, [this, line] {
        if (m_id != 0) Q_EMIT changed(m_id, line->isVisible() && line->text() == m_message);
    });
}

}  // namespace ui
