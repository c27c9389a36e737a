// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>

#include "app/services/inspection/inspector.h"
#include "app/services/project/project.h"

namespace ui {

class NoticeStrip;

// What is said over the picture about its file: that it is not what was scored, with a way to score it again, or that
// it is gone. The score and the labels stay as they are.
class ShownFile : public QObject {
    Q_OBJECT
public:
    ShownFile(services::Project* project, services::Inspector* inspector, NoticeStrip* notice,
              QObject* parent = nullptr);

    // Nothing is known of its file yet.
    void present(services::ImageId image);
    void setRead(const services::FileVersion& file);
    void setMissing(const QString& path);

private:
    const services::ImageRecord* image() const;
    QString whatIsKept() const;
    void refresh();
    void scoreAgain();

    services::Project* m_project;
    services::Inspector* m_inspector;
    NoticeStrip* m_notice;
    std::optional<services::ImageId> m_image;
    std::optional<services::FileVersion> m_read;
    bool m_asked = false;  // to score it again
};

}  // namespace ui
