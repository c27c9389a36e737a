// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <optional>

#include "app/services/images/picture_loader.h"
#include "app/services/project/project.h"

namespace ui {

class ViewerPanel;

// The defect mask of the image that is shown: that drawn in the project, or the ground truth that came with the image
// set. It is shown where labels are made, and not over what a model says.
class ShownMask : public QObject {
    Q_OBJECT
public:
    ShownMask(services::Project* project, ViewerPanel* viewer, QObject* parent = nullptr);

    void present(services::ImageId image);
    void setShown(bool shown);

private:
    const services::ImageRecord* image() const;
    void load();
    void take(const QImage& mask);

    services::Project* m_project;
    ViewerPanel* m_viewer;
    services::PictureLoader* m_loader;
    std::optional<services::ImageId> m_image;
    quint64 m_request = 0;
    QImage m_mask;
    bool m_shown = true;
};

}  // namespace ui
