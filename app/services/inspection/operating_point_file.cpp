// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/operating_point_file.h"

namespace services {

bool samePoint(const engine::OperatingPoint& a, const engine::OperatingPoint& b) {
    return a.fail == b.fail && a.review == b.review && a.pixel == b.pixel && a.rule == b.rule && a.basis == b.basis;
}

engine::ModelInfo bringIntoFile(const engine::OperatingPoint& point, const std::filesystem::path& file) {
    engine::ModelInfo info = engine::readModelInfo(file);
    if (samePoint(info.operatingPoint, point)) return info;
    engine::writeOperatingPoint(file, point);
    info.operatingPoint = point;
    return info;
}

}  // namespace services
