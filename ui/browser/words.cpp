// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace ui {

QString labelWord(engine::Label label) {
    switch (label) {
        case engine::Label::Good:
            return QCoreApplication::translate("Label", "Good");
        case engine::Label::Defect:
            return QCoreApplication::translate("Label", "Defect");
        case engine::Label::Unlabelled:
            break;
    }
    return QCoreApplication::translate("Label", "Unlabelled");
}

QString splitWord(engine::Split split) {
    return split == engine::Split::Train ? QCoreApplication::translate("Split", "Training")
                                         : QCoreApplication::translate("Split", "Test");
}

QString defectTypeWord(const QString& defectType) {
    QString word = defectType;
    word.replace(u'_', u' ');
    if (!word.isEmpty()) word[0] = word[0].toUpper();
    return word;
}

QString labelWord(const services::ImageRecord& image) {
    if (image.label == engine::Label::Defect && !image.defectType.isEmpty()) return defectTypeWord(image.defectType);
    return labelWord(image.label);
}

QString scoreText(double score, int decimals) {
    return std::isnan(score) ? QString() : QLocale().toString(score, 'f', decimals);
}

int scoreDecimals(double largest) {
    if (!(largest > 0) || !std::isfinite(largest)) return 2;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(largest))), 0, 6);
}

}  // namespace ui
