// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "tests/ui/window/desk.h"

namespace test {

inline QString cell(const QTableView& table, int row, int column) {
    return table.model()->index(row, column).data().toString();
}

bool isWorkedOut(const QTableView& experiments, int rows);

// The current model flags everything from here on.
void flagEverything(const Desk& desk);

}  // namespace test
