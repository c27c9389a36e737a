// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/pth_tensors.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/backbone/stored_type.h"

namespace engine {

namespace {

struct StoredTensor {
    StoredType type = StoredType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::uint64_t> strides;
    std::uint64_t count = 0;
    std::uint64_t offset = 0;  // in the file, of the first element
    std::uint64_t span = 0;    // elements from the first to the last, both included
    bool packed = false;
};

class TensorCollector {
public:
    TensorCollector(const ByteSource& source, const PickleDocument& document, const StorageFinder& find)
        : m_source(source), m_document(document), m_find(find) {
        m_budget = source.size();
        if (!multiplyBy(m_budget, 8) || !addTo(m_budget, 65536)) source.corrupt("is impossibly large");
    }

    Tensor read(const std::string& name, const PickleValue& described) {
        StoredTensor view = resolve(name, described);
        Tensor tensor;
        tensor.type = readAs(view.type);
        tensor.bytes = view.packed ? readElements(m_source, view.offset, view.type, view.count) : gather(view);
        tensor.shape = std::move(view.shape);
        return tensor;
    }

private:
    std::vector<std::int64_t> integers(const std::string& name, const PickleValue& tuple) const {
        if (tuple.items.size() > maximumDimensions)
            m_source.corrupt("tensor " + shown(name) + " has too many dimensions");
        std::vector<std::int64_t> numbers;
        for (const PickleIndex index : tuple.items) {
            const PickleValue& item = m_document.at(index);
            if (item.kind != PickleKind::Integer || item.integer < 0)
                m_source.corrupt("tensor " + shown(name) + " has a negative size or stride, or none");
            numbers.push_back(item.integer);
        }
        return numbers;
    }

    StoredTensor resolve(const std::string& name, const PickleValue& described) {
        const PickleValue& storage = m_document.at(described.items[0]);
        const std::int64_t first = m_document.at(described.items[1]).integer;
        const std::vector<std::int64_t> strides = integers(name, m_document.at(described.items[3]));
        StoredTensor view;
        view.type = storage.type;
        view.shape = integers(name, m_document.at(described.items[2]));
        if (strides.size() != view.shape.size() || first < 0 || !countOf(view.shape, view.count))
            m_source.corrupt("tensor " + shown(name) + " is impossibly large, or misdescribed");
        view.strides.assign(strides.begin(), strides.end());

        const StorageExtent extent = m_find(storage);
        std::uint64_t declared = static_cast<std::uint64_t>(storage.integer);
        if (!multiplyBy(declared, bytesOf(view.type)) || declared != extent.size)
            m_source.corrupt("the storage of tensor " + shown(name) + " does not have the length that it should");
        view.packed = isPacked(view);
        if (view.count > 0) {
            std::uint64_t end = static_cast<std::uint64_t>(first) + 1;
            for (std::size_t d = 0; d < view.shape.size(); ++d) {
                std::uint64_t reach = view.strides[d];
                if (!multiplyBy(reach, static_cast<std::uint64_t>(view.shape[d] - 1)) || !addTo(end, reach))
                    m_source.corrupt("tensor " + shown(name) + " lies outside its storage");
            }
            if (end > static_cast<std::uint64_t>(storage.integer))
                m_source.corrupt("tensor " + shown(name) + " lies outside its storage");
            view.span = end - static_cast<std::uint64_t>(first);
            view.offset = extent.offset + static_cast<std::uint64_t>(first) * bytesOf(view.type);
        } else {
            view.offset = extent.offset;
        }
        spend(view.count, bytesOf(readAs(view.type)));
        if (!view.packed) spend(view.span, bytesOf(view.type));
        return view;
    }

    static bool isPacked(const StoredTensor& view) {
        if (view.count == 0) return true;
        std::uint64_t expected = 1;
        for (std::size_t d = view.shape.size(); d-- > 0;) {
            if (view.shape[d] != 1 && view.strides[d] != expected) return false;
            expected *= static_cast<std::uint64_t>(view.shape[d]);
        }
        return true;
    }

    // A few bytes of strides can ask for any amount of memory, or for reading one storage over and over.
    void spend(std::uint64_t count, std::uint64_t elementBytes) {
        if (!multiplyBy(count, elementBytes) || count > m_budget)
            m_source.unsupported("holds tensors that are far larger than the file");
        m_budget -= count;
    }

    Buffer<std::byte> gather(const StoredTensor& view) const {
        const std::size_t size = bytesOf(view.type);
        std::vector<std::byte> storage(static_cast<std::size_t>(view.span) * size);
        m_source.read(view.offset, storage);
        std::vector<std::byte> packed(static_cast<std::size_t>(view.count) * size);
        std::vector<std::int64_t> index(view.shape.size(), 0);
        std::uint64_t from = 0;
        for (std::size_t i = 0; i < view.count; ++i) {
            std::memcpy(packed.data() + i * size, storage.data() + from * size, size);
            for (std::size_t d = view.shape.size(); d-- > 0;) {
                from += view.strides[d];
                if (++index[d] < view.shape[d]) break;
                from -= view.strides[d] * static_cast<std::uint64_t>(view.shape[d]);
                index[d] = 0;
            }
        }
        Buffer<std::byte> bytes(static_cast<std::size_t>(view.count * bytesOf(readAs(view.type))));
        convert(view.type, packed, bytes);
        return bytes;
    }

    const ByteSource& m_source;
    const PickleDocument& m_document;
    const StorageFinder& m_find;
    std::uint64_t m_budget = 0;
};

}  // namespace

TensorFile readPickledTensors(const ByteSource& source, const PickleDocument& document, const StorageFinder& find) {
    const PickleValue* dictionary = &document.top();
    if (dictionary->kind == PickleKind::Dictionary)
        if (const PickleValue* inner = document.find(*dictionary, "state_dict"); inner != nullptr) dictionary = inner;
    if (dictionary->kind != PickleKind::Dictionary) source.unsupported("does not hold a dictionary of tensors");
    TensorCollector collector(source, document, find);
    TensorFile file;
    for (std::size_t i = 0; i + 1 < dictionary->items.size(); i += 2) {
        const PickleValue& key = document.at(dictionary->items[i]);
        const PickleValue& value = document.at(dictionary->items[i + 1]);
        if (value.kind != PickleKind::Tensor) continue;
        if (key.kind != PickleKind::Text) source.corrupt("has a tensor without a name");
        if (file.tensors.contains(key.text)) source.corrupt("has the tensor " + shown(key.text) + " twice");
        file.tensors.emplace(key.text, collector.read(key.text, value));
    }
    if (file.tensors.empty()) source.unsupported("holds no tensors by name");
    return file;
}

}  // namespace engine
