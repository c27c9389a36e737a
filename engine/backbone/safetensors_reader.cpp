// SPDX-License-Identifier: Apache-2.0
#include <new>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/safetensors_header.h"
#include "engine/backbone/tensor_file.h"

namespace engine {

namespace {

TensorFile readTensors(const ByteSource& source) {
    try {
        SafetensorsHeader header = readSafetensorsHeader(source);
        TensorFile file;
        for (auto& [name, entry] : header.entries) {
            Tensor tensor;
            tensor.type = readAs(entry.type);
            const std::uint64_t count = (entry.end - entry.begin) / bytesOf(entry.type);
            tensor.bytes = readElements(source, header.dataOffset + entry.begin, entry.type, count);
            tensor.shape = std::move(entry.shape);
            file.tensors.emplace(name, std::move(tensor));
        }
        file.metadata = std::move(header.metadata);
        return file;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "does not fit into memory; close other programs", source.name());
    }
}

}  // namespace

TensorFile readSafetensors(const std::filesystem::path& path) {
    return readTensors(*openFile(path));
}

TensorFile readSafetensors(std::span<const std::byte> bytes, const std::filesystem::path& name) {
    return readTensors(*openMemory(bytes, name));
}

std::map<std::string, std::string> readSafetensorsMetadata(const std::filesystem::path& path) {
    return readSafetensorsHeader(*openFile(path)).metadata;
}

}  // namespace engine
