// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

// "EfficientNet-Lite1" for "efficientnet_lite1".
QString backboneTitle(const QString& backbone);

// Where people get the weights of a backbone from. Nothing is fetched by the program.
struct WeightSource {
    QString where;  // a sentence
    QString what;   // to be copied: the name of a package, or a web address
};
WeightSource weightSource(const QString& backbone);

}  // namespace ui
