// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace services {

// A line of the audit trail: who changed what, when, from what.
struct AuditEntry {
    qint64 id = 0;
    QDateTime when;  // UTC
    QString who;
    QString what;     // "label", "operating point", "model", "mask", "region", "import"
    QString subject;  // the image's or the model's name
    QString from;
    QString to;
};

}  // namespace services

Q_DECLARE_METATYPE(services::AuditEntry)
