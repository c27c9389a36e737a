// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/backbone/pickle.h"

namespace engine {

// The values that PyTorch's files build out of plain ones. Each throws Error{Corrupt} if the arguments are not those
// that PyTorch writes.

// One of the few globals that are known; Error{Unsupported} for any other.
PickleValue makePickleGlobal(const std::string& module, const std::string& name, const ByteSource& source);

// ('storage', type, key, location, number of elements [, view]): the persistent id of both containers.
PickleValue makePickleStorage(const PickleDocument& document, const PickleValue& id, const ByteSource& source);

// OrderedDict() or OrderedDict([[key, value], ...]).
PickleValue makePickleDictionary(const PickleDocument& document, const PickleValue& arguments,
                                 const ByteSource& source);

// _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, backward_hooks [, metadata]).
PickleValue makePickleTensor(const PickleDocument& document, const PickleValue& arguments, const ByteSource& source);

}  // namespace engine
