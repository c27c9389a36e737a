// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/pickle_values.h"

#include <string_view>

namespace engine {

namespace {

struct GlobalName {
    std::string_view module;
    std::string_view name;
    PickleGlobal global;
    StoredType type;
};
constexpr GlobalName globalNames[] = {
    {"collections", "OrderedDict", PickleGlobal::OrderedDict, {}},
    {"torch._utils", "_rebuild_tensor_v2", PickleGlobal::RebuildTensor, {}},
    {"torch._utils", "_rebuild_parameter", PickleGlobal::RebuildParameter, {}},
    {"torch", "FloatStorage", PickleGlobal::StorageType, StoredType::F32},
    {"torch", "HalfStorage", PickleGlobal::StorageType, StoredType::F16},
    {"torch", "BFloat16Storage", PickleGlobal::StorageType, StoredType::BF16},
    {"torch", "DoubleStorage", PickleGlobal::StorageType, StoredType::F64},
    {"torch", "LongStorage", PickleGlobal::StorageType, StoredType::I64},
    {"torch", "IntStorage", PickleGlobal::StorageType, StoredType::I32},
    {"torch", "ByteStorage", PickleGlobal::StorageType, StoredType::U8},
};

}  // namespace

PickleValue makePickleGlobal(const std::string& module, const std::string& name, const ByteSource& source) {
    for (const GlobalName& known : globalNames) {
        if (known.module != module || known.name != name) continue;
        PickleValue value;
        value.kind = PickleKind::Global;
        value.global = known.global;
        value.type = known.type;
        return value;
    }
    source.unsupported("wants to use " + shown(module + "." + name) +
                       ", which is not part of plain tensors (nothing in it was run)");
}

PickleValue makePickleStorage(const PickleDocument& document, const PickleValue& id, const ByteSource& source) {
    const auto part = [&](std::size_t i) -> const PickleValue& { return document.at(id.items[i]); };
    if (id.kind != PickleKind::Tuple || id.items.size() < 5 || id.items.size() > 6 ||
        part(0).kind != PickleKind::Text || part(0).text != "storage" || part(1).kind != PickleKind::Global ||
        part(1).global != PickleGlobal::StorageType || part(2).kind != PickleKind::Text ||
        part(4).kind != PickleKind::Integer || part(4).integer < 0)
        source.corrupt("describes a storage in a way that is not PyTorch's");
    if (id.items.size() == 6 && part(5).kind != PickleKind::None)
        source.unsupported("uses storage views, which only PyTorch before 0.4 wrote");
    PickleValue value;
    value.kind = PickleKind::Storage;
    value.type = part(1).type;
    value.text = part(2).text;
    value.integer = part(4).integer;
    return value;
}

PickleValue makePickleDictionary(const PickleDocument& document, const PickleValue& arguments,
                                 const ByteSource& source) {
    const auto isSequence = [](const PickleValue& value) {
        return value.kind == PickleKind::List || value.kind == PickleKind::Tuple;
    };
    PickleValue value;
    value.kind = PickleKind::Dictionary;
    if (arguments.items.empty()) return value;
    const PickleValue& pairs = document.at(arguments.items[0]);
    if (arguments.items.size() != 1 || !isSequence(pairs)) source.corrupt("makes a dictionary in an unknown way");
    for (const PickleIndex index : pairs.items) {
        const PickleValue& pair = document.at(index);
        if (!isSequence(pair) || pair.items.size() != 2) source.corrupt("makes a dictionary in an unknown way");
        value.items.insert(value.items.end(), pair.items.begin(), pair.items.end());
    }
    return value;
}

PickleValue makePickleTensor(const PickleDocument& document, const PickleValue& arguments, const ByteSource& source) {
    const auto is = [&](std::size_t i, PickleKind kind) { return document.at(arguments.items[i]).kind == kind; };
    if (arguments.items.size() < 4 || arguments.items.size() > 7 || !is(0, PickleKind::Storage) ||
        !is(1, PickleKind::Integer) || !is(2, PickleKind::Tuple) || !is(3, PickleKind::Tuple))
        source.corrupt("describes a tensor in a way that is not PyTorch's");
    PickleValue value;
    value.kind = PickleKind::Tensor;
    value.items.assign(arguments.items.begin(), arguments.items.begin() + 4);
    return value;
}

}  // namespace engine
