// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/screenshots/lengthened_text.h"

namespace test {

QString LengthenedText::translate(const char*, const char* source, const char*, int) const {
    QString longer;
    for (const QChar letter : QString::fromUtf8(source)) {
        longer += letter;
        if (QStringLiteral("aeiouAEIOU").contains(letter)) longer += letter.toLower();
    }
    return longer;
}

}  // namespace test
