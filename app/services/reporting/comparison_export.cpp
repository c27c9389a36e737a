// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/comparison_export.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "app/services/inspection/train_request.h"
#include "app/services/report/compose_comparison.h"
#include "app/services/report/image_set_digest.h"
#include "app/services/reporting/stored_pictures.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace services {

namespace {

void gatherPictures(ComparisonContent& content, const ModelComparison& compared, const StoredModel& images,
                    const MapStore& maps, EngineState& engine, const engine::RunContext& context) {
    std::vector<std::string> names;
    for (const ComparedImage* image : compared.disputed)
        if (names.size() < DisputedPictures::most) names.push_back(image->name);
    const auto spool = std::make_shared<PictureSpool>();
    content.spool = spool;
    for (std::size_t i = 0; i < compared.models.size(); ++i) {
        StoredModel model = images;
        model.record = compared.records[i];
        const engine::Region region = engine::readModelRegion(pathOf(model.record.file));
        ReportPictures pictures(compared.models[i].info, spool);
        StoredPictures(model, region, maps, engine).gather(names, pictures, context);
        for (const auto& [name, picture] : pictures.byName())
            content.pictures[name].add(picture, compared.models[i].name);
    }
}

}  // namespace

std::unique_ptr<ReportFiles> writeComparison(const ComparisonRequest& request, const ModelComparison& compared,
                                             const StoredModel& images, const MapStore& maps, EngineState& engine,
                                             const engine::RunContext& context) {
    const QFileInfo file(request.file);
    const auto format = reportFormatOf(pathOf(request.file));
    if (!format)
        throw engine::Error(
            engine::ErrorCode::InvalidArgument,
            QCoreApplication::translate(
                "Reports", "a comparison is written as .csv, .xlsx, .html or .pdf; give it one of these endings")
                .toStdString(),
            pathOf(request.file));
    auto files = std::make_unique<ReportFiles>(file.absolutePath(), file.completeBaseName(), std::vector{*format},
                                               ReportFiles::Existing::Replace);
    std::vector<ComparedModel> models = compared.models;
    for (std::size_t i = 0; i < models.size(); ++i)
        models[i].sha256 = engine::sha256OfFile(pathOf(compared.records[i].file));
    const Comparison comparison = compare(models);
    const engine::ImageSet set = imageSetOf(images.images, images.imageRoot);
    ComparisonContent content;
    content.datasetName = nameOf(set);
    content.datasetSha256 = imageSetDigest(set, models.front().evaluation);
    content.title = "Models compared on " + content.datasetName;
    content.author = request.author.toStdString();
    content.created = timestampNow();
    content.models = models;
    content.comparison = &comparison;
    if (*format == ReportFormat::Pdf || *format == ReportFormat::Html)
        gatherPictures(content, compared, images, maps, engine, context);
    files->write(composeComparison(content), request.paper, context);
    return files;
}

}  // namespace services
