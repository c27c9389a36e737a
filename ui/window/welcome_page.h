// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

class MessageLine;

// One entry of the list of recent projects.
struct RecentEntry {
    QString folder;
    QString name;
    bool missing = false;
};

// What stands in the window while no project is open.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QVector<RecentEntry>& entries);
    // What is going on, or what went wrong, in place; empty: nothing.
    void setMessage(const QString& message);
    void setFault(const QString& message);
    void setBusy(bool busy);

Q_SIGNALS:
    void newProjectRequested();
    void openRequested();
    void sampleRequested();
    void recentChosen(const QString& folder);

private:
    QListWidget* m_recent;
    QLabel* m_noRecent;
    MessageLine* m_message;
    QPushButton* m_new;
    QPushButton* m_open;
    QPushButton* m_sample;
};

}  // namespace ui
