// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/safetensors_header.h"
#include "engine/backbone/tensor_file.h"
#include "engine/core/atomic_file.h"

namespace engine {

namespace {

StoredType storedAs(DataType type) {
    switch (type) {
        case DataType::I64:
            return StoredType::I64;
        case DataType::I32:
            return StoredType::I32;
        case DataType::U8:
            return StoredType::U8;
        default:
            return StoredType::F32;
    }
}

}  // namespace

void writeSafetensors(const std::filesystem::path& path, const TensorFile& content) {
    struct Piece {
        DataType type;
        const std::vector<std::int64_t>& shape;
        std::span<const std::byte> bytes;
    };
    std::map<std::string, Piece> pieces;
    for (const auto& [name, tensor] : content.tensors)
        pieces.emplace(name, Piece{tensor.type, tensor.shape, tensor.bytes});
    for (const auto& [name, view] : content.views) pieces.emplace(name, Piece{view.type, view.shape, view.bytes});
    if (pieces.size() != content.tensors.size() + content.views.size())
        throw Error(ErrorCode::InvalidArgument, "a view has the name of a tensor; nothing was written", path);

    SafetensorsHeader header;
    header.metadata = content.metadata;
    std::uint64_t offset = 0;
    for (const auto& [name, piece] : pieces) {
        std::uint64_t size = 0;
        if (!countOf(piece.shape, size) || !multiplyBy(size, bytesOf(piece.type)) || size != piece.bytes.size())
            throw Error(ErrorCode::InvalidArgument,
                        "tensor " + shown(name) + " does not have the length that its shape needs; nothing was written",
                        path);
        header.entries[name] = {storedAs(piece.type), piece.shape, offset, offset + size};
        offset += size;
    }
    const std::string head = formatSafetensorsHeader(header, path);
    AtomicFile file(path);
    file.write(head);
    for (const auto& [name, piece] : pieces) file.write(piece.bytes);
    file.commit();
}

void rewriteSafetensorsMetadata(const std::filesystem::path& path, const std::map<std::string, std::string>& metadata) {
    const auto source = openFile(path);
    SafetensorsHeader header = readSafetensorsHeader(*source);
    header.metadata = metadata;
    const std::string head = formatSafetensorsHeader(header, path);
    AtomicFile file(path);
    file.write(head);
    std::vector<std::byte> piece(std::size_t{1} << 20);
    for (std::uint64_t at = header.dataOffset; at < source->size(); at += piece.size()) {
        const auto now = std::min<std::uint64_t>(piece.size(), source->size() - at);
        const auto part = std::span(piece).first(static_cast<std::size_t>(now));
        source->read(at, part);
        file.write(std::span<const std::byte>(part));
    }
    file.commit();
}

}  // namespace engine
