// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/json_output.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace cli {

Json evaluationJson(const engine::Evaluation& evaluation, const engine::OperatingPoint& point);
// name,label,type,score,verdict,x,y,width,height,error; images that could not be read at the end.
std::string evaluationCsv(const engine::Evaluation& evaluation);
// A compact table for people.
std::string evaluationText(const engine::Evaluation& evaluation, const engine::OperatingPoint& point);

}  // namespace cli
