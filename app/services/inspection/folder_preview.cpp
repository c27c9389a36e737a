// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/folder_preview.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "app/services/inspection/train_request.h"

namespace services {

namespace {

constexpr int samples = 5;

QString sentence(engine::Layout layout) {
    const auto text = [](const char* words) { return QCoreApplication::translate("ImageSetPreview", words); };
    switch (layout) {
        case engine::Layout::Mvtec:
            return text(QT_TRANSLATE_NOOP("ImageSetPreview", "Folders for training and testing, as in MVTec's sets"));
        case engine::Layout::GoodAndTypes:
            return text(QT_TRANSLATE_NOOP("ImageSetPreview", "A folder of good images beside folders of defects"));
        case engine::Layout::Flat:
            return text(QT_TRANSLATE_NOOP("ImageSetPreview", "One folder of images, taken as good ones for training"));
        case engine::Layout::List:
            break;
    }
    return text(QT_TRANSLATE_NOOP("ImageSetPreview", "A list of images in a CSV file"));
}

// Round and round through the groups, so that each kind is seen before a second of any.
QStringList sampleOf(const std::map<QString, std::vector<const engine::ImageItem*>>& groups) {
    QStringList paths;
    for (std::size_t round = 0; paths.size() < samples; ++round) {
        bool any = false;
        for (const auto& [name, items] : groups) {
            if (round >= items.size() || paths.size() >= samples) continue;
            // Evenly spread over the group: neighbours in a folder look alike.
            const std::size_t index = std::min(items.size() - 1, round * std::max<std::size_t>(1, items.size() / 5));
            paths.append(QString::fromStdString(items[index]->path.string()));
            any = true;
        }
        if (!any) break;
    }
    return paths;
}

}  // namespace

ImageSetPreview previewFolder(const QString& path, const engine::RunContext& context) {
    context.checkCancelled();
    ImageSetPreview preview;
    preview.set = engine::openImageSet(pathOf(path));
    context.checkCancelled();
    preview.layout = sentence(preview.set.layout);
    std::map<QString, int> types;
    std::map<QString, std::vector<const engine::ImageItem*>> groups;
    for (const engine::ImageItem& item : preview.set.items) {
        if (!item.mask.empty()) ++preview.masks;
        const auto type = QString::fromStdString(item.defectType);
        switch (item.label) {
            case engine::Label::Good:
                ++(item.split == engine::Split::Train ? preview.trainGood : preview.testGood);
                groups[QStringLiteral("0")].push_back(&item);
                break;
            case engine::Label::Defect:
                ++types[type];
                groups[QStringLiteral("1") + type].push_back(&item);
                break;
            case engine::Label::Unlabelled:
                ++preview.unlabelled;
                groups[QStringLiteral("2")].push_back(&item);
                break;
        }
    }
    for (const auto& [type, images] : types) preview.defectTypes.append({type, images});
    preview.samples = sampleOf(groups);
    for (const std::string& warning : preview.set.warnings) preview.warnings.append(QString::fromStdString(warning));
    return preview;
}

}  // namespace services
