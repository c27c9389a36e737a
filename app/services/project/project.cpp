// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/project.h"

#include <algorithm>

#include "app/services/project/project_private.h"

namespace services {

Project::Private::Private(Project* project, OpenedProject opened)
    : q(project),
      store(std::move(opened.store)),
      content(std::move(opened.content)),
      types(store->defectTypes.keys()),
      regions(1) {
    if (!store->regionFile.isEmpty() && !content.region.isNull()) {
        regions.push_back({store->regionFile, content.region, {}});
        region = 1;
    }
    StoreWriter::Listener listener;
    listener.failed = [project](const QString& message) {
        QMetaObject::invokeMethod(
            project, [project, message] { Q_EMIT project->writeFailed(message); }, Qt::QueuedConnection);
    };
    listener.recovered = [project] {
        QMetaObject::invokeMethod(
            project, [project] { Q_EMIT project->writeRecovered(); }, Qt::QueuedConnection);
    };
    listener.packed = [this, project](int revision, const PackedDrawing& packed) {
        QMetaObject::invokeMethod(
            project, [this, revision, packed] { keepPacked(revision, packed); }, Qt::QueuedConnection);
    };
    writer = std::make_unique<StoreWriter>(*store, std::move(listener));
}

ImageRecord* Project::Private::image(ImageId id) {
    const auto row = store->rows.constFind(id);
    return row == store->rows.constEnd() ? nullptr : &content.images[static_cast<std::size_t>(*row)];
}

ModelRecord* Project::Private::model(ModelId id) {
    const auto found =
        std::find_if(content.models.begin(), content.models.end(), [id](const auto& model) { return model.id == id; });
    return found == content.models.end() ? nullptr : &*found;
}

void Project::Private::write(decltype(Change::what) what) {
    writer->write({QDateTime::currentMSecsSinceEpoch(), std::move(what)});
}

Project::Project(OpenedProject opened, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(opened))) {}

Project::~Project() {
    // The stack says that it is emptied; nobody is to ask a project for anything that is half gone.
    d->undo.disconnect();
}

const QString& Project::folder() const {
    return d->content.folder;
}

const QString& Project::name() const {
    return d->content.name;
}

const QString& Project::imageRoot() const {
    return d->content.imageRoot;
}

bool Project::isReadOnly() const {
    return d->content.readOnly;
}

const QString& Project::readOnlyReason() const {
    return d->content.readOnlyReason;
}

const QStringList& Project::notices() const {
    return d->content.notices;
}

const std::vector<ImageRecord>& Project::images() const {
    return d->content.images;
}

int Project::rowOf(ImageId id) const {
    return d->store->rows.value(id, -1);
}

QStringList Project::defectTypes() const {
    return d->types;
}

const std::vector<ModelRecord>& Project::models() const {
    return d->content.models;
}

const ModelRecord* Project::currentModel() const {
    return d->current();
}

const engine::OperatingPoint& Project::operatingPoint() const {
    if (d->preview) return *d->preview;
    const ModelRecord* model = d->current();
    return model == nullptr ? d->noPoint : model->operatingPoint;
}

const QImage& Project::region() const {
    return d->content.region;
}

QUndoStack* Project::undoStack() {
    return &d->undo;
}

int Project::unwrittenChanges() const {
    return d->writer->unwritten();
}

QString Project::cacheFolder() const {
    return d->content.folder + QStringLiteral("/cache");
}

QString Project::modelFolder() const {
    return d->content.folder + QStringLiteral("/models");
}

void Project::requestMask(ImageId id) {
    d->writer->readMask(d->store->drawnMasks.value(id), [this, id](const QImage& mask) {
        QMetaObject::invokeMethod(
            this, [this, id, mask] { Q_EMIT maskRead(id, mask); }, Qt::QueuedConnection);
    });
}

quint64 Project::requestHistory(const QString& what, int limit) {
    const quint64 request = ++d->lastRequest;
    d->writer->readHistory(what, limit, [this, request](const QVector<AuditEntry>& entries) {
        QMetaObject::invokeMethod(
            this, [this, request, entries] { Q_EMIT historyRead(request, entries); }, Qt::QueuedConnection);
    });
    return request;
}

quint64 Project::requestScores(ModelId model) {
    const quint64 request = ++d->lastRequest;
    d->writer->readScores(model, [this, request](std::vector<ImageScore> scores) {
        QMetaObject::invokeMethod(
            this, [this, request, scores = std::move(scores)] { Q_EMIT scoresRead(request, scores); },
            Qt::QueuedConnection);
    });
    return request;
}

QString Project::maskFile(const ImageRecord& image) const {
    const QString drawn = d->store->drawnMasks.value(image.id);
    return drawn.isEmpty() ? image.mask : drawingFile(d->content.folder, drawn);
}

}  // namespace services
