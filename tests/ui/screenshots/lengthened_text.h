// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace test {

// Words about as long as German makes them: every vowel twice. What should have been translated and is not stays as it
// was.
class LengthenedText : public QTranslator {
    Q_OBJECT
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

}  // namespace test
