// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "app/services/jobs/job_runner.h"

namespace ui {

// How work is told: "Scoring images", "52 / 83 · 24 per second · 1.3 s left", "about 3 min", "1.1 GB". No line ends
// between a number and its word.
QString stageText(const QString& stage);
QString progressText(const services::JobProgress& progress);
QStringList stageTexts();  // all that there are
// Nearly as long as any: for the room that is kept for such a text.
QString longestProgressText();
QString durationText(double seconds);  // "1.3 s", "2 min 05 s"
QString aboutText(double seconds);     // rounded as an estimate deserves: "about 40 s"
QString sizeText(qint64 bytes);

// Of the stages of training, from 1; 0 if it is none of them.
int trainingStep(const QString& stage);
inline constexpr int trainingSteps = 5;

}  // namespace ui
