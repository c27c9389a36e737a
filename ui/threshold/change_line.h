// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

#include "app/services/project/project.h"

class QLabel;
class QListWidget;

namespace ui {

class LinkButton;
class Note;

// The last change of the operating point, who made it and when; to be taken back, and those before it in a list.
class ChangeLine : public QWidget {
    Q_OBJECT
public:
    explicit ChangeLine(QWidget* parent = nullptr);

    void setHistory(const QVector<services::AuditEntry>& entries);  // the newest first
    // What the undo stack would take back; empty: it is no operating point.
    void setUndoText(const QString& text);

Q_SIGNALS:
    void undoAsked();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    LinkButton* addLink(const QString& name, const QString& text);
    void restyle();
    void showHistory(bool shown);

    Note* m_last;  // the newest change, or above the list what it is
    QString m_newest;
    LinkButton* m_undo;
    LinkButton* m_history;
    QListWidget* m_list;
};

// "Fail 2.10 → 1.95": only the cuts that differ. `from` and `to` as the audit trail writes them.
QString changeText(const services::AuditEntry& entry);

}  // namespace ui
