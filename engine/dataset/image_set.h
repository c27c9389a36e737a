// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

enum class Split { Train, Test };
enum class Label { Good, Defect, Unlabelled };

struct ImageItem {
    std::filesystem::path path;
    std::string name;  // relative to the set's root, '/' between folders; unique in the set
    Split split = Split::Test;
    Label label = Label::Unlabelled;
    std::string defectType;      // folder or list label of a defect, such as "scratch"; empty otherwise
    std::filesystem::path mask;  // ground truth; empty if there is none
};

enum class Layout {
    Mvtec,         // train/good, test/<type>, ground_truth/<type>/<stem>_mask.png (or <stem>.png, or the same name)
    GoodAndTypes,  // good/ (or ok/, normal/) beside one or more defect folders
    Flat,          // a folder of images, taken as good ones for training
    List,          // a CSV file: path,split,label,mask
};

std::string_view nameOf(Layout layout);
std::string_view nameOf(Split split);
std::string_view nameOf(Label label);

struct ImageSet {
    std::filesystem::path root;
    Layout layout = Layout::Flat;
    std::vector<ImageItem> items;       // sorted by name, byte order: the same everywhere
    std::vector<std::string> warnings;  // one line each: a mask without an image, a folder skipped, a link loop

    std::vector<const ImageItem*> trainingGood() const;
    std::vector<const ImageItem*> test() const;
};

// Recognises the layout and lists the set; no image is decoded. In GoodAndTypes all good images are for training,
// and for testing only the defects (split = Test) exist. Symlinks are followed, loops are noticed, hidden files and
// unknown endings are passed over.
// CSV: RFC 4180 with a header; `path` relative to the list's folder; split train|test; label good|unlabelled|<type>;
// mask may be empty. Throws Error: NotFound, Unreadable, Corrupt (a bad list, naming the line), InvalidArgument
// (another kind of file), NotEnoughData (no image at all).
ImageSet openImageSet(const std::filesystem::path& path);

// Images below a folder, recursive, sorted by name; or the one file itself. Throws as openImageSet.
std::vector<std::filesystem::path> listImages(const std::filesystem::path& path);

}  // namespace engine
