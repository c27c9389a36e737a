// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/pdf_objects.h"

#include <algorithm>
#include <charconv>

#include "engine/core/error.h"

namespace services {

namespace {

constexpr std::string_view streamMark = ">>\nstream\n";

[[noreturn]] void unknown(const char* what) {
    throw engine::Error(engine::ErrorCode::Internal,
                        std::string("this version of Qt writes PDF otherwise than is known here (") + what +
                            "); report it, and write HTML meanwhile");
}

std::int64_t numberAfter(std::string_view text, std::string_view key, std::size_t from = 0) {
    const auto at = text.find(key, from);
    std::int64_t value = 0;
    if (at == std::string_view::npos) unknown(key.data());
    const char* start = text.data() + at + key.size();
    while (start < text.data() + text.size() && (*start == ' ' || *start == '\n')) ++start;
    if (std::from_chars(start, text.data() + text.size(), value).ec != std::errc()) unknown(key.data());
    return value;
}

}  // namespace

PdfObjects::PdfObjects(const ScratchFile& file) : m_file(file) {
    const std::string tail = text(std::max<std::int64_t>(0, file.size() - 256), file.size());
    const auto last = tail.rfind("startxref");
    if (last == std::string::npos) unknown("no table of objects");
    const std::int64_t table = numberAfter(tail, "startxref", last);
    if (table < 0 || table >= file.size()) unknown("the table's place");
    const std::string xref = text(table, file.size());
    const auto count = numberAfter(xref, "xref\n0 ");
    m_root = static_cast<int>(numberAfter(xref, "/Root "));
    std::size_t line = xref.find('\n', 5) + 1;
    constexpr std::size_t lineLength = 20;
    if (count < 2 || xref.size() < line + static_cast<std::size_t>(count) * lineLength || m_root < 1 || m_root >= count)
        unknown("the table's size");

    std::vector<std::int64_t> starts{table};
    m_extents.resize(static_cast<std::size_t>(count));
    for (Extent& extent : m_extents) {
        extent.start = numberAfter(std::string_view(xref).substr(line, 10), "");
        if (extent.start > table) unknown("an object behind the table");
        starts.push_back(extent.start);
        line += lineLength;
    }
    std::sort(starts.begin(), starts.end());
    for (Extent& extent : m_extents) {
        const auto next = std::upper_bound(starts.begin(), starts.end(), extent.start);
        if (next != starts.end()) extent.end = *next;
    }
}

std::string PdfObjects::text(std::int64_t start, std::int64_t end) const {
    const auto bytes = m_file.read(start, end - start);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A dictionary before a stream is small; where none is found, the object is no stream.
std::int64_t PdfObjects::streamStart(int number) const {
    const Extent& extent = m_extents[static_cast<std::size_t>(number)];
    const auto at = text(extent.start, std::min(extent.end, extent.start + 4096)).find(streamMark);
    return at == std::string::npos ? extent.end : extent.start + static_cast<std::int64_t>(at) + 3;
}

std::string PdfObjects::head(int number) const {
    const Extent& extent = m_extents[static_cast<std::size_t>(number)];
    const std::int64_t stream = streamStart(number);
    const std::string all = text(extent.start, stream);
    const auto start = all.find("obj\n");
    const auto end = stream < extent.end ? all.size() : all.rfind("endobj");
    if (start == std::string::npos || end == std::string::npos) unknown("an object without its frame");
    return all.substr(start + 4, end - start - 4);
}

std::vector<int> PdfObjects::pages() const {
    const std::string tree = head(static_cast<int>(numberAfter(head(m_root), "/Pages ")));
    const auto kids = tree.find("/Kids");
    const auto open = tree.find('[', kids);
    const auto close = tree.find(']', kids);
    if (kids == std::string::npos || open == std::string::npos || close == std::string::npos) unknown("the pages");
    std::vector<int> numbers;
    forEachReference(std::string_view(tree).substr(open, close - open),
                     [&](std::size_t, std::size_t, int number) { numbers.push_back(number); });
    return numbers;
}

}  // namespace services
