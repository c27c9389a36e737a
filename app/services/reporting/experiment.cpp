// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCryptographicHash>
#include <QFileInfo>

#include "app/services/inspection/train_request.h"
#include "app/services/reporting/experiments.h"
#include "engine/core/error.h"

namespace services {

namespace {

void add(QCryptographicHash& hash, const void* data, std::size_t size) {
    hash.addData(QByteArrayView(static_cast<const char*>(data), static_cast<qsizetype>(size)));
}

// Labels, scores and masks of the test images: what its metrics depend on, the cuts aside.
QByteArray basisOf(const StoredModel& model) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const ImageRecord& image : model.images) {
        if (image.split != engine::Split::Test) continue;
        add(hash, &image.id, sizeof image.id);
        add(hash, &image.label, sizeof image.label);
        add(hash, &image.score, sizeof image.score);
        const qint64 masked = image.mask.isEmpty() ? 0 : QFileInfo(image.mask).lastModified().toMSecsSinceEpoch();
        add(hash, &masked, sizeof masked);
        for (const QString* text : {&image.defectType, &image.mask, &image.failure})
            hash.addData(text->toUtf8().append('\0'));
    }
    return hash.result();
}

// Of the images with a label, those on the wrong side of the cut.
std::optional<engine::Rate> wrong(const engine::Evaluation& evaluation, engine::Label label,
                                  const std::optional<double>& cut) {
    if (!cut) return std::nullopt;
    std::int64_t count = 0;
    for (const engine::ImageResult& image : evaluation.images)
        count += image.label == label && (image.score >= *cut) == (label == engine::Label::Good) ? 1 : 0;
    return engine::rate(count, label == engine::Label::Good ? evaluation.good : evaluation.defect);
}

engine::Evaluation evaluationOf(const StoredModel& model, engine::ModelInfo info, const MapStore& maps,
                                const engine::RunContext& context) {
    info.operatingPoint = {};  // what the cuts do is quickly counted; its boxes are not wanted
    const engine::Region region = engine::readModelRegion(pathOf(model.record.file));
    return evaluateStored(model, info, region, maps, {.digests = false, .pixels = true}, context);
}

}  // namespace

Experiment workOut(const StoredModel& model, const Experiment& before, const MapStore& maps,
                   const engine::RunContext& context) {
    Experiment experiment;
    experiment.record = model.record;
    try {
        const auto file = pathOf(model.record.file);
        experiment.info = std::make_shared<engine::ModelInfo>(engine::readModelInfo(file));
        experiment.bytes = QFileInfo(model.record.file).size();
        auto images = std::make_shared<std::map<std::string, ImageId>>();
        for (const ImageRecord& image : model.images) {
            if (image.split != engine::Split::Test) continue;
            images->emplace(image.name.toStdString(), image.id);
            if (!image.isScored() && image.failure.isEmpty()) ++experiment.unscored;
        }
        experiment.images = std::move(images);
        experiment.basis = basisOf(model);
        const bool same = before.evaluation && before.basis == experiment.basis;
        experiment.evaluation =
            same ? before.evaluation
                 : std::make_shared<const engine::Evaluation>(evaluationOf(model, *experiment.info, maps, context));
        const auto& cut = model.record.operatingPoint.fail;
        experiment.falseRejects = wrong(*experiment.evaluation, engine::Label::Good, cut);
        experiment.escapes = wrong(*experiment.evaluation, engine::Label::Defect, cut);
    } catch (const engine::Error& error) {
        experiment = {};
        experiment.record = model.record;
        experiment.fault = QString::fromUtf8(error.what());
    }
    return experiment;
}

}  // namespace services
