// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <algorithm>

#include "app/services/project/operating_point_json.h"
#include "app/services/project/project_commands.h"
#include "app/services/project/project_private.h"

namespace services {

namespace {

QString labelText(const QString& name, qsizetype count, const LabelValue& value) {
    QString label = value.label == engine::Label::Good         ? Project::tr("good")
                    : value.label == engine::Label::Unlabelled ? Project::tr("unlabelled")
                    : value.defectType.isEmpty()               ? Project::tr("defect")
                                                               : value.defectType;
    return count == 1 ? Project::tr("Label %1 as %2").arg(name, label)
                      : Project::tr("Label %n images as %1", nullptr, static_cast<int>(count)).arg(label);
}

}  // namespace

void Project::setLabels(std::span<const ImageId> ids, engine::Label label, const QString& defectType) {
    if (isReadOnly()) return;
    auto step = std::make_shared<Private::LabelStep>();
    step->after = {label, label == engine::Label::Defect ? defectType.trimmed() : QString()};
    for (const ImageId id : ids)
        if (const int row = rowOf(id); row >= 0) step->rows.push_back(row);
    std::sort(step->rows.begin(), step->rows.end());
    step->rows.erase(std::unique(step->rows.begin(), step->rows.end()), step->rows.end());
    const auto valueOf = [this](int row) {
        const ImageRecord& image = images()[static_cast<std::size_t>(row)];
        return LabelValue{image.label, image.defectType};
    };
    std::erase_if(step->rows, [&](int row) { return valueOf(row) == step->after; });
    if (step->rows.empty()) return;
    step->before.reserve(step->rows.size());
    for (const int row : step->rows) step->before.push_back(valueOf(row));
    const QString& first = images()[static_cast<std::size_t>(step->rows.front())].name;
    d->undo.push(new SetCommand<bool>(labelText(first, static_cast<qsizetype>(step->rows.size()), step->after), false,
                                      true, [this, step](bool forward) { d->applyLabels(*step, forward); }));
}

void Project::Private::applyLabels(const LabelStep& step, bool forward) {
    LabelsChange change;
    change.images.reserve(step.rows.size());
    for (std::size_t i = 0; i < step.rows.size(); ++i) {
        ImageRecord& image = content.images[static_cast<std::size_t>(step.rows[i])];
        const LabelValue& from = forward ? step.before[i] : step.after;
        const LabelValue& to = forward ? step.after : step.before[i];
        image.label = to.label;
        image.defectType = to.defectType;
        if (!from.defectType.isEmpty() && --store->defectTypes[from.defectType] == 0)
            store->defectTypes.remove(from.defectType);
        if (!to.defectType.isEmpty()) ++store->defectTypes[to.defectType];
        change.images.push_back({image.id, image.name, from, to});
    }
    types = store->defectTypes.keys();
    write(std::move(change));
    Q_EMIT q->labelsChanged(QVector<int>(step.rows.begin(), step.rows.end()));
}

void Project::setOperatingPoint(const engine::OperatingPoint& point) {
    const ModelRecord* model = d->current();
    if (isReadOnly() || model == nullptr || toJson(model->operatingPoint) == toJson(point)) return cancelPreview();
    d->preview.reset();
    d->undo.push(new SetCommand<engine::OperatingPoint>(
        tr("Change the operating point"), model->operatingPoint, point,
        [this, id = model->id](const engine::OperatingPoint& value) { d->applyOperatingPoint(id, value); }));
}

void Project::Private::applyOperatingPoint(ModelId id, const engine::OperatingPoint& point) {
    ModelRecord& target = *model(id);  // models are never taken away
    write(OperatingPointChange{id, target.name, target.operatingPoint, point});
    target.operatingPoint = point;
    if (id == content.currentModel) {
        preview.reset();
        Q_EMIT q->operatingPointChanged();
    } else {
        Q_EMIT q->modelsChanged();
    }
}

void Project::previewOperatingPoint(const engine::OperatingPoint& point) {
    if (d->current() == nullptr) return;
    d->preview = point;
    Q_EMIT operatingPointChanged();
}

void Project::cancelPreview() {
    if (!d->preview) return;
    d->preview.reset();
    Q_EMIT operatingPointChanged();
}

QString Project::Private::newDrawing(const QString& owner) {
    return QStringLiteral("%1.%2.png").arg(owner).arg(++store->lastDrawn);
}

void Project::setMask(ImageId id, const QImage& mask) {
    const ImageRecord* image = d->image(id);
    if (isReadOnly() || image == nullptr || (mask.isNull() && !image->maskEdited)) return;
    const QString before = d->store->drawnMasks.value(id);
    const QString after = mask.isNull() ? QString() : d->newDrawing(QString::number(id));
    d->freshDrawing = mask.isNull() ? QImage() : mask.convertToFormat(QImage::Format_Grayscale8);
    const QString text = mask.isNull() ? tr("Remove the drawn mask of %1") : tr("Draw the mask of %1");
    d->undo.push(new SetCommand<QString>(text.arg(image->name), before, after,
                                         [this, id](const QString& file) { d->applyMask(id, file); }));
}

void Project::Private::applyMask(ImageId id, const QString& file) {
    ImageRecord& target = *image(id);
    target.maskEdited = !file.isEmpty();
    if (file.isEmpty())
        store->drawnMasks.remove(id);
    else
        store->drawnMasks.insert(id, file);
    write(MaskChange{id, target.name, file, std::exchange(freshDrawing, {})});
    Q_EMIT q->maskChanged(id);
}

void Project::setRegion(const QImage& region) {
    if (isReadOnly() || (region.isNull() && d->region == 0)) return;
    int revision = 0;
    if (!region.isNull()) {
        revision = static_cast<int>(d->regions.size());
        d->regions.push_back(
            {d->newDrawing(QStringLiteral("region")), region.convertToFormat(QImage::Format_Grayscale8), {}});
        d->freshDrawing = d->regions.back().image;
    }
    d->undo.push(new SetCommand<int>(region.isNull() ? tr("Remove the region of interest") : tr("Change the region"),
                                     d->region, revision, [this](int value) { d->applyRegion(value); }));
}

void Project::Private::applyRegion(int revision) {
    const Region& next = regions[static_cast<std::size_t>(revision)];
    region = revision;
    content.region = next.image.isNull() ? next.packed.unpack() : next.image;
    write(RegionChange{next.file, std::exchange(freshDrawing, {}), revision});
    Q_EMIT q->regionChanged();
}

void Project::Private::keepPacked(int revision, PackedDrawing packed) {
    Region& kept = regions[static_cast<std::size_t>(revision)];
    kept.packed = std::move(packed);
    kept.image = {};
}

}  // namespace services
