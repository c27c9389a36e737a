// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/experiments_desk.h"

#include "ui/experiments/experiments_model.h"

namespace test {

bool isWorkedOut(const QTableView& experiments, int rows) {
    if (experiments.model()->rowCount() != rows) return false;
    for (int row = 0; row < rows; ++row)
        if (cell(experiments, row, ui::ExperimentsModel::Scored) == QStringLiteral("\u2026")) return false;
    return true;
}

void flagEverything(const Desk& desk) {
    engine::OperatingPoint point = desk.project()->operatingPoint();
    point.fail = -1e6;
    point.review.reset();
    point.rule = "manual";
    desk.project()->setOperatingPoint(point);
}

}  // namespace test
