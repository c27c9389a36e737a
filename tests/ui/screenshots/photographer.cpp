// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/screenshots/photographer.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QScrollArea>
#include <QSplitter>
#include <QTest>
#include <QWindow>
#include <cstdio>

#include "ui/common/theme.h"

namespace test {

namespace {

constexpr QPoint nothing(8, 2);  // a place in the window that does not light up
constexpr int settleMs = 200;    // for pictures that are made by the way, such as thumbnails

// Says what the eye might pass over: words that are cut off, and panels that are wider than the column they scroll in.
void warnOfCut(const QWidget& window, const QString& picture) {
    const auto warn = [&](const QWidget& widget, const QString& words) {
        std::fprintf(stderr, "%s: cut off: %s %s \"%s\"\n", qPrintable(picture), widget.metaObject()->className(),
                     qPrintable(widget.objectName()), qPrintable(words.left(60)));
    };
    for (const auto* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        const bool fits = label->wordWrap() ? label->height() >= label->heightForWidth(label->width())
                                            : label->width() >= label->sizeHint().width();
        if (!fits) warn(*label, label->text());
    }
    for (const auto* button : window.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width())
            warn(*button, button->text());
    for (const auto* area : window.findChildren<QScrollArea*>())
        if (area->isVisible() && area->widget()->width() > area->viewport()->width())
            warn(*area->widget(),
                 QStringLiteral("%1 in %2").arg(area->widget()->width()).arg(area->viewport()->width()));
}

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
        putPointerAway();
        QTest::qWait(settleMs);
        if (QWidget* focused = m_window->focusWidget()) focused->clearFocus();  // what a closed popup gave it back to
        if (pose) {
            pose();
            QTest::qWait(settleMs);
        }
        const QString file = QStringLiteral("%1/%2_%3.png").arg(m_folder, name, word);
        if (!picture().save(file)) std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        warnOfCut(*m_window, file);
        if (QWidget* popup = QApplication::activePopupWidget()) {
            warnOfCut(*popup, file);
            popup->close();
        }
    }
    ui::applyTheme(*qApp, ui::Appearance::Light);
}

// The window is told so, twice since only a move counts; the pointer itself is what a popup that closes asks for.
void Photographer::putPointerAway() const {
    for (const QPoint place : {nothing + QPoint(1, 0), nothing}) QTest::mouseMove(m_window->windowHandle(), place);
    QTest::mouseMove(m_window, nothing);
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
