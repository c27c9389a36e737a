// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace ui {

class LinkButton;
class MessageLine;

// What was written, and the way to it. Hidden while there is nothing.
class WrittenFiles : public QWidget {
    Q_OBJECT
public:
    // `name` is the object name; that of its buttons begins with it.
    explicit WrittenFiles(const QString& name, QWidget* parent = nullptr);

    void setFiles(const QStringList& files);  // absolute paths in one folder; empty: none
    const QStringList& files() const { return m_files; }

private:
    QStringList m_files;
    MessageLine* m_text;
    LinkButton* m_open;
    LinkButton* m_show;
};

}  // namespace ui
