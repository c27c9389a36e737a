// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_image.h"

#include <utility>

#include "ui/viewer/viewer_panel.h"
#include "ui/window/compared_models.h"
#include "ui/window/shown_file.h"
#include "ui/window/shown_mask.h"

namespace ui {

namespace {

constexpr int rereadMs = 200;

// Without a model a picture has nothing but its own values to go by.
std::optional<services::SixteenBitLimits> sixteenBitOf(const services::ModelRecord* model) {
    if (model == nullptr) return std::nullopt;
    return services::SixteenBitLimits{model->sixteenBitLow, model->sixteenBitHigh};
}

}  // namespace

ShownImage::ShownImage(services::Project* project, services::Inspector* inspector, const services::MapStore& maps,
                       ViewerPanel* viewer, QObject* parent)
    : QObject(parent),
      m_project(project),
      m_viewer(viewer),
      m_pictures(new services::PictureLoader(this)),
      m_maps(new services::MapLoader(maps, this)),
      m_compared(new ComparedModels(maps, viewer, this)),
      m_file(new ShownFile(project, inspector, viewer->notice(), this)),
      m_mask(new ShownMask(project, viewer, this)) {
    connectViewer();
    connectProject();
    connectFile();
}

void ShownImage::connectViewer() {
    connect(m_pictures, &services::PictureLoader::loaded, this,
            [this](quint64 request, const services::PicturePtr& picture) {
                if (request != m_pictureRequest) return;
                m_viewer->setPicture(picture);
                m_file->setRead(picture->file);
                if (image() != nullptr) watch(image()->path);
                Q_EMIT pictureShown();
            });
    connect(m_pictures, &services::PictureLoader::failed, this,
            [this](quint64 request, const QString& message, bool missing) {
                if (request != m_pictureRequest) return;
                m_viewer->setEmptyText(missing ? tr("There is no image to show.") : message);
                m_viewer->setPicture(nullptr);
                if (missing && image() != nullptr) m_file->setMissing(image()->path);
                Q_EMIT pictureFailed();
            });
    connect(m_maps, &services::MapLoader::loaded, this,
            [this](quint64 request, const std::shared_ptr<const services::StoredMap>& map) {
                if (request == m_mapRequest) m_viewer->setMap(map);
            });
    connect(m_viewer, &ViewerPanel::maskEdited, this, [this](const QImage& mask) {
        if (m_id) m_project->setMask(*m_id, mask);
    });
    connect(m_viewer, &ViewerPanel::regionEdited, m_project, &services::Project::setRegion);
    connect(m_compared, &ComparedModels::ended, this, &ShownImage::refresh);
}

void ShownImage::connectProject() {
    using services::Project;
    connect(m_project, &Project::operatingPointChanged, this, &ShownImage::showVerdict);
    connect(m_project, &Project::scoresChanged, this, [this](const QVector<int>& rows) {
        const int row = m_id ? m_project->rowOf(*m_id) : -1;
        if (row >= 0 && (rows.isEmpty() || rows.contains(row))) refresh();
    });
    connect(m_project, &Project::regionChanged, this, [this] { m_viewer->setRegion(m_project->region()); });
    connect(m_project, &Project::modelsChanged, this, &ShownImage::refresh);
    connect(m_project, &Project::currentModelChanged, this, &ShownImage::refresh);
    connect(m_project, &Project::currentModelChanged, m_compared, &ComparedModels::end);
}

void ShownImage::connectFile() {
    m_reread.setSingleShot(true);
    m_reread.setInterval(rereadMs);
    connect(&m_reread, &QTimer::timeout, this, &ShownImage::loadPicture);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString& path) {
        if (image() != nullptr && image()->path == path) m_reread.start();
    });
}

// Only what could be read a moment ago: nothing waits here for a drive that does not answer. A file that is replaced by
// another loses its watch, and gets it back once that one is read.
void ShownImage::watch(const QString& path) {
    if (m_watcher.files() == QStringList(path)) return;
    if (!m_watcher.files().isEmpty()) m_watcher.removePaths(m_watcher.files());
    m_watcher.addPath(path);
}

const services::ImageRecord* ShownImage::image() const {
    const int row = m_id ? m_project->rowOf(*m_id) : -1;
    return row < 0 ? nullptr : &m_project->images()[static_cast<std::size_t>(row)];
}

const services::ModelRecord* ShownImage::model() const {
    const services::ModelRecord* compared = m_compared->first();
    return compared != nullptr ? compared : m_project->currentModel();
}

void ShownImage::present(services::ImageId id) {
    if (m_id == id) return;
    m_id = id;
    const services::ImageRecord* record = image();
    if (record == nullptr) return;
    m_viewer->setTitle(record->name);
    m_viewer->setRegion(m_project->region());
    m_file->present(id);
    loadPicture();
    m_compared->present(*record);
    showVerdict();
    loadMap();
    m_mask->present(id);
}

void ShownImage::setMaskShown(bool shown) {
    m_mask->setShown(shown);
}

void ShownImage::compare(const services::ModelComparisonPtr& comparison, std::size_t first, std::size_t second) {
    const services::ModelRecord* current = m_project->currentModel();
    if (current != nullptr && comparison->records[second].id == current->id) std::swap(first, second);
    m_compared->begin(comparison, first, second);
    m_id.reset();
}

void ShownImage::endComparison() {
    m_compared->end();
}

void ShownImage::prefetch(const QStringList& paths) {
    m_pictures->prefetch(paths);
}

void ShownImage::refresh() {
    showVerdict();
    loadPicture();
    loadMap();
}

void ShownImage::showVerdict() {
    const services::ImageRecord* record = image();
    const services::ModelRecord* by = model();
    const bool compared = m_compared->first() != nullptr;
    const engine::OperatingPoint& point = compared ? by->operatingPoint : m_project->operatingPoint();
    m_viewer->setDrawsMaps(by == nullptr || by->hasMaps());
    if (by != nullptr) m_viewer->setMapRange(by->mapLow, by->mapHigh);
    m_viewer->setPixelCut(by != nullptr ? point.pixel : std::nullopt);
    if (record == nullptr) return;
    if (compared) {
        const auto score = m_compared->firstScore();
        m_viewer->setScore(score, score ? engine::verdictOf(*score, point) : engine::Verdict::None);
    } else if (!record->failure.isEmpty()) {
        m_viewer->setScore(std::nullopt, engine::Verdict::Error);
    } else if (record->isScored()) {
        m_viewer->setScore(record->score, engine::verdictOf(record->score, point));
    } else {
        m_viewer->setScore(std::nullopt, engine::Verdict::None);
    }
}

// One range for all pictures of a project, the one that its reports paint with: two of them can be compared by eye. An
// 8-bit picture that is shown already comes out of the memory as it is.
void ShownImage::loadPicture() {
    if (const services::ImageRecord* record = image())
        m_pictureRequest = m_pictures->load(record->path, sixteenBitOf(model()));
}

void ShownImage::loadMap() {
    const services::ModelRecord* by = model();
    if (by == nullptr || !m_id) {
        m_mapRequest = 0;
        m_viewer->setMap(nullptr);
        return;
    }
    m_mapRequest = m_maps->load(by->id, *m_id);
}

}  // namespace ui
