// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "app/services/project/project_private.h"

namespace services {

void setScores(std::vector<ImageRecord>& images, const std::vector<ImageScore>& scores) {
    QHash<ImageId, const ImageScore*> byImage;
    byImage.reserve(static_cast<qsizetype>(scores.size()));
    for (const ImageScore& score : scores) byImage.insert(score.image, &score);  // of two, the later one counts
    for (ImageRecord& image : images) {
        const ImageScore* score = byImage.value(image.id);
        image.score = score == nullptr ? std::numeric_limits<double>::quiet_NaN() : score->score;
        image.failure = score == nullptr ? QString() : score->failure;
        image.scoredFile = score == nullptr ? FileVersion() : score->file;
    }
}

void Project::Private::clearScores() {
    for (ImageRecord& image : content.images) {
        image.score = std::numeric_limits<double>::quiet_NaN();
        image.failure.clear();
        image.scoredFile = {};
    }
    ++scoresRequest;
}

// What was found since the question was asked is newer than the answer.
void Project::Private::fillScores(quint64 request, std::vector<ImageScore> scores) {
    if (request != scoresRequest) return;
    std::vector<bool> newer(content.images.size());
    for (std::size_t row = 0; row < newer.size(); ++row)
        newer[row] = content.images[row].isScored() || !content.images[row].failure.isEmpty();
    for (ImageScore& score : scores) {
        const int row = store->rows.value(score.image, -1);
        if (row < 0 || newer[static_cast<std::size_t>(row)]) continue;
        ImageRecord& target = content.images[static_cast<std::size_t>(row)];
        target.score = score.score;
        target.failure = std::move(score.failure);
        target.scoredFile = score.file;
    }
    Q_EMIT q->scoresChanged({});
}

QString Project::Private::freeName(const QString& wanted) const {
    const auto taken = [this](const QString& name) {
        return std::any_of(content.models.begin(), content.models.end(),
                           [&](const ModelRecord& model) { return model.name == name; });
    };
    QString name = wanted;
    for (int copy = 2; taken(name); ++copy) name = QStringLiteral("%1 (%2)").arg(wanted).arg(copy);
    return name;
}

void Project::addModel(ModelRecord model) {
    if (isReadOnly()) return;
    model.id = ++d->store->lastModel;
    model.name = d->freeName(model.name);
    if (!model.created.isValid()) model.created = QDateTime::currentDateTimeUtc();
    // NULL in the database, which refuses it: then nothing after it could be written either.
    if (!std::isfinite(model.mapLow) || !std::isfinite(model.mapHigh)) {
        model.mapLow = 0;
        model.mapHigh = 1;
    }
    d->content.models.push_back(model);
    d->content.currentModel = model.id;
    d->preview.reset();
    d->clearScores();
    d->write(ModelChange{std::move(model)});
    Q_EMIT modelsChanged();
    Q_EMIT currentModelChanged();
    Q_EMIT operatingPointChanged();
    Q_EMIT scoresChanged({});
}

void Project::setCurrentModel(ModelId id) {
    const ModelRecord* next = d->model(id);
    if (id == d->content.currentModel || next == nullptr) return;
    const ModelRecord* previous = d->current();
    if (!isReadOnly()) d->write(CurrentModelChange{id, next->name, previous == nullptr ? QString() : previous->name});
    d->content.currentModel = id;
    d->preview.reset();
    d->clearScores();
    d->writer->readScores(id, [this, request = d->scoresRequest](std::vector<ImageScore> scores) {
        QMetaObject::invokeMethod(
            this, [this, request, scores = std::move(scores)]() mutable { d->fillScores(request, std::move(scores)); },
            Qt::QueuedConnection);
    });
    Q_EMIT currentModelChanged();
    Q_EMIT operatingPointChanged();
    Q_EMIT scoresChanged({});
}

void Project::addScores(ModelId model, const std::vector<ImageScore>& scores) {
    if (d->model(model) == nullptr) return;
    ScoresChange change{model, {}, {}};
    change.scores.reserve(scores.size());
    QVector<int> rows;
    for (const ImageScore& score : scores) {
        ImageRecord* image = d->image(score.image);
        if (image == nullptr) continue;
        change.scores.push_back(score);
        if (!score.file.isKnown()) change.scores.back().file = image->file;
        if (const FileVersion& file = change.scores.back().file; file != image->file) {
            change.newFiles.emplace_back(image->id, file);
            image->file = file;
        }
        if (model != d->content.currentModel) continue;
        image->score = score.score;
        image->failure = score.failure;
        image->scoredFile = image->file;
        rows.push_back(rowOf(score.image));
    }
    if (!isReadOnly() && !change.scores.empty()) d->write(std::move(change));
    if (!rows.isEmpty()) Q_EMIT scoresChanged(rows);
    Q_EMIT scoresAdded(model);
}

void Project::setImageTimes(ModelId id, const engine::StageTimes& medians) {
    ModelRecord* model = d->model(id);
    if (isReadOnly() || model == nullptr) return;
    model->imageTimes = medians;
    d->write(ImageTimesChange{id, medians});
    Q_EMIT modelsChanged();
}

}  // namespace services
