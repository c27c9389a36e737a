// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/backbone/pickle_writer.h"

namespace test {

std::string littleEndian(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xff);
    return text;
}

std::string pickleText(const std::string& text) {
    return "X" + littleEndian(text.size(), 4) + text;
}

std::string pickleInteger(std::int64_t value) {
    return "\x8a\x08" + littleEndian(static_cast<std::uint64_t>(value), 8);
}

std::string pickleTuple(const std::vector<std::string>& parts) {
    std::string text = "(";
    for (const std::string& part : parts) text += part;
    return text + "t";
}

std::string pickleGlobal(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}

std::string pickleTensor(const PickledTensor& tensor) {
    const auto integers = [](const std::vector<std::int64_t>& numbers) {
        std::vector<std::string> parts;
        for (const std::int64_t number : numbers) parts.push_back(pickleInteger(number));
        return pickleTuple(parts);
    };
    const std::string storage =
        pickleTuple({pickleText("storage"), pickleGlobal("torch", tensor.storageType), pickleText(tensor.key),
                     pickleText("cpu"), pickleInteger(tensor.storageElements)}) +
        "Q";
    return pickleGlobal("torch._utils", "_rebuild_tensor_v2") +
           pickleTuple({storage, pickleInteger(tensor.offset), integers(tensor.shape), integers(tensor.strides), "\x89",
                        pickleGlobal("collections", "OrderedDict") + ")R"}) +
           "R";
}

std::string pickleOf(const std::string& value) {
    return "\x80\x02" + value + ".";
}

std::string pickleDictionary(const std::vector<PickledTensor>& tensors) {
    std::string text = "}(";
    for (const PickledTensor& tensor : tensors) text += pickleText(tensor.name) + pickleTensor(tensor);
    return pickleOf(text + "u");
}

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries) {
    std::string file;
    std::string directory;
    for (const auto& [name, content] : entries) {
        const std::string sizes = littleEndian(content.size(), 4) + littleEndian(content.size(), 4);
        const std::string common =
            std::string(2, '\0') + std::string(2, '\0') + std::string(8, '\0') + sizes;  // flags, stored
        directory += "PK\x01\x02" + std::string(2, '\0') + littleEndian(0, 2) + common + littleEndian(name.size(), 2) +
                     std::string(12, '\0') + littleEndian(file.size(), 4) + name;
        file += "PK\x03\x04" + littleEndian(0, 2) + common + littleEndian(name.size(), 2) + littleEndian(0, 2) + name +
                content;
    }
    const std::string count = littleEndian(entries.size(), 2);
    return file + directory + "PK\x05\x06" + std::string(4, '\0') + count + count + littleEndian(directory.size(), 4) +
           littleEndian(file.size(), 4) + std::string(2, '\0');
}

std::string zipPth(const std::string& pickle, const Storages& storages) {
    std::vector<std::pair<std::string, std::string>> entries = {{"archive/data.pkl", pickle}};
    for (const auto& [key, bytes] : storages) entries.emplace_back("archive/data/" + key, bytes);
    return zipOf(entries);
}

std::string legacyPth(const std::string& pickle, const Storages& storages, int elementBytes) {
    std::string file = pickleOf(std::string("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19")) +
                       pickleOf("M\xe9\x03") + pickleOf("}(" + pickleText("little_endian") + "\x88" + "u") + pickle;
    std::string keys = "](";
    std::string data;
    for (const auto& [key, bytes] : storages) {
        keys += pickleText(key);
        data += littleEndian(bytes.size() / static_cast<std::size_t>(elementBytes), 8) + bytes;
    }
    return file + pickleOf(keys + "e") + data;
}

std::string floatBytes(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

}  // namespace test
