// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/train_request.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace services {

engine::FitParameters toFitParameters(const TrainRequest& request, const QImage& region) {
    engine::FitParameters parameters;
    parameters.method = request.method.toStdString();
    parameters.backbone.name = request.backbone.toStdString();
    parameters.backbone.stages = request.stages;
    parameters.backbone.device = request.device.toStdString();
    parameters.backbone.precision = request.precision;
    parameters.partner = parameters.backbone;
    parameters.partner.name = request.partner.toStdString();
    parameters.preprocess.sizePx = request.sizePx;
    parameters.preprocess.fitMode = request.fitMode;
    if (request.useRegion) parameters.region = regionOf(region);
    parameters.settings = request.settings;
    if (parameters.method == "patchcore") {
        engine::PatchCoreParameters coreset;
        coreset.coresetShare = request.coresetShare;
        coreset.coresetCount = request.coresetCount;
        parameters.settings["coreset"] = coreset.settings().at("coreset");
    }
    parameters.limit = request.limit;
    parameters.seed = request.seed;
    parameters.memoryBudgetBytes = request.memoryBudgetBytes;
    return parameters;
}

engine::ImageSet imageSetOf(const std::vector<ImageRecord>& images, const QString& root) {
    engine::ImageSet set;
    set.root = pathOf(root);
    set.items.reserve(images.size());
    for (const ImageRecord& image : images) {
        engine::ImageItem item;
        item.path = pathOf(image.path);
        item.name = image.name.toStdString();
        item.split = image.split;
        item.label = image.label;
        item.defectType = image.defectType.toStdString();
        item.mask = pathOf(image.mask);
        set.items.push_back(std::move(item));
    }
    std::sort(set.items.begin(), set.items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return set;
}

engine::Region regionOf(const QImage& region) {
    if (region.isNull()) return {};
    const QImage gray = region.convertToFormat(QImage::Format_Grayscale8);
    cv::Mat mask(gray.height(), gray.width(), CV_8UC1);
    for (int y = 0; y < gray.height(); ++y) std::copy_n(gray.constScanLine(y), gray.width(), mask.ptr(y));
    return engine::Region(mask);
}

}  // namespace services
