// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace test {

// Builds pickles and both .pth containers by hand, honest ones and others.

std::string littleEndian(std::uint64_t value, int bytes);
std::string pickleText(const std::string& text);
std::string pickleInteger(std::int64_t value);
std::string pickleTuple(const std::vector<std::string>& parts);
std::string pickleGlobal(const std::string& module, const std::string& name);

struct PickledTensor {
    std::string name = "a";
    std::string storageType = "FloatStorage";
    std::string key = "0";
    std::int64_t storageElements = 6;
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape = {2, 3};
    std::vector<std::int64_t> strides = {3, 1};
};

std::string pickleTensor(const PickledTensor& tensor);
// A whole pickle: protocol 2, a dictionary of these, STOP.
std::string pickleDictionary(const std::vector<PickledTensor>& tensors);
std::string pickleOf(const std::string& value);

using Storages = std::vector<std::pair<std::string, std::string>>;  // key, bytes
// (name, content) entries, stored.
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries);
std::string zipPth(const std::string& pickle, const Storages& storages);
std::string legacyPth(const std::string& pickle, const Storages& storages, int elementBytes);

std::string floatBytes(const std::vector<float>& values);
inline std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace test
