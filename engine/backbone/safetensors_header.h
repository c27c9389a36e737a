// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/stored_type.h"

namespace engine {

constexpr std::uint64_t maximumHeaderBytes = 100'000'000;

struct SafetensorsEntry {
    StoredType type = StoredType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;  // from the start of the data
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, SafetensorsEntry> entries;
    std::map<std::string, std::string> metadata;
    std::uint64_t dataOffset = 0;  // from the start of the file
};

// Reads the header and checks every extent: inside the file, as long as its shape says, no overlap, no gap, nothing
// after the last. Throws Error{Corrupt | Unsupported}.
SafetensorsHeader readSafetensorsHeader(const ByteSource& source);

// The 8 bytes of length and the JSON text, keys sorted, padded with spaces to a multiple of 8.
// Throws Error{InvalidArgument} naming `path` if a key is not UTF-8 or is the reserved "__metadata__".
std::string formatSafetensorsHeader(const SafetensorsHeader& header, const std::filesystem::path& path);

}  // namespace engine
