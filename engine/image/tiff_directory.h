// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/image/byte_reader.h"

namespace engine {

// The first directory (page) of a TIFF structure that starts at `origin`: of a TIFF file, or of an EXIF block inside
// another file. Values are looked up when asked for; offsets are relative to `origin`. Also reads BigTIFF.
class TiffDirectory {
public:
    // Throws Error{Corrupt}.
    TiffDirectory(ByteReader& bytes, std::uint64_t origin);

    bool has(unsigned tag) const { return m_entries.contains(tag); }
    std::uint64_t count(unsigned tag) const;
    // The value number `index` of an integer tag, or `otherwise` when the tag is absent. Throws Error{Corrupt}.
    std::uint64_t value(unsigned tag, std::uint64_t otherwise, std::uint64_t index = 0) const;
    // Where the lowest byte of the tag's first value is stored; 0 when the tag is absent.
    std::uint64_t lowByteAt(unsigned tag) const;
    // False when the directory, its link to the next page or the values of a tag lie beyond the end of the file.
    bool isWhole() const;

private:
    struct Entry {
        unsigned type = 0;
        std::uint64_t count = 0;
        std::uint64_t at = 0;  // absolute offset of the values
    };

    ByteReader& m_bytes;
    ByteOrder m_order;
    std::uint64_t m_end = 0;
    std::map<unsigned, Entry> m_entries;
};

}  // namespace engine
