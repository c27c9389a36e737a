// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/image_set_digest.h"

#include <map>

#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace services {

namespace {

std::string digestOf(const std::filesystem::path& path) {
    try {
        return engine::sha256OfFile(path);
    } catch (const engine::Error&) {
        return "unreadable";
    }
}

}  // namespace

std::string nameOf(const engine::ImageSet& set) {
    const auto root = set.root.lexically_normal();
    return (root.has_filename() ? root : root.parent_path()).filename().string();
}

std::string imageSetDigest(const engine::ImageSet& set, const engine::Evaluation& evaluation) {
    std::map<std::string_view, std::string_view> known;
    for (const engine::ImageResult& image : evaluation.images) known[image.name] = image.sha256;
    engine::Sha256 sha;
    for (const engine::ImageItem* item : set.test()) {
        const auto found = known.find(item->name);
        const bool has = found != known.end() && !found->second.empty();
        sha.update((has ? std::string(found->second) : digestOf(item->path)) + "  " + item->name + "\n");
    }
    return sha.hex();
}

}  // namespace services
