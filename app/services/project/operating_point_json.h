// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "engine/metrics/operating_point.h"

namespace services {

// Every double comes back as it was. Nothing is returned for a text that is no operating point.
QString toJson(const engine::OperatingPoint& point);
std::optional<engine::OperatingPoint> operatingPointFromJson(const QString& text);

// "fail 1.95, review 1.62, pixel 1.87 (false-reject)"; empty without any cut.
QString describe(const engine::OperatingPoint& point);

}  // namespace services
