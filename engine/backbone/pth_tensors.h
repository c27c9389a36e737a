// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/pickle.h"
#include "engine/backbone/tensor_file.h"

namespace engine {

// Where a storage's bytes lie; inside the file, which the container's reader has checked.
struct StorageExtent {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

// Finds a storage by its key. Throws Error{Corrupt} if the file has none.
using StorageFinder = std::function<StorageExtent(const PickleValue& storage)>;

// The tensors of a pickled dictionary, each copied out of its storage in row-major order: views, strides and shared
// storages are resolved. Entries that are no tensors are left out. All tensors together may take eight times the file
// (views and conversion to float32 make them larger than it, honestly), not more. Throws Error{Corrupt | Unsupported}.
TensorFile readPickledTensors(const ByteSource& source, const PickleDocument& document, const StorageFinder& find);

}  // namespace engine
