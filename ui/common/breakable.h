// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

// A label breaks a line only at spaces and hyphens. Paths, names and addresses get places where they may be broken,
// which nobody sees: behind '/', '_' and '-', and within a word that is wider than a panel.
QString breakable(const QString& text);

}  // namespace ui
