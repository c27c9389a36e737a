// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/breakable.h"

#include <QClipboard>

namespace ui {

namespace {

constexpr QChar noWidth(0x200B);

}  // namespace

QString breakable(const QString& text) {
    constexpr int longestWord = 24;
    QString result;
    result.reserve(text.size() + text.size() / 4);
    int sinceBreak = 0;
    for (const QChar c : text) {
        result += c;
        const bool isBreak = c == QLatin1Char('/') || c == QLatin1Char('_') || c == QLatin1Char('-');
        sinceBreak = c.isSpace() ? 0 : sinceBreak + 1;
        if (!isBreak && sinceBreak < longestWord) continue;
        result += noWidth;
        sinceBreak = 0;
    }
    return result;
}

QString listed(const QStringList& parts) {
    return parts.join(QStringLiteral("\u00A0\u00B7 "));
}

void keepBreaksOut(QClipboard* clipboard) {
    QObject::connect(clipboard, &QClipboard::changed, clipboard, [clipboard](QClipboard::Mode mode) {
        const bool ours = mode == QClipboard::Clipboard ? clipboard->ownsClipboard() : clipboard->ownsSelection();
        if (!ours) return;
        QString text = clipboard->text(mode);
        if (text.contains(noWidth)) clipboard->setText(text.remove(noWidth), mode);
    });
}

}  // namespace ui
