// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/read_content.h"

#include <QDir>
#include <QSet>

#include "app/services/project/doubles.h"
#include "app/services/project/operating_point_json.h"
#include "app/services/project/project_errors.h"
#include "app/services/project/project_store.h"

namespace services {

namespace {

constexpr int cancelEvery = 2048;

QHash<QString, QString> readProjectValues(Connection& connection) {
    QHash<QString, QString> values;
    Statement select(connection, QStringLiteral("SELECT key, value FROM project"));
    select.run();
    while (select.next()) values.insert(select.text(0), select.text(1));
    return values;
}

void readImages(Connection& connection, ProjectStore& store, ProjectContent& content,
                const engine::RunContext& context) {
    const qint64 total = connection.value(QStringLiteral("SELECT count(*) FROM image")).toLongLong();
    content.images.reserve(static_cast<std::size_t>(total));
    store.rows.reserve(static_cast<int>(total));
    QSet<QString> types;  // one string in memory for all the images that share it
    Statement select(connection, QStringLiteral("SELECT id, name, split, label, modified_ms, size_bytes, path,"
                                                " defect_type, mask, drawn_mask FROM image ORDER BY name"));
    select.run();
    while (select.next()) {
        const int row = static_cast<int>(content.images.size());
        if (row % cancelEvery == 0) context.report("open", row, total);
        ImageRecord& image = content.images.emplace_back();
        image.id = select.integer(0);
        image.name = select.text(1);
        const qint64 split = select.integer(2), label = select.integer(3);
        if (split < 0 || split > static_cast<int>(engine::Split::Test) || label < 0 ||
            label > static_cast<int>(engine::Label::Unlabelled) || store.rows.contains(image.id))
            throwDamaged(databaseFile(store.folder), QStringLiteral("image %1").arg(image.id));
        image.split = static_cast<engine::Split>(split);
        image.label = static_cast<engine::Label>(label);
        image.file = {select.integer(4), select.integer(5)};
        image.path = select.text(6);
        if (image.path.isEmpty()) image.path = content.imageRoot + QLatin1Char('/') + image.name;
        if (const QString type = select.text(7); !type.isEmpty() && image.label == engine::Label::Defect) {
            image.defectType = *types.insert(type);
            ++store.defectTypes[image.defectType];
        }
        image.mask = select.text(8);
        if (const QString drawn = select.text(9); !drawn.isEmpty()) {
            image.maskEdited = true;
            store.drawnMasks.insert(image.id, drawn);
        }
        store.rows.insert(image.id, row);
    }
}

ModelRecord readModel(const Statement& select, const QString& folder) {
    ModelRecord model;
    model.id = select.integer(0);
    model.file = QDir(folder).absoluteFilePath(select.text(1));
    model.name = select.text(2);
    model.method = select.text(3);
    model.created = QDateTime::fromMSecsSinceEpoch(select.integer(4), Qt::UTC);
    model.mapLow = select.value(5).toDouble();
    model.mapHigh = select.value(6).toDouble();
    model.folds = static_cast<int>(select.integer(7));
    auto scores = doublesFrom(select.value(8).toByteArray());
    auto maxima = doublesFrom(select.value(9).toByteArray());
    auto point = operatingPointFromJson(select.text(10));
    if (!scores || !maxima || !point) throwDamaged(databaseFile(folder), QStringLiteral("model %1").arg(model.id));
    model.goodScores = std::move(*scores);
    model.goodMapMaxima = std::move(*maxima);
    model.operatingPoint = std::move(*point);
    if (const QVariant seconds = select.value(11); !seconds.isNull()) model.fitSeconds = seconds.toDouble();
    model.imageTimes = stageTimesFrom(select.value(12).toByteArray());
    model.sixteenBitLow = select.value(13).toDouble();
    model.sixteenBitHigh = select.value(14).toDouble();
    return model;
}

void readModels(Connection& connection, ProjectStore& store, ProjectContent& content) {
    Statement select(connection, QStringLiteral("SELECT id, file, name, method, created_ms, map_low, map_high, folds,"
                                                " good_scores, good_map_maxima, operating_point, fit_s, image_times_ms,"
                                                " sixteen_bit_low, sixteen_bit_high FROM model ORDER BY id"));
    select.run();
    while (select.next()) content.models.push_back(readModel(select, content.folder));
    store.lastModel =
        connection.value(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = 'model'")).toLongLong();
}

}  // namespace

void readContent(Connection& connection, ProjectStore& store, ProjectContent& content,
                 const engine::RunContext& context) {
    const QHash<QString, QString> values = readProjectValues(connection);
    store.uuid = values.value(QStringLiteral("uuid"));
    content.name = values.value(QStringLiteral("name"));
    content.imageRoot = values.value(QStringLiteral("image_root"));
    store.regionFile = values.value(QStringLiteral("region"));
    if (store.uuid.isEmpty() || content.imageRoot.isEmpty())
        throwDamaged(databaseFile(store.folder), QStringLiteral("no name or image folder"));
    readImages(connection, store, content, context);
    readModels(connection, store, content);
    const ModelId current = values.value(QStringLiteral("current_model")).toLongLong();
    for (const ModelRecord& model : content.models)
        if (model.id == current) content.currentModel = current;
    if (content.currentModel == 0) return;
    for (ImageScore& score : readScores(connection, content.currentModel)) {
        const auto row = store.rows.constFind(score.image);
        if (row == store.rows.constEnd()) continue;
        ImageRecord& image = content.images[static_cast<std::size_t>(*row)];
        image.score = score.score;
        image.failure = std::move(score.failure);
        image.scoredFile = score.file;
    }
    context.checkCancelled();
}

std::vector<ImageScore> readScores(Connection& connection, ModelId model) {
    std::vector<ImageScore> scores;
    Statement select(connection, QStringLiteral("SELECT image, score, failure, modified_ms, size_bytes"
                                                " FROM score WHERE model = ?"));
    select.run(model);
    while (select.next()) {
        const QVariant score = select.value(1);
        scores.push_back({select.integer(0),
                          score.isNull() ? std::numeric_limits<double>::quiet_NaN() : score.toDouble(),
                          select.text(2),
                          {select.integer(3), select.integer(4)}});
    }
    return scores;
}

QVector<AuditEntry> readHistory(Connection& connection, const QString& what, int limit) {
    const QString filter = what.isEmpty() ? QString() : QStringLiteral("WHERE what = ? ");
    Statement select(connection, QStringLiteral("SELECT id, when_ms, who, what, subject, before, after FROM audit ") +
                                     filter + QStringLiteral("ORDER BY id DESC LIMIT ?"));
    if (what.isEmpty())
        select.run(limit);
    else
        select.run(what, limit);
    QVector<AuditEntry> entries;
    while (select.next()) {
        AuditEntry entry;
        entry.id = select.integer(0);
        entry.when = QDateTime::fromMSecsSinceEpoch(select.integer(1), Qt::UTC);
        entry.who = select.text(2);
        entry.what = select.text(3);
        entry.subject = select.text(4);
        entry.from = select.text(5);
        entry.to = select.text(6);
        if (entry.what == QLatin1String("operating point")) {
            // Kept whole; people want to see the cuts.
            for (QString* side : {&entry.from, &entry.to})
                if (const auto point = operatingPointFromJson(*side)) *side = describe(*point);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace services
