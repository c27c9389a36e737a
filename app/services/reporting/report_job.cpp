// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/report_job.h"

#include <algorithm>

#include "app/services/inspection/operating_point_file.h"
#include "app/services/inspection/train_request.h"
#include "app/services/project/operating_point_json.h"
#include "app/services/report/compose.h"
#include "app/services/report/image_set_digest.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace services {

namespace {

// As people read it, in the zone in which the report is made.
std::string whenOf(const QDateTime& when) {
    const QDateTime local = when.toLocalTime();
    return Timestamp{local.toSecsSinceEpoch(), local.offsetFromUtc() / 60}.people();
}

std::vector<CutChange> historyOf(const QVector<AuditEntry>& entries, const ModelRecord& model) {
    std::vector<CutChange> changes;
    for (const AuditEntry& entry : entries)
        if (entry.subject == model.name)
            changes.push_back({whenOf(entry.when), entry.who.toStdString(), entry.to.toStdString()});
    std::reverse(changes.begin(), changes.end());
    // What training chose is nobody's change; it is what the first one began from.
    if (!changes.empty()) {
        const auto first = std::find_if(entries.rbegin(), entries.rend(),
                                        [&](const AuditEntry& entry) { return entry.subject == model.name; });
        if (!first->from.isEmpty())
            changes.insert(changes.begin(), {whenOf(model.created), "training", first->from.toStdString()});
    } else if (model.operatingPoint.fail) {
        changes.push_back({whenOf(model.created), "training", describe(model.operatingPoint).toStdString()});
    }
    return changes;
}

engine::ModelInfo infoOf(const ReportSource& source) {
    const ModelRecord& record = source.model.record;
    if (!source.readOnly) return bringIntoFile(record.operatingPoint, pathOf(record.file));
    engine::ModelInfo info = engine::readModelInfo(pathOf(record.file));
    info.operatingPoint = record.operatingPoint;
    return info;
}

}  // namespace

std::unique_ptr<ReportFiles> writeProjectReport(const ReportRequest& request, const ReportSource& source,
                                                const MapStore& maps, EngineState& engine,
                                                const engine::RunContext& context) {
    const StoredModel& model = source.model;
    auto files =
        std::make_unique<ReportFiles>(request.folder, request.name, request.formats, ReportFiles::Existing::Keep);
    const engine::ModelInfo info = infoOf(source);
    const engine::Region region = engine::readModelRegion(pathOf(model.record.file));
    const engine::Evaluation evaluation = evaluateStored(model, info, region, maps, {}, context);
    ReportPictures pictures(info);
    const bool shown = std::any_of(request.formats.begin(), request.formats.end(), [](ReportFormat format) {
        return format == ReportFormat::Pdf || format == ReportFormat::Html;
    });
    if (shown)
        StoredPictures(model, region, maps, engine)
            .gather(picturedImages(evaluation, request.pictures), pictures, context);

    const engine::ImageSet set = imageSetOf(model.images, model.imageRoot);
    ReportContent content;
    content.datasetName = nameOf(set);
    content.datasetSha256 = imageSetDigest(set, evaluation);
    content.modelName = pathOf(model.record.file).filename().string();
    content.modelSha256 = engine::sha256OfFile(pathOf(model.record.file));
    content.title = request.title.isEmpty() ? content.datasetName + " by " + model.record.name.toStdString()
                                            : request.title.toStdString();
    content.author = request.author.toStdString();
    content.created = timestampNow();
    content.model = &info;
    content.evaluation = &evaluation;
    content.pictures = &pictures;
    content.hasMap = evaluation.hasMap;
    content.history = historyOf(source.history, model.record);
    files->write(composeReport(content), request.paper, context);
    return files;
}

}  // namespace services
