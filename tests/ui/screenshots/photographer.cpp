// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/screenshots/photographer.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QSplitter>
#include <QTest>
#include <cstdio>

#include "ui/common/theme.h"

namespace test {

namespace {

constexpr int settleMs = 200;  // for pictures that are made by the way, such as thumbnails

}  // namespace

void Photographer::take(const QString& name, const std::function<void()>& pose) const {
    takeBothThemes(name, pose);
    const QSize usual = m_window->size();
    QHash<QSplitter*, QByteArray> places;
    for (auto* splitter : m_window->findChildren<QSplitter*>()) places[splitter] = splitter->saveState();
    m_window->resize(m_window->minimumSize());
    takeBothThemes(name + QStringLiteral("_smallest"), pose);
    m_window->resize(usual);
    for (const auto& [splitter, place] : places.asKeyValueRange()) splitter->restoreState(place);
}

void Photographer::takeBothThemes(const QString& name, const std::function<void()>& pose) const {
    for (const auto& [appearance, word] : {std::pair{ui::Appearance::Light, QStringLiteral("light")},
                                           std::pair{ui::Appearance::Dark, QStringLiteral("dark")}}) {
        ui::applyTheme(*qApp, appearance);
        QTest::qWait(settleMs);
        if (pose) {
            pose();
            QTest::qWait(settleMs);
        }
        const QString file = QStringLiteral("%1/%2_%3.png").arg(m_folder, name, word);
        if (!picture().save(file)) std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
    }
    ui::applyTheme(*qApp, ui::Appearance::Light);
}

QPixmap Photographer::picture() const {
    QPixmap picture = m_window->grab();
    if (QWidget* popup = QApplication::activePopupWidget()) {
        QPainter painter(&picture);
        painter.drawPixmap(m_window->mapFromGlobal(popup->pos()), popup->grab());
    }
    return picture;
}

}  // namespace test
