// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <map>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/backbone/pickle.h"
#include "engine/backbone/pth_tensors.h"
#include "engine/backbone/tensor_file.h"
#include "engine/backbone/zip_container.h"

namespace engine {

namespace {

constexpr char legacyMagic[] = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";  // 0x1950a86a20f9469cfc6c, little-endian
constexpr std::int64_t legacyProtocol = 1001;

bool isZip(const ByteSource& source) {
    return source.size() >= 4 && source.readText(0, 4) == "PK\x03\x04";
}

// PyTorch 1.6 and later: <folder>/data.pkl, and one entry <folder>/data/<key> for each storage.
TensorFile readZip(const ByteSource& source) {
    const auto entries = readZipDirectory(source);
    constexpr std::string_view pickleName = "data.pkl";
    std::optional<std::string> folder;
    for (const auto& [name, entry] : entries) {
        const std::size_t slash = name.find('/');
        if (slash == std::string::npos || name.substr(slash + 1) != pickleName) continue;
        if (folder) source.corrupt("holds two data.pkl");
        folder = name.substr(0, slash + 1);
    }
    if (!folder) source.unsupported("is a zip file without PyTorch's data.pkl");
    if (const auto order = entries.find(*folder + "byteorder"); order != entries.end()) {
        const std::uint64_t length = order->second.size;
        if (length > 16 || source.readText(order->second.offset, length) != "little")
            source.unsupported("was written on a big-endian machine");
    }
    const ZipEntry& pickle = entries.at(*folder + std::string(pickleName));
    const PickleDocument document = readPickle(source, pickle.offset, pickle.offset + pickle.size);
    if (document.end != pickle.offset + pickle.size) source.corrupt("has bytes after its pickle");
    return readPickledTensors(source, document, [&](const PickleValue& storage) {
        const auto found = entries.find(*folder + "data/" + storage.text);
        if (found == entries.end()) source.corrupt("lacks the storage " + shown(storage.text));
        return StorageExtent{found->second.offset, found->second.size};
    });
}

// Before PyTorch 1.6: pickles of a magic number, a protocol, facts about the machine, the object and the storages'
// keys; then each storage: its number of elements and its bytes.
TensorFile readLegacy(const ByteSource& source) {
    const auto next = [&](std::uint64_t at) { return readPickle(source, at, source.size()); };
    const PickleDocument magic = next(0);
    if (magic.top().kind != PickleKind::LongInteger || magic.top().text != legacyMagic)
        source.corrupt("is no PyTorch file");
    const PickleDocument protocol = next(magic.end);
    if (protocol.top().kind != PickleKind::Integer || protocol.top().integer != legacyProtocol)
        source.unsupported("is of an unknown version of PyTorch's format");
    const PickleDocument machine = next(protocol.end);
    const PickleValue* littleEndian = machine.find(machine.top(), "little_endian");
    if (littleEndian == nullptr || littleEndian->kind != PickleKind::Boolean)
        source.corrupt("does not say what machine it is from");
    if (littleEndian->integer == 0) source.unsupported("was written on a big-endian machine");
    const PickleDocument document = next(machine.end);
    const PickleDocument keys = next(document.end);
    if (keys.top().kind != PickleKind::List) source.corrupt("has no list of storages");

    // The lengths stand in the object's pickle too; both must agree, or the storages after it would be misplaced.
    std::map<std::string_view, std::uint64_t> elementBytes;
    for (const PickleValue& value : document.values)
        if (value.kind == PickleKind::Storage) elementBytes[value.text] = bytesOf(value.type);
    std::map<std::string_view, StorageExtent> extents;
    std::uint64_t at = keys.end;
    for (const PickleIndex index : keys.top().items) {
        const PickleValue& key = keys.at(index);
        const auto known = elementBytes.find(key.text);
        if (key.kind != PickleKind::Text || known == elementBytes.end())
            source.corrupt("lists a storage that nothing uses");
        std::int64_t count = 0;
        source.read(at, std::as_writable_bytes(std::span(&count, 1)));
        at += sizeof count;
        std::uint64_t size = known->second;
        if (count < 0 || !multiplyBy(size, static_cast<std::uint64_t>(count)) || size > source.size() - at)
            source.corrupt("is truncated");
        if (!extents.emplace(known->first, StorageExtent{at, size}).second) source.corrupt("lists a storage twice");
        at += size;
    }
    if (at != source.size()) source.corrupt("has bytes after its last tensor");
    return readPickledTensors(source, document, [&](const PickleValue& storage) {
        const auto found = extents.find(storage.text);
        if (found == extents.end()) source.corrupt("lacks the storage " + shown(storage.text));
        return found->second;
    });
}

TensorFile readEither(const ByteSource& source) {
    try {
        return isZip(source) ? readZip(source) : readLegacy(source);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "does not fit into memory; close other programs", source.name());
    }
}

}  // namespace

TensorFile readPth(const std::filesystem::path& path) {
    return readEither(*openFile(path));
}

TensorFile readPth(std::span<const std::byte> bytes, const std::filesystem::path& name) {
    return readEither(*openMemory(bytes, name));
}

TensorFile readWeights(const std::filesystem::path& path) {
    const auto source = openFile(path);
    const std::string start = source->readText(0, std::min<std::uint64_t>(source->size(), 9));
    // A safetensors file has its brace at the ninth byte; a pickle of protocol 2 begins with 0x80 0x02, which as a
    // header length would be followed by zeros.
    if (start.size() == 9 && start[8] == '{') return readSafetensors(path);
    if (isZip(*source) || start.front() == '\x80') return readPth(path);
    source->corrupt("is neither a safetensors file nor PyTorch's .pth");
}

}  // namespace engine
