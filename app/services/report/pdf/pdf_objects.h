// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/services/report/scratch_file.h"

namespace services {

// The objects of a file by QPdfWriter: a flat table of references, no object streams.
class PdfObjects {
public:
    // Throws engine::Error{Internal} for what is not as QPdfWriter writes it.
    explicit PdfObjects(const ScratchFile& file);

    int count() const { return static_cast<int>(m_extents.size()); }  // numbers run from 1 below it
    int root() const { return m_root; }
    // What stands between "N 0 obj" and "endobj", or the dictionary before "stream".
    std::string head(int number) const;
    // From "stream" to "endstream", with both; nothing if it is no stream.
    void copyStream(int number, const auto& sink) const {
        const Extent& extent = m_extents[static_cast<std::size_t>(number)];
        constexpr std::int64_t piece = 1 << 20;
        for (std::int64_t at = streamStart(number), end = extent.end; at < end; at += piece)
            sink(m_file.read(at, end - at < piece ? end - at : piece));
    }
    // The pages in their order.
    std::vector<int> pages() const;

private:
    struct Extent {
        std::int64_t start = 0;
        std::int64_t end = 0;  // behind "endobj" or the next object
    };
    std::int64_t streamStart(int number) const;
    std::string text(std::int64_t start, std::int64_t end) const;

    const ScratchFile& m_file;
    std::vector<Extent> m_extents;
    int m_root = 0;
};

// Calls `each` with (place, length, number) of every reference "N 0 R" in a dictionary.
template <typename Each>
void forEachReference(std::string_view dictionary, const Each& each) {
    for (auto at = dictionary.find(" 0 R"); at != std::string_view::npos; at = dictionary.find(" 0 R", at + 1)) {
        std::size_t start = at;
        int number = 0;
        while (start > 0 && dictionary[start - 1] >= '0' && dictionary[start - 1] <= '9') --start;
        for (std::size_t i = start; i < at; ++i) number = number * 10 + (dictionary[i] - '0');
        if (start < at) each(start, at + 4 - start, number);
    }
}

}  // namespace services
