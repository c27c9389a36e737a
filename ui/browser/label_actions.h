// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QMenu>
#include <QStringList>
#include <optional>

#include "engine/dataset/image_set.h"

namespace ui {

// G, D, U and 1 to 9. The actions can be added to any widget whose focus means "the image": its children take the keys
// as well, fields of text keep them to themselves.
class LabelActions : public QObject {
    Q_OBJECT
public:
    explicit LabelActions(QObject* parent = nullptr);

    void setDefectTypes(const QStringList& types);
    const QList<QAction*>& actions() const { return m_actions; }
    // The menu beside the images, with a field for a defect type that is not in use yet.
    QMenu* makeMenu(QWidget* parent);

Q_SIGNALS:
    // Without a type, a defect keeps the one that it has.
    void labelled(engine::Label label, const std::optional<QString>& defectType);

private:
    QAction* addAction(const QString& text, const QString& name, Qt::Key key);
    void addNewType(QMenu* menu);

    QList<QAction*> m_actions;  // good, defect, unlabelled, then nine types
    QStringList m_types;
};

}  // namespace ui
