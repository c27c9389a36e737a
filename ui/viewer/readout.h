// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QPoint>
#include <QString>
#include <optional>

#include "app/services/images/picture.h"
#include "app/services/images/stored_map.h"

namespace ui {

// What is under the cursor.
struct Readout {
    QPoint pixel;
    QString value;                // of the original: "RGB 201 188 164", "Gray 120"; 16-bit values as they are
    std::optional<double> score;  // of the map, at the pixel's centre
};

Readout readoutAt(const services::Picture& picture, const services::StoredMap* map, const QPoint& pixel);

// Two, as everywhere, or as many as a narrow range needs to be told apart.
int decimalsFor(double low, double high);

}  // namespace ui

Q_DECLARE_METATYPE(ui::Readout)
