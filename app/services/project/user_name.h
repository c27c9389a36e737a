// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace services {

// The login name of whoever runs this process, for the audit trail.
QString userName();

}  // namespace services
