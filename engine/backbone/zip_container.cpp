// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/zip_container.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

namespace {

// APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16.
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t locatorSignature = 0x07064b50;
constexpr std::uint64_t localLength = 30, centralLength = 46, endLength = 22, end64Length = 56, locatorLength = 20;
constexpr std::uint64_t longestComment = 0xffff;
constexpr std::uint32_t in64 = 0xffffffff;
constexpr std::uint64_t largestDirectory = std::uint64_t{1} << 27;

template <typename T>
T numberAt(std::string_view text, std::size_t at) {
    T value;
    std::memcpy(&value, text.data() + at, sizeof value);
    return value;
}

struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t entries = 0;
};

Directory readEnd64(const ByteSource& source, std::uint64_t endOffset) {
    if (endOffset < locatorLength) source.corrupt("has no zip64 directory where it says");
    const std::string locator = source.readText(endOffset - locatorLength, locatorLength);
    const auto offset = numberAt<std::uint64_t>(locator, 8);
    if (numberAt<std::uint32_t>(locator, 0) != locatorSignature || offset > endOffset)
        source.corrupt("has no zip64 directory where it says");
    const std::string end = source.readText(offset, end64Length);
    if (numberAt<std::uint32_t>(end, 0) != end64Signature) source.corrupt("has no zip64 directory where it says");
    return {numberAt<std::uint64_t>(end, 48), numberAt<std::uint64_t>(end, 40), numberAt<std::uint64_t>(end, 32)};
}

Directory findDirectory(const ByteSource& source) {
    if (source.size() < endLength) source.corrupt("is too short for a zip file");
    const std::uint64_t tailLength = std::min(source.size(), endLength + longestComment);
    const std::uint64_t tailOffset = source.size() - tailLength;
    const std::string tail = source.readText(tailOffset, tailLength);
    for (std::size_t at = tail.size() - endLength + 1; at-- > 0;) {
        if (numberAt<std::uint32_t>(tail, at) != endSignature) continue;
        if (at + endLength + numberAt<std::uint16_t>(tail, at + 20) != tail.size()) continue;
        if (numberAt<std::uint16_t>(tail, at + 4) != numberAt<std::uint16_t>(tail, at + 6))
            source.unsupported("is a zip file in several parts");
        Directory directory = {numberAt<std::uint32_t>(tail, at + 16), numberAt<std::uint32_t>(tail, at + 12),
                               numberAt<std::uint16_t>(tail, at + 10)};
        const std::uint64_t endOffset = tailOffset + at;
        if (directory.offset == in64 || directory.size == in64 || directory.entries == 0xffff)
            directory = readEnd64(source, endOffset);
        std::uint64_t directoryEnd = directory.offset;
        if (!addTo(directoryEnd, directory.size) || directoryEnd > endOffset)
            source.corrupt("has a zip directory outside itself");
        if (directory.size > largestDirectory) source.unsupported("has an enormous zip directory");
        return directory;
    }
    source.corrupt("is truncated: a zip file that has no directory");
}

// Replaces what stands as 0xffffffff by the zip64 extra field: full size, stored size, offset, in this order, those
// only.
void applyExtra64(const ByteSource& source, std::string_view extra, std::uint64_t& size, std::uint64_t& stored,
                  std::uint64_t& offset) {
    while (extra.size() >= 4) {
        const auto id = numberAt<std::uint16_t>(extra, 0);
        const std::size_t length = numberAt<std::uint16_t>(extra, 2);
        if (length > extra.size() - 4) source.corrupt("has a damaged zip directory");
        std::string_view field = extra.substr(4, length);
        extra.remove_prefix(4 + length);
        if (id != 1) continue;
        for (std::uint64_t* value : {&size, &stored, &offset}) {
            if (*value != in64) continue;
            if (field.size() < 8) source.corrupt("has a damaged zip directory");
            *value = numberAt<std::uint64_t>(field, 0);
            field.remove_prefix(8);
        }
        return;
    }
}

// The local header repeats the name; its extra field has a length of its own (PyTorch aligns data with it).
std::uint64_t dataOffset(const ByteSource& source, std::uint64_t localOffset, const std::string& name,
                         std::uint64_t directoryOffset) {
    if (localOffset > directoryOffset || directoryOffset - localOffset < localLength)
        source.corrupt("has a zip entry outside itself");
    const std::string local = source.readText(localOffset, localLength);
    const std::uint64_t nameLength = numberAt<std::uint16_t>(local, 26);
    if (numberAt<std::uint32_t>(local, 0) != localSignature || nameLength != name.size() ||
        source.readText(localOffset + localLength, nameLength) != name)
        source.corrupt("has a zip entry " + shown(name) + " that differs from its directory");
    return localOffset + localLength + nameLength + numberAt<std::uint16_t>(local, 28);
}

void refuseOverlaps(const ByteSource& source, std::vector<std::pair<std::uint64_t, std::uint64_t>> extents) {
    std::sort(extents.begin(), extents.end());
    for (std::size_t i = 1; i < extents.size(); ++i)
        if (extents[i].first < extents[i - 1].second) source.corrupt("has zip entries that overlap");
}

}  // namespace

std::map<std::string, ZipEntry> readZipDirectory(const ByteSource& source) {
    const Directory directory = findDirectory(source);
    const std::string text = source.readText(directory.offset, directory.size);
    std::map<std::string, ZipEntry> entries;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> extents;
    std::string_view rest = text;
    while (!rest.empty()) {
        if (rest.size() < centralLength || numberAt<std::uint32_t>(rest, 0) != centralSignature)
            source.corrupt("has a damaged zip directory");
        const std::size_t nameLength = numberAt<std::uint16_t>(rest, 28);
        const std::size_t extraLength = numberAt<std::uint16_t>(rest, 30);
        const std::size_t recordLength = centralLength + nameLength + extraLength + numberAt<std::uint16_t>(rest, 32);
        if (recordLength > rest.size()) source.corrupt("has a damaged zip directory");
        const std::string name(rest.substr(centralLength, nameLength));
        if ((numberAt<std::uint16_t>(rest, 8) & 1) != 0)
            source.unsupported("has an encrypted zip entry " + shown(name));
        if (numberAt<std::uint16_t>(rest, 10) != 0) source.unsupported("has a compressed zip entry " + shown(name));
        std::uint64_t stored = numberAt<std::uint32_t>(rest, 20);
        std::uint64_t size = numberAt<std::uint32_t>(rest, 24);
        std::uint64_t localOffset = numberAt<std::uint32_t>(rest, 42);
        applyExtra64(source, rest.substr(centralLength + nameLength, extraLength), size, stored, localOffset);
        const std::uint64_t offset = dataOffset(source, localOffset, name, directory.offset);
        if (size != stored || offset > directory.offset || size > directory.offset - offset)
            source.corrupt("has a zip entry " + shown(name) + " outside itself");
        if (!entries.emplace(name, ZipEntry{offset, size}).second)
            source.corrupt("has the zip entry " + shown(name) + " twice");
        extents.emplace_back(localOffset, offset + size);
        rest.remove_prefix(recordLength);
    }
    if (entries.size() != directory.entries) source.corrupt("has a damaged zip directory");
    refuseOverlaps(source, std::move(extents));
    return entries;
}

}  // namespace engine
