// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

#include "app/services/jobs/job_runner.h"

namespace ui {

class MessageLine;

// Whether the failure of a page's job is in sight on that page: elsewhere it then need not be told in full.
class ToldFailure : public QObject {
    Q_OBJECT
public:
    // ours: the page's job at the moment, 0: none.
    ToldFailure(services::JobRunner* jobs, MessageLine* line, std::function<services::JobId()> ours);

Q_SIGNALS:
    void changed(services::JobId id, bool told);

private:
    services::JobId m_id = 0;
    QString m_message;
};

}  // namespace ui
