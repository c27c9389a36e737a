// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/safetensors_header.h"
#include "engine/backbone/tensor_file.h"
#include "engine/core/mapped_memory.h"

namespace engine {

namespace {

// The tensor in the mapped file, if its bytes can be used as they stand there.
std::optional<TensorView> viewOf(const std::shared_ptr<const MappedMemory>& mapped, const SafetensorsHeader& header,
                                 const SafetensorsEntry& entry) {
    const std::uint64_t start = header.dataOffset + entry.begin;
    const std::uint64_t size = bytesOf(entry.type);
    const bool same = entry.type == StoredType::F32 || entry.type == StoredType::I64 || entry.type == StoredType::I32 ||
                      entry.type == StoredType::U8;
    if (mapped == nullptr || !same || start % size != 0 || header.dataOffset + entry.end > mapped->bytes().size())
        return std::nullopt;
    return TensorView{readAs(entry.type), entry.shape, mapped->bytes().subspan(start, entry.end - entry.begin), mapped};
}

TensorView viewOfCopy(Tensor tensor) {
    auto owned = std::make_shared<Tensor>(std::move(tensor));
    return {owned->type, owned->shape, owned->bytes, owned};
}

// `mapped` is empty if the source is no file.
TensorFile readTensors(const ByteSource& source, std::string_view viewPrefix,
                       const std::shared_ptr<const MappedMemory>& mapped = {}) {
    try {
        SafetensorsHeader header = readSafetensorsHeader(source);
        TensorFile file;
        for (auto& [name, entry] : header.entries) {
            const bool viewed = !viewPrefix.empty() && name.starts_with(viewPrefix);
            if (viewed) {
                if (auto view = viewOf(mapped, header, entry)) {
                    file.views.emplace(name, std::move(*view));
                    continue;
                }
            }
            Tensor tensor;
            tensor.type = readAs(entry.type);
            const std::uint64_t count = (entry.end - entry.begin) / bytesOf(entry.type);
            tensor.bytes = readElements(source, header.dataOffset + entry.begin, entry.type, count);
            tensor.shape = std::move(entry.shape);
            if (viewed)
                file.views.emplace(name, viewOfCopy(std::move(tensor)));
            else
                file.tensors.emplace(name, std::move(tensor));
        }
        file.metadata = std::move(header.metadata);
        return file;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "does not fit into memory; close other programs", source.name());
    }
}

}  // namespace

TensorFile readSafetensors(const std::filesystem::path& path, std::string_view viewPrefix) {
    const auto source = openFile(path);
    return readTensors(*source, viewPrefix, viewPrefix.empty() ? nullptr : MappedMemory::ofFile(path));
}

TensorFile readSafetensors(std::span<const std::byte> bytes, const std::filesystem::path& name,
                           std::string_view viewPrefix) {
    return readTensors(*openMemory(bytes, name), viewPrefix);
}

std::map<std::string, std::string> readSafetensorsMetadata(const std::filesystem::path& path) {
    return readSafetensorsHeader(*openFile(path)).metadata;
}

}  // namespace engine
