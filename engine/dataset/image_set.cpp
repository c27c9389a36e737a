// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/image_set.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "engine/core/error.h"
#include "engine/dataset/folder_layouts.h"
#include "engine/dataset/folder_walk.h"
#include "engine/dataset/image_list.h"
#include "engine/image/decode.h"

namespace engine {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> layoutNames{"mvtec", "good-and-types", "flat", "list"};
constexpr std::array<std::string_view, 2> splitNames{"train", "test"};
constexpr std::array<std::string_view, 3> labelNames{"good", "defect", "unlabelled"};

template <typename Condition>
std::vector<const ImageItem*> itemsWhere(const std::vector<ImageItem>& items, Condition condition) {
    std::vector<const ImageItem*> chosen;
    for (const ImageItem& item : items)
        if (condition(item)) chosen.push_back(&item);
    return chosen;
}

// Follows links. Throws for what is not there and for what links to itself.
fs::file_status statusOf(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorCode::NotFound, "does not exist; check the path", path);
    if (error == std::errc::too_many_symbolic_link_levels)
        throw Error(ErrorCode::Unreadable, "is a loop of links; link to the folder itself", path);
    if (error)
        throw Error(ErrorCode::Unreadable, "cannot be read (" + error.message() + "); change its permissions", path);
    return status;
}

}  // namespace

std::string_view nameOf(Layout layout) {
    return layoutNames[static_cast<std::size_t>(layout)];
}

std::string_view nameOf(Split split) {
    return splitNames[static_cast<std::size_t>(split)];
}

std::string_view nameOf(Label label) {
    return labelNames[static_cast<std::size_t>(label)];
}

std::vector<const ImageItem*> ImageSet::trainingGood() const {
    return itemsWhere(items, [](const auto& item) { return item.split == Split::Train && item.label == Label::Good; });
}

std::vector<const ImageItem*> ImageSet::test() const {
    return itemsWhere(items, [](const auto& item) { return item.split == Split::Test; });
}

ImageSet openImageSet(const fs::path& path) {
    const bool isFolder = fs::is_directory(statusOf(path));
    if (!isFolder && lowerCase(path.extension().string()) != ".csv")
        throw Error(ErrorCode::InvalidArgument, "is a file, not an image set; name a folder of images or a CSV list",
                    path);
    ImageSet set = isFolder ? openFolder(path) : openList(path);
    if (set.items.empty())
        throw Error(ErrorCode::NotEnoughData, std::string("holds no image; ") + recognisedLayouts, path);
    std::sort(set.items.begin(), set.items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return set;
}

std::vector<fs::path> listImages(const fs::path& path) {
    if (!fs::is_directory(statusOf(path))) return {path};
    std::vector<std::string> warnings;
    std::vector<fs::path> paths;
    for (FoundImage& image : findImages(path, warnings)) paths.push_back(std::move(image.path));
    if (paths.empty())
        throw Error(ErrorCode::NotEnoughData, "holds no image (PNG, JPEG, BMP, TIFF, WebP); name another folder", path);
    return paths;
}

}  // namespace engine
