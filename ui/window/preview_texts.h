// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/services/inspection/folder_preview.h"

namespace ui {

// A line for what is good, one for what is not, and one for the masks, of which none is an image of its own.
QString countsOf(const services::ImageSetPreview& preview);

// The first few, and how many more: all of a hundred warnings is none.
QString warningsOf(const QStringList& warnings);

}  // namespace ui
