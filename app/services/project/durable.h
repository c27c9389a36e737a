// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace services {

// On the disk, not only in the cache of the system. Throw engine::Error{WriteFailed}.
void syncFile(const QString& path);
// Gives a synced file its final name; fails if that name is taken by then.
void renameDurably(const QString& from, const QString& to);

}  // namespace services
