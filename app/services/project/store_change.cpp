// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/store_change.h"

#include <QDir>
#include <cmath>

#include "app/services/project/doubles.h"
#include "app/services/project/drawing.h"
#include "app/services/project/operating_point_json.h"
#include "app/services/project/project_store.h"

namespace services {

namespace {

void setProjectValue(Connection& connection, const QString& key, const QString& value) {
    Statement(connection, QStringLiteral("INSERT INTO project (key, value) VALUES (?, ?)"
                                         " ON CONFLICT (key) DO UPDATE SET value = excluded.value"))
        .run(key, value);
}

QVariant orNull(const QString& text) {
    return text.isEmpty() ? QVariant() : QVariant(text);
}

}  // namespace

struct ChangeWriter::Audit {
    Audit(Connection& connection, qint64 when, const QString& user)
        : whenMs(when),
          who(user),
          insert(connection, QStringLiteral("INSERT INTO audit (when_ms, who, what, subject, before, after)"
                                            " VALUES (?, ?, ?, ?, ?, ?)")) {}

    void add(const char* what, const QString& subject, const QString& from, const QString& to) {
        insert.run(whenMs, who, QString::fromLatin1(what), subject, from, to);
    }

    qint64 whenMs;
    QString who;
    Statement insert;
};

QString describe(const LabelValue& value) {
    const std::string_view name = engine::nameOf(value.label);
    const QString label = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    return value.defectType.isEmpty() ? label : QStringLiteral("%1: %2").arg(label, value.defectType);
}

ChangeWriter::ChangeWriter(QString folder, QString who) : m_folder(std::move(folder)), m_who(std::move(who)) {}

void ChangeWriter::write(Connection& connection, const Change& change) {
    const auto writeFile = [this](const QString& name, const QImage& drawing) {
        if (drawing.isNull() || m_pixels.contains(name)) return;
        QDir(m_folder).mkdir(QStringLiteral("masks"));  // not mkpath: a folder that has vanished stays so
        writeDrawing(drawingFile(m_folder, name), drawing);
        m_pixels[name] = pixelsInside(drawing);
    };
    if (const auto* mask = std::get_if<MaskChange>(&change.what)) writeFile(mask->file, mask->drawing);
    if (const auto* region = std::get_if<RegionChange>(&change.what)) writeFile(region->file, region->drawing);

    Transaction transaction(connection);
    {
        Audit audit(connection, change.whenMs, m_who);
        std::visit([&](const auto& what) { rows(connection, audit, what); }, change.what);
    }
    transaction.commit();
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const LabelsChange& change) {
    Statement update(connection, QStringLiteral("UPDATE image SET label = ?, defect_type = ? WHERE id = ?"));
    for (const auto& image : change.images) {
        update.run(static_cast<int>(image.to.label), orNull(image.to.defectType), image.id);
        audit.add("label", image.name, describe(image.from), describe(image.to));
    }
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const OperatingPointChange& change) {
    const QString point = toJson(change.to);
    Statement(connection, QStringLiteral("UPDATE model SET operating_point = ? WHERE id = ?")).run(point, change.model);
    audit.add("operating point", change.name, toJson(change.from), point);
}

QString ChangeWriter::drawn(const QString& file) {
    if (!m_pixels.contains(file)) m_pixels[file] = pixelsInside(readDrawing(drawingFile(m_folder, file)));
    return QStringLiteral("drawn, %1 pixels").arg(m_pixels[file]);
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const MaskChange& change) {
    Statement before(connection, QStringLiteral("SELECT drawn_mask, mask FROM image WHERE id = ?"));
    if (!before.run(change.image).next()) return;
    const QString imported = before.text(1).isEmpty() ? QStringLiteral("none") : QStringLiteral("ground truth");
    const auto text = [&](const QString& file) { return file.isEmpty() ? imported : drawn(file); };
    Statement(connection, QStringLiteral("UPDATE image SET drawn_mask = ? WHERE id = ?"))
        .run(orNull(change.file), change.image);
    audit.add("mask", change.name, text(before.text(0)), text(change.file));
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const RegionChange& change) {
    const QString before =
        connection.value(QStringLiteral("SELECT value FROM project WHERE key = 'region'")).toString();
    const auto text = [&](const QString& file) { return file.isEmpty() ? QStringLiteral("everything") : drawn(file); };
    setProjectValue(connection, QStringLiteral("region"), change.file);
    audit.add("region", {}, text(before), text(change.file));
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const ModelChange& change) {
    const ModelRecord& model = change.model;
    const QString relative = QDir(m_folder).relativeFilePath(model.file);
    Statement(connection,
              QStringLiteral("INSERT INTO model (id, file, name, method, created_ms, map_low, map_high, folds,"
                             " good_scores, good_map_maxima, operating_point, fit_s, sixteen_bit_low, sixteen_bit_high)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
        .run(model.id, relative.startsWith(QLatin1String("../")) ? model.file : relative, model.name, model.method,
             model.created.toMSecsSinceEpoch(), model.mapLow, model.mapHigh, model.folds, toBytes(model.goodScores),
             toBytes(model.goodMapMaxima), toJson(model.operatingPoint),
             model.fitSeconds ? QVariant(*model.fitSeconds) : QVariant(), model.sixteenBitLow, model.sixteenBitHigh);
    setProjectValue(connection, QStringLiteral("current_model"), QString::number(model.id));
    audit.add("model", model.name, {}, QStringLiteral("added"));
}

void ChangeWriter::rows(Connection& connection, Audit&, const ImageTimesChange& change) {
    Statement(connection, QStringLiteral("UPDATE model SET image_times_ms = ? WHERE id = ?"))
        .run(toBytes(change.medians), change.model);
}

void ChangeWriter::rows(Connection& connection, Audit& audit, const CurrentModelChange& change) {
    setProjectValue(connection, QStringLiteral("current_model"), QString::number(change.model));
    audit.add("model", change.name, change.from, QStringLiteral("current"));
}

void ChangeWriter::rows(Connection& connection, Audit&, const ScoresChange& change) {
    Statement insert(connection, QStringLiteral("INSERT INTO score (model, image, score, failure, modified_ms,"
                                                " size_bytes) VALUES (?, ?, ?, ?, ?, ?)"
                                                " ON CONFLICT (model, image) DO UPDATE"
                                                " SET score = excluded.score, failure = excluded.failure,"
                                                " modified_ms = excluded.modified_ms,"
                                                " size_bytes = excluded.size_bytes"));
    for (const ImageScore& score : change.scores)
        insert.run(change.model, score.image, std::isnan(score.score) ? QVariant() : QVariant(score.score),
                   orNull(score.failure), score.file.modifiedMs, score.file.sizeBytes);
    Statement refresh(connection, QStringLiteral("UPDATE image SET modified_ms = ?, size_bytes = ? WHERE id = ?"));
    for (const auto& [image, file] : change.newFiles) refresh.run(file.modifiedMs, file.sizeBytes, image);
}

}  // namespace services
