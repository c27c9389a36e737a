// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/image_list.h"

#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "engine/core/error.h"
#include "engine/dataset/csv.h"
#include "engine/dataset/folder_walk.h"
#include "engine/image/input_file.h"

namespace engine {

namespace {

namespace fs = std::filesystem;

class ListReader {
public:
    ListReader(std::string_view text, const fs::path& path) : m_path(path), m_records(parseCsv(text, path)) {
        m_set.root = path.has_parent_path() ? path.parent_path() : fs::path(".");
        m_set.layout = Layout::List;
        if (m_records.empty()) fail(1, "the header path,split,label,mask is missing");
        const auto& header = m_records.front().fields;
        for (std::size_t i = 0; i < header.size(); ++i) m_columns.emplace(lowerCase(header[i]), i);
        if (!m_columns.contains("path")) fail(m_records.front().line, "the header has no column 'path'");
    }

    ImageSet read() {
        for (std::size_t i = 1; i < m_records.size(); ++i) addItem(m_records[i]);
        return std::move(m_set);
    }

private:
    void addItem(const CsvRecord& record) {
        if (record.fields.size() != m_records.front().fields.size())
            fail(record.line, "has " + std::to_string(record.fields.size()) + " fields, the header has " +
                                  std::to_string(m_records.front().fields.size()));
        const std::string path = field(record, "path");
        if (path.empty()) fail(record.line, "the path is empty");
        if (path.find('\0') != std::string::npos) fail(record.line, "the path holds a zero byte");
        ImageItem item;
        item.path = m_set.root / path;
        item.name = fs::path(path).lexically_normal().generic_string();
        item.split = splitOf(record);
        const std::string label = field(record, "label");
        const std::string lower = lowerCase(label);
        if (lower == "good") {
            item.label = Label::Good;
        } else if (!label.empty() && lower != "unlabelled") {
            item.label = Label::Defect;
            item.defectType = label;
        }
        if (const std::string mask = field(record, "mask"); !mask.empty()) {
            item.mask = m_set.root / mask;
            // An image that is missing is one failure in a batch; a missing mask would silently change the metrics.
            if (std::error_code none; !fs::is_regular_file(item.mask, none))
                fail(record.line, "the mask '" + displayPath(mask) + "' does not exist");
        }
        const auto [other, isNew] = m_lineOfName.emplace(item.name, record.line);
        if (!isNew) fail(record.line, "names the same image as line " + std::to_string(other->second));
        m_set.items.push_back(std::move(item));
    }

    Split splitOf(const CsvRecord& record) const {
        const std::string split = lowerCase(field(record, "split"));
        if (split == "train") return Split::Train;
        if (split != "test" && !split.empty()) fail(record.line, "the split is neither train nor test");
        return Split::Test;
    }

    std::string field(const CsvRecord& record, const std::string& column) const {
        const auto found = m_columns.find(column);
        return found == m_columns.end() ? std::string() : record.fields[found->second];
    }

    [[noreturn]] void fail(int line, const std::string& fault) const {
        throw Error(ErrorCode::Corrupt, "line " + std::to_string(line) + ": " + fault + "; correct the list", m_path);
    }

    const fs::path& m_path;
    std::vector<CsvRecord> m_records;
    std::unordered_map<std::string, std::size_t> m_columns;
    std::unordered_map<std::string, int> m_lineOfName;
    ImageSet m_set;
};

}  // namespace

ImageSet parseImageList(std::string_view text, const fs::path& path) {
    return ListReader(text, path).read();
}

ImageSet openList(const fs::path& path) {
    const auto bytes = InputFile(path).content();
    return parseImageList({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
}

}  // namespace engine
