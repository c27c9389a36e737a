// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace ui {

// The look that all tables have in common: rows of one height, no grid, numbers that line up, whole rows chosen; Tab
// leaves the table. Insets and hairlines are the theme's.
void styleTable(QTableView* table);

}  // namespace ui
