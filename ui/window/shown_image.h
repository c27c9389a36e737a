// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "app/services/images/map_store.h"
#include "app/services/images/picture_loader.h"
#include "app/services/inspection/inspector.h"
#include "app/services/project/project.h"
#include "app/services/reporting/model_comparison.h"

namespace ui {

class ComparedModels;
class ShownFile;
class ShownMask;
class ViewerPanel;

// The image in the viewer: its picture, the map and the verdict of the current model or of two that are compared, its
// mask, and what is to be said of its file. What changes in the project, and the file itself, is followed.
class ShownImage : public QObject {
    Q_OBJECT
public:
    ShownImage(services::Project* project, services::Inspector* inspector, const services::MapStore& maps,
               ViewerPanel* viewer, QObject* parent = nullptr);

    std::optional<services::ImageId> id() const { return m_id; }
    void present(services::ImageId id);
    void setMaskShown(bool shown);
    // Two models on the next picture that is presented, the current one always on the left.
    void compare(const services::ModelComparisonPtr& comparison, std::size_t first, std::size_t second);
    void endComparison();
    // Neighbours to be had in memory, nearest first.
    void prefetch(const QStringList& paths);

Q_SIGNALS:
    void pictureShown();
    void pictureFailed();  // what was to be shown could not be read

private:
    void connectViewer();
    void connectProject();
    void connectFile();
    void watch(const QString& path);
    void refresh();
    void showVerdict();
    void loadPicture();
    void loadMap();
    const services::ImageRecord* image() const;
    const services::ModelRecord* model() const;  // whose map is in the first view

    services::Project* m_project;
    ViewerPanel* m_viewer;
    services::PictureLoader* m_pictures;
    services::MapLoader* m_maps;
    ComparedModels* m_compared;
    ShownFile* m_file;
    ShownMask* m_mask;
    QFileSystemWatcher m_watcher;  // of the picture's file
    QTimer m_reread;               // a file that is being written changes many times
    std::optional<services::ImageId> m_id;
    quint64 m_pictureRequest = 0;
    quint64 m_mapRequest = 0;
};

}  // namespace ui
