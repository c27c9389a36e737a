// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/folder_walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace engine {

namespace {

namespace fs = std::filesystem;

struct Listing {
    std::vector<std::string> folders;
    std::vector<std::string> images;
};

using FolderIdentity = std::pair<dev_t, ino_t>;

FolderIdentity identityOf(const fs::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return {};
    return {status.st_dev, status.st_ino};
}

[[noreturn]] void failToList(const std::error_code& error, const fs::path& folder) {
    if (error == std::errc::no_such_file_or_directory)
        throw Error(ErrorCode::NotFound, "does not exist; check the path", folder);
    if (error == std::errc::not_a_directory)
        throw Error(ErrorCode::Unreadable, "is a file; name a folder of images", folder);
    throw Error(ErrorCode::Unreadable, "cannot be listed (" + error.message() + "); change its permissions", folder);
}

Listing list(const fs::path& folder) {
    std::error_code error;
    Listing listing;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::string name = entry->path().filename().string();
        if (name.starts_with('.')) continue;
        std::error_code broken;
        if (entry->is_directory(broken))
            listing.folders.push_back(std::move(name));
        else if (hasImageExtension(entry->path()) && entry->is_regular_file(broken))
            listing.images.push_back(std::move(name));
    }
    if (error) failToList(error, folder);
    std::sort(listing.folders.begin(), listing.folders.end());
    std::sort(listing.images.begin(), listing.images.end());
    return listing;
}

class Walk {
public:
    explicit Walk(std::vector<std::string>& warnings) : m_warnings(warnings) {}

    void enter(const fs::path& folder, const std::string& prefix) {
        m_entered.insert(identityOf(folder));
        const Listing listing = list(folder);
        for (const std::string& name : listing.images) m_images.push_back({prefix + name, folder / name});
        for (const std::string& name : listing.folders) enterSubFolder(folder / name, prefix + name + '/');
    }

    std::vector<FoundImage> take() {
        std::sort(m_images.begin(), m_images.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        return std::move(m_images);
    }

private:
    void enterSubFolder(const fs::path& folder, const std::string& prefix) {
        if (m_entered.contains(identityOf(folder))) {
            m_warnings.push_back(displayPath(folder) + ": links to a folder that is listed already; skipped");
            return;
        }
        try {
            enter(folder, prefix);
        } catch (const Error& error) {
            m_warnings.push_back(std::string(error.what()) + "; skipped");
        }
    }

    std::vector<std::string>& m_warnings;
    std::vector<FoundImage> m_images;
    std::set<FolderIdentity> m_entered;
};

}  // namespace

std::vector<FoundImage> findImages(const fs::path& folder, std::vector<std::string>& warnings) {
    Walk walk(warnings);
    walk.enter(folder, "");
    return walk.take();
}

std::vector<std::string> subFolders(const fs::path& folder) {
    return list(folder).folders;
}

std::vector<FoundImage> imagesDirectlyIn(const fs::path& folder) {
    std::vector<FoundImage> found;
    for (std::string& name : list(folder).images) {
        fs::path path = folder / name;
        found.push_back({std::move(name), std::move(path)});
    }
    return found;
}

std::string lowerCase(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

}  // namespace engine
