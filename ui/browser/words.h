// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/services/project/image_record.h"

namespace ui {

QString labelWord(engine::Label label);                 // "Good", "Defect", "Unlabelled"
QString splitWord(engine::Split split);                 // "Training", "Test"
QString defectTypeWord(const QString& defectType);      // "broken_large": "Broken large"
QString labelWord(const services::ImageRecord& image);  // the defect type where it is known
QString scoreText(double score, int decimals);          // empty for what has no score
int scoreDecimals(double largest);                      // so that three or four digits are shown

}  // namespace ui
