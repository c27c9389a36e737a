// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/folder_layouts.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/dataset/folder_walk.h"
#include "engine/dataset/mask_folder.h"

namespace engine {

const char* const recognisedLayouts =
    "expected train/good with test/<type> and ground_truth/<type>, or good/ beside folders of defects, or a folder of "
    "good images, or a CSV list (path,split,label,mask)";

namespace {

namespace fs = std::filesystem;

bool meansGood(const std::string& folder) {
    static constexpr std::array names{"good", "ok", "normal"};
    return std::find(names.begin(), names.end(), lowerCase(folder)) != names.end();
}

// The folder of that name, whatever its case; the exact spelling first.
std::string findFolder(const std::vector<std::string>& folders, const std::string& name) {
    if (std::find(folders.begin(), folders.end(), name) != folders.end()) return name;
    const auto found =
        std::find_if(folders.begin(), folders.end(), [&](const auto& f) { return lowerCase(f) == name; });
    return found == folders.end() ? std::string() : *found;
}

class FolderReader {
public:
    explicit FolderReader(const fs::path& root) {
        m_set.root = root;
        m_folders = subFolders(root);
    }

    ImageSet read() {
        const std::string train = findFolder(m_folders, "train");
        const std::string test = findFolder(m_folders, "test");
        m_masks = findFolder(m_folders, "ground_truth");
        if (!train.empty() || !test.empty())
            readMvtec(train, test);
        else if (std::any_of(m_folders.begin(), m_folders.end(), meansGood))
            readGoodAndTypes();
        else
            readFlat();
        return std::move(m_set);
    }

private:
    void add(const std::vector<FoundImage>& images, const std::string& prefix, Split split, Label label,
             const std::string& type = {}) {
        for (const FoundImage& image : images)
            m_set.items.push_back({image.path, prefix + image.name, split, label, type, {}});
    }

    std::vector<FoundImage> imagesIn(const std::string& folder) {
        return findImages(m_set.root / folder, m_set.warnings);
    }

    void skipped(const std::string& folder, const std::string& why) {
        m_set.warnings.push_back(displayPath(m_set.root / folder) + ": " + why);
    }

    void readMvtec(const std::string& train, const std::string& test) {
        m_set.layout = Layout::Mvtec;
        if (!train.empty()) readTrain(train);
        if (m_set.items.empty())
            for (const std::string& folder : m_folders)
                if (meansGood(folder)) add(imagesIn(folder), folder + '/', Split::Train, Label::Good);
        if (!test.empty()) readTest(test);
        for (const std::string& folder : m_folders)
            if (folder != train && folder != test && folder != m_masks && !meansGood(folder))
                skipped(folder, "is no part of the layout train, test, ground_truth; skipped");
    }

    void readTrain(const std::string& train) {
        for (const std::string& folder : subFolders(m_set.root / train)) {
            const std::string name = train + '/' + folder;
            if (meansGood(folder))
                add(imagesIn(name), name + '/', Split::Train, Label::Good);
            else
                skipped(name, "holds no good images by its name; not used for training");
        }
        const auto loose = imagesDirectlyIn(m_set.root / train);
        if (loose.empty()) return;
        if (m_set.items.empty())
            add(loose, train + '/', Split::Train, Label::Good);
        else
            skipped(train, "has images beside its good folder; they are not used");
    }

    void readTest(const std::string& test) {
        for (const std::string& folder : subFolders(m_set.root / test)) readType(test + '/' + folder, folder);
        add(imagesDirectlyIn(m_set.root / test), test + '/', Split::Test, Label::Unlabelled);
    }

    // One folder of test images; the folder's name is their label.
    void readType(const std::string& folder, const std::string& type) {
        const bool good = meansGood(type);
        const auto images = imagesIn(folder);
        const std::size_t first = m_set.items.size();
        add(images, folder + '/', Split::Test, good ? Label::Good : Label::Defect, good ? std::string() : type);
        if (m_masks.empty() || good) return;
        const fs::path masks = m_set.root / m_masks / type;
        if (std::error_code none; !fs::is_directory(masks, none)) return;
        MaskFolder maskFolder(masks, m_set.warnings);
        for (std::size_t i = 0; i < images.size(); ++i) m_set.items[first + i].mask = maskFolder.maskOf(images[i].name);
        maskFolder.warnOfUnused(m_set.warnings);
    }

    void readGoodAndTypes() {
        m_set.layout = Layout::GoodAndTypes;
        for (const std::string& folder : m_folders) {
            if (folder == m_masks) continue;
            if (meansGood(folder))
                add(imagesIn(folder), folder + '/', Split::Train, Label::Good);
            else
                readType(folder, folder);
        }
        if (!imagesDirectlyIn(m_set.root).empty())
            m_set.warnings.push_back(displayPath(m_set.root) + ": has images beside its folders; they are not used");
    }

    void readFlat() {
        m_set.layout = Layout::Flat;
        const auto images = findImages(m_set.root, m_set.warnings);
        add(images, "", Split::Train, Label::Good);
        const bool nested = std::any_of(images.begin(), images.end(),
                                        [](const auto& image) { return image.name.find('/') != std::string::npos; });
        if (nested)
            m_set.warnings.push_back(displayPath(m_set.root) +
                                     ": has no good folder, so the images of all its folders are taken as good ones");
    }

    ImageSet m_set;
    std::vector<std::string> m_folders;
    std::string m_masks;
};

}  // namespace

ImageSet openFolder(const fs::path& folder) {
    return FolderReader(folder).read();
}

}  // namespace engine
