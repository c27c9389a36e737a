// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/backbone/byte_source.h"

namespace engine {

struct ZipEntry {
    std::uint64_t offset = 0;  // of its bytes, from the start of the file
    std::uint64_t size = 0;
};

// The entries of a zip file by name, as its central directory lists them. Only what PyTorch writes: stored, neither
// compressed nor encrypted nor in several parts; zip64 is read. Every local header is checked against the directory,
// entries lie inside the file and do not overlap, no name occurs twice. CRCs are not computed.
// Throws Error{Corrupt | Unsupported}.
std::map<std::string, ZipEntry> readZipDirectory(const ByteSource& source);

}  // namespace engine
