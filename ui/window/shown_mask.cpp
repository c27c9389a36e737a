// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_mask.h"

#include "ui/viewer/viewer_panel.h"

namespace ui {

namespace {

constexpr qint64 memory = qint64{32} << 20;

}  // namespace

ShownMask::ShownMask(services::Project* project, ViewerPanel* viewer, QObject* parent)
    : QObject(parent),
      m_project(project),
      m_viewer(viewer),
      m_loader(new services::PictureLoader(services::PictureSettings{memory, {}}, this)) {
    connect(m_loader, &services::PictureLoader::loaded, this,
            [this](quint64 request, const services::PicturePtr& picture) {
                if (request == m_request) take(picture->levels.front().convertToFormat(QImage::Format_Grayscale8));
            });
    connect(project, &services::Project::maskChanged, this, [this](services::ImageId id) {
        if (m_image == id) load();
    });
    connect(project, &services::Project::maskRead, this, [this](services::ImageId id, const QImage& mask) {
        const services::ImageRecord* record = image();
        if (m_image == id && record != nullptr && record->maskEdited) take(mask);
    });
}

const services::ImageRecord* ShownMask::image() const {
    const int row = m_image ? m_project->rowOf(*m_image) : -1;
    return row < 0 ? nullptr : &m_project->images()[static_cast<std::size_t>(row)];
}

void ShownMask::present(services::ImageId image) {
    m_image = image;
    take({});
    load();
}

void ShownMask::setShown(bool shown) {
    m_shown = shown;
    take(m_mask);
}

void ShownMask::load() {
    const services::ImageRecord* record = image();
    m_loader->cancel();
    m_request = 0;
    if (record == nullptr) return;
    if (record->maskEdited)
        m_project->requestMask(record->id);
    else if (record->mask.isEmpty())
        take({});
    else
        m_request = m_loader->load(record->mask);
}

void ShownMask::take(const QImage& mask) {
    m_mask = mask;
    m_viewer->setMask(m_shown ? mask : QImage());
}

}  // namespace ui
