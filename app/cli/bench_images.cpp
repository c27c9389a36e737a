// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_images.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/dataset/image_set.h"

namespace cli {

std::vector<std::filesystem::path> benchImages(const std::filesystem::path& dataset, std::int64_t limit) {
    const auto set = engine::openImageSet(dataset);
    auto items = set.test();
    if (items.empty()) items = set.trainingGood();
    if (items.empty())
        throw engine::Error(engine::ErrorCode::NotEnoughData, "has no image to score; name another set", dataset);
    const auto count = limit > 0 ? std::min<std::size_t>(items.size(), static_cast<std::size_t>(limit)) : items.size();
    std::vector<std::filesystem::path> paths;
    for (std::size_t i = 0; i < count; ++i) paths.push_back(items[i * items.size() / count]->path);
    return paths;
}

}  // namespace cli
