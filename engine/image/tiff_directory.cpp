// SPDX-License-Identifier: Apache-2.0
#include "engine/image/tiff_directory.h"

#include <string_view>

namespace engine {

namespace {

using namespace std::string_view_literals;

// Bytes of one value by field type (TIFF 6.0, section 2, and BigTIFF); 0 is unknown.
constexpr unsigned typeSizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

unsigned sizeOfType(unsigned type) {
    return type < std::size(typeSizes) ? typeSizes[type] : 0;
}

}  // namespace

TiffDirectory::TiffDirectory(ByteReader& bytes, std::uint64_t origin)
    : m_bytes(bytes), m_order(bytes.has(origin, "MM"sv) ? ByteOrder::Big : ByteOrder::Little) {
    const auto number = [&](std::uint64_t at, int size) { return bytes.number(at, size, m_order); };
    const auto version = number(origin + 2, 2);
    if ((version != 42 && version != 43) || !(bytes.has(origin, "II"sv) || bytes.has(origin, "MM"sv)))
        bytes.corrupt("the TIFF header is wrong");
    const bool big = version == 43;
    const int word = big ? 8 : 4;
    const std::uint64_t offset = number(origin + (big ? 8 : 4), word);
    if (offset > bytes.size()) bytes.truncated();
    std::uint64_t at = origin + offset;
    const std::uint64_t entries = number(at, big ? 8 : 2);
    if (entries > 4096) bytes.corrupt("the TIFF directory is implausibly long");
    at += big ? 8 : 2;
    for (std::uint64_t i = 0; i < entries; ++i, at += big ? 20 : 12) {
        Entry entry;
        entry.type = static_cast<unsigned>(number(at + 2, 2));
        entry.count = number(at + 4, word);
        const std::uint64_t valueField = at + (big ? 12 : 8);
        const unsigned size = sizeOfType(entry.type);
        if (entry.count > bytes.size()) continue;  // a lie; the tag counts as absent
        const bool inField = entry.count * size <= static_cast<std::uint64_t>(word);
        entry.at = inField ? valueField : origin + number(valueField, word);
        m_entries.emplace(static_cast<unsigned>(number(at, 2)), entry);
    }
    m_end = at + static_cast<std::uint64_t>(word);
}

std::uint64_t TiffDirectory::count(unsigned tag) const {
    const auto found = m_entries.find(tag);
    return found == m_entries.end() ? 0 : found->second.count;
}

std::uint64_t TiffDirectory::value(unsigned tag, std::uint64_t otherwise, std::uint64_t index) const {
    const auto found = m_entries.find(tag);
    if (found == m_entries.end()) return otherwise;
    const Entry& entry = found->second;
    const unsigned size = sizeOfType(entry.type);
    if (index >= entry.count || size == 0) m_bytes.corrupt("a TIFF tag is wrong");
    if (entry.at > m_bytes.size()) m_bytes.truncated();
    return m_bytes.number(entry.at + index * size, static_cast<int>(size), m_order);
}

bool TiffDirectory::isWhole() const {
    if (m_end > m_bytes.size()) return false;
    for (const auto& [tag, entry] : m_entries) {
        const std::uint64_t length = entry.count * sizeOfType(entry.type);
        if (length > m_bytes.size() || entry.at > m_bytes.size() - length) return false;
    }
    return true;
}

std::uint64_t TiffDirectory::lowByteAt(unsigned tag) const {
    const auto found = m_entries.find(tag);
    if (found == m_entries.end()) return 0;
    return found->second.at + (m_order == ByteOrder::Big ? sizeOfType(found->second.type) - 1 : 0);
}

}  // namespace engine
