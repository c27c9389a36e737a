// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/breakable.h"

#include <QClipboard>
#include <QRegularExpression>
#include <QTextBoundaryFinder>

namespace ui {

namespace {

constexpr QChar noWidth(0x200B);

}  // namespace

QString breakable(const QString& text) {
    constexpr int unbroken = 24;
    QString result;
    result.reserve(2 * text.size());
    int inWord = 0;
    // By what people see as one letter: an accent or half of a surrogate pair is none.
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype from = 0, to = letters.toNextBoundary(); to > from; from = to, to = letters.toNextBoundary()) {
        const QChar c = text[from];
        const bool separates = c == QLatin1Char('/') || c == QLatin1Char('_') || c == QLatin1Char('-');
        inWord = c.isSpace() ? 0 : inWord + 1;
        result += QStringView(text).mid(from, to - from);
        if (separates || inWord >= unbroken) result += noWidth;
        if (separates) inWord = 0;
    }
    return result;
}

QString listed(const QStringList& parts) {
    return parts.join(QStringLiteral("\u00A0\u00B7 "));
}

QString unbrokenDate(const QString& name) {
    static const QRegularExpression date(QStringLiteral("\u00B7 \\S{1,12} \\S{1,12}(?: \\S{1,12})? ?\\d{1,2}:\\d{2}"));
    const QRegularExpressionMatch match = date.match(name);
    if (!match.hasMatch()) return name;
    const auto from = match.capturedStart() + 2;  // behind the dot
    QString held = name.mid(from, match.capturedEnd() - from);
    held.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return name.left(from) + held + name.mid(match.capturedEnd());
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
