// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QClipboard;

namespace ui {

// A label breaks a line only at spaces and hyphens. Paths, names and addresses get places where they may be broken,
// which nobody sees: behind '/', '_' and '-', and anywhere behind the first letters of a word that is wider than a
// panel.
QString breakable(const QString& text);

// "60 images · about 9 s": a line is broken behind a dot, never before it.
QString listed(const QStringList& parts);

// The name that a model is given, "PatchCore · 30 Nov 06:32": a line is broken before the date, never within.
QString unbrokenDate(const QString& name);

// What is copied out of such a label is copied without those places, from now on.
void keepBreaksOut(QClipboard* clipboard);

}  // namespace ui
