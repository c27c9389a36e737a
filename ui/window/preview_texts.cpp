// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/preview_texts.h"

#include <QLocale>

#include "ui/common/breakable.h"
#include "ui/window/new_project_page.h"

namespace ui {

QString countsOf(const services::ImageSetPreview& preview) {
    const auto counted = [](int count, const QString& what) {
        return QStringLiteral("%1\u00A0%2").arg(QLocale().toString(count), what);
    };
    QStringList labelled;
    const auto add = [&](int count, const QString& what) {
        if (count > 0) labelled.append(counted(count, what));
    };
    add(preview.trainGood, NewProjectPage::tr("good for training"));
    add(preview.testGood, NewProjectPage::tr("good for testing"));
    add(preview.unlabelled, NewProjectPage::tr("unlabelled"));
    QStringList types;
    int defective = 0;
    for (const auto& type : preview.defectTypes) {
        defective += type.images;
        if (!type.type.isEmpty()) types.append(counted(type.images, type.type));
    }
    const QString total = preview.total() == 1
                              ? NewProjectPage::tr("1 image")
                              : NewProjectPage::tr("%1\u00A0images").arg(QLocale().toString(preview.total()));
    QStringList lines{labelled.isEmpty() ? total : total + QStringLiteral(": ") + listed(labelled)};
    if (defective > 0) {
        const QString all = counted(defective, NewProjectPage::tr("defective"));
        lines.append(types.isEmpty() ? all : all + QStringLiteral(": ") + listed(types));
    }
    if (preview.masks > 0) lines.append(counted(preview.masks, NewProjectPage::tr("with a defect mask")));
    return lines.join(QLatin1Char('\n'));
}

QString warningsOf(const QStringList& warnings) {
    constexpr int shown = 3;
    QString text = warnings.mid(0, shown).join(QLatin1Char('\n'));
    if (warnings.size() > shown)
        text += NewProjectPage::tr("\nand %1 more").arg(QLocale().toString(warnings.size() - shown));
    return text;
}

}  // namespace ui
