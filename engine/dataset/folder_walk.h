// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace engine {

struct FoundImage {
    std::string name;  // relative to the folder walked, '/' between folders
    std::filesystem::path path;
};

// The image files below a folder, by name in byte order. Symlinks are followed; every real folder is entered once, so
// that a loop ends. Hidden files, Thumbs.db and unknown endings are passed over; what had to be skipped adds a line to
// `warnings`. Throws Error{NotFound | Unreadable} when the folder itself cannot be read.
std::vector<FoundImage> findImages(const std::filesystem::path& folder, std::vector<std::string>& warnings);

// The names of the folders directly in a folder, in byte order, without hidden ones. Throws likewise.
std::vector<std::string> subFolders(const std::filesystem::path& folder);
// The images directly in a folder.
std::vector<FoundImage> imagesDirectlyIn(const std::filesystem::path& folder);

std::string lowerCase(std::string text);

}  // namespace engine
