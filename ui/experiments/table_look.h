// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace ui {

// Rows of one height, no grid, numbers that line up, whole rows chosen; Tab leaves the table.
void styleTable(QTableView* table);

}  // namespace ui
