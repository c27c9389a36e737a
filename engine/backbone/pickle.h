// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/stored_type.h"

namespace engine {

// What a pickle of tensors can hold. Values live in PickleDocument and refer to each other by index, so that sharing
// (the memo) costs nothing, and neither deep nesting nor cycles can exhaust the stack.
enum class PickleKind {
    None,
    Boolean,
    Integer,
    LongInteger,
    Real,
    Text,
    Tuple,
    List,
    Dictionary,
    Global,
    Storage,
    Tensor
};

// The globals on the list of what may be named. Nothing is imported: each is one of these words, or refused.
enum class PickleGlobal { OrderedDict, RebuildTensor, RebuildParameter, StorageType };

using PickleIndex = std::uint32_t;

struct PickleValue {
    PickleKind kind = PickleKind::None;
    PickleGlobal global = PickleGlobal::OrderedDict;  // Global
    StoredType type = StoredType::F32;                // Global{StorageType}, Storage
    std::int64_t integer = 0;                         // Boolean, Integer; Storage: its number of elements
    double real = 0;                                  // Real
    std::string text;                                 // Text; LongInteger: its bytes; Storage: its key
    std::vector<PickleIndex> items;                   // Tuple, List; Dictionary: key, value, key, value ...;
                                                      // Tensor: storage, offset, shape, strides
};

struct PickleDocument {
    std::vector<PickleValue> values;
    PickleIndex root = 0;
    std::uint64_t end = 0;  // the place after its STOP

    const PickleValue& at(PickleIndex index) const { return values[index]; }
    const PickleValue& top() const { return values[root]; }
    // The value of a key in a dictionary; null if it has none.
    const PickleValue* find(const PickleValue& dictionary, std::string_view key) const;
};

// Runs one pickle as data: a stack machine that knows the opcodes which PyTorch's files use (protocols 2 to 5) and
// refuses the others. REDUCE builds an OrderedDict or a tensor and nothing else, BUILD only drops the attributes of a
// dictionary. It begins at `begin` and ends before `end`, where other bytes may follow its STOP. Throws
// Error{Corrupt | Unsupported}; memory stays below some 100 MB whatever the pickle says.
PickleDocument readPickle(const ByteSource& source, std::uint64_t begin, std::uint64_t end);

}  // namespace engine
