// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QPixmap;
class QWidget;

namespace test {

// Writes pictures of a window at its usual and at its smallest size, in light and dark: <name>_light.png,
// <name>_smallest_dark.png and so on. A menu or a popup that is open is in the picture.
class Photographer {
public:
    Photographer(QWidget* window, const QString& folder) : m_window(window), m_folder(folder) {}

    // `pose` is struck anew before each picture: what a change of the size undoes, such as an open menu.
    void take(const QString& name, const std::function<void()>& pose = {}) const;

private:
    void takeBothThemes(const QString& name, const std::function<void()>& pose) const;
    void putPointerAway() const;
    QPixmap picture() const;

    QWidget* m_window;
    QString m_folder;
};

}  // namespace test
