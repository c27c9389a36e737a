// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>

#include "app/services/project/project.h"

class QItemSelectionModel;

namespace ui {

class ImageListModel;

// Which images are selected, and which is the current one. That stays what it is when it no longer matches the filter,
// and so does the selection as far as it is listed.
class ImageSelection : public QObject {
    Q_OBJECT
public:
    ImageSelection(const services::Project* project, ImageListModel* list, QObject* parent = nullptr);

    QItemSelectionModel* model() const { return m_model; }
    services::ImageId current() const { return m_current; }  // 0: none
    QVector<services::ImageId> selected() const;             // in the order of the list
    void setCurrent(services::ImageId id);
    // From an image that no longer matches, the way goes on from where it would stand.
    void step(int distance);
    // False if there is no other one.
    bool goToDisagreement();

Q_SIGNALS:
    void currentChanged(services::ImageId id);
    void moved();  // by setCurrent, to an image that is listed

private:
    void take(services::ImageId id);
    void keep();
    void restore();

    const services::Project* m_project;
    ImageListModel* m_list;
    QItemSelectionModel* m_model;
    services::ImageId m_current = 0;
    QVector<services::ImageId> m_kept;  // while the list is replaced
    bool m_replacing = false;
};

}  // namespace ui
