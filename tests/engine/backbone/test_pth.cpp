// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/backbone/tensor_file.h"
#include "engine/core/error.h"
#include "tests/engine/backbone/pickle_writer.h"
#include "tests/support/test_data.h"

using engine::Error;
using engine::ErrorCode;
using test::PickledTensor;

namespace {

const test::Storages sixFloats = {{"0", test::floatBytes({1, 2, 3, 4, 5, 6})}};

engine::TensorFile readPthBytes(const std::string& file) {
    return engine::readPth(test::bytesOf(file), "weights.pth");
}

std::vector<float> valuesOf(const engine::TensorFile& file, const std::string& name) {
    const auto values = file.tensors.at(name).floats();
    return {values.begin(), values.end()};
}

// The code of the refusal; fails if there is none, or if it does not name the file on one line.
ErrorCode pthRefusal(const std::string& file) {
    try {
        readPthBytes(file);
    } catch (const Error& error) {
        const std::string text = error.what();
        CHECK(text.starts_with("weights.pth: "));
        CHECK(text.find('\n') == std::string::npos);
        return error.code();
    }
    FAIL("it was read");
    return ErrorCode::Internal;
}

bool isRefused(const std::string& file) {
    const ErrorCode code = pthRefusal(file);
    return code == ErrorCode::Corrupt || code == ErrorCode::Unsupported;
}

std::string oneTensor(const PickledTensor& tensor) {
    return test::zipPth(test::pickleDictionary({tensor}), sixFloats);
}

PickledTensor view(std::int64_t offset, std::vector<std::int64_t> shape, std::vector<std::int64_t> strides) {
    PickledTensor tensor;
    tensor.offset = offset;
    tensor.shape = std::move(shape);
    tensor.strides = std::move(strides);
    return tensor;
}

}  // namespace

TEST_CASE("a tensor is read out of both containers") {
    const std::string pickle = test::pickleDictionary({PickledTensor{}});
    for (const std::string& file : {test::zipPth(pickle, sixFloats), test::legacyPth(pickle, sixFloats, 4)}) {
        const engine::TensorFile content = readPthBytes(file);
        CHECK(content.tensors.at("a").shape == std::vector<std::int64_t>{2, 3});
        CHECK(valuesOf(content, "a") == std::vector<float>{1, 2, 3, 4, 5, 6});
    }
}

TEST_CASE("views and strides are resolved, also when tensors share a storage") {
    std::vector<PickledTensor> tensors = {view(0, {3, 2}, {1, 3}), view(4, {2}, {1}), view(1, {}, {}),
                                          view(0, {2, 0}, {1, 1}), view(2, {2, 2}, {0, 1})};
    const char* names[] = {"transposed", "tail", "scalar", "empty", "repeated"};
    for (std::size_t i = 0; i < tensors.size(); ++i) tensors[i].name = names[i];
    const engine::TensorFile content = readPthBytes(test::zipPth(test::pickleDictionary(tensors), sixFloats));
    CHECK(valuesOf(content, "transposed") == std::vector<float>{1, 4, 2, 5, 3, 6});
    CHECK(valuesOf(content, "tail") == std::vector<float>{5, 6});
    CHECK(valuesOf(content, "scalar") == std::vector<float>{2});
    CHECK(valuesOf(content, "empty").empty());
    CHECK(valuesOf(content, "repeated") == std::vector<float>{3, 4, 3, 4});
}

TEST_CASE("half, bfloat16 and double become float32, exactly where that is possible") {
    const auto readAs = [](const std::string& type, const std::string& bytes, std::int64_t count) {
        PickledTensor tensor = view(0, {count}, {1});
        tensor.storageType = type;
        tensor.storageElements = count;
        return valuesOf(readPthBytes(test::zipPth(test::pickleDictionary({tensor}), {{"0", bytes}})), "a");
    };
    // 1, -2, the smallest subnormal, the largest half, infinity.
    std::string halves;
    for (const unsigned half : {0x3c00u, 0xc000u, 0x0001u, 0x7bffu, 0x7c00u}) halves += test::littleEndian(half, 2);
    CHECK(readAs("HalfStorage", halves, 5) ==
          std::vector<float>{1, -2, 0x1p-24f, 65504, std::numeric_limits<float>::infinity()});
    CHECK(readAs("BFloat16Storage", test::littleEndian(0x3f80, 2) + test::littleEndian(0xc040, 2), 2) ==
          std::vector<float>{1, -3});
    const double values[] = {0.1, -1e300};
    CHECK(readAs("DoubleStorage", {reinterpret_cast<const char*>(values), sizeof values}, 2) ==
          std::vector<float>{0.1f, -std::numeric_limits<float>::infinity()});
}

TEST_CASE("a state_dict inside a checkpoint, parameters and attributes are unwrapped") {
    const std::string parameter = test::pickleGlobal("torch._utils", "_rebuild_parameter") +
                                  test::pickleTuple({test::pickleTensor(PickledTensor{}), "\x88",
                                                     test::pickleGlobal("collections", "OrderedDict") + ")R"}) +
                                  "R";
    const std::string state = test::pickleGlobal("collections", "OrderedDict") + ")R(" + test::pickleText("a") +
                              parameter + "u}(" + test::pickleText("_metadata") + "}ub";
    const std::string pickle =
        test::pickleOf("}(" + test::pickleText("epoch") + "K\x07" + test::pickleText("state_dict") + state + "u");
    CHECK(valuesOf(readPthBytes(test::zipPth(pickle, sixFloats)), "a").size() == 6);
}

TEST_CASE("a pickle that carries code is refused and nothing of it is run") {
    test::TemporaryFolder folder;
    const auto trace = folder / "trace";
    const std::string command = test::pickleTuple({test::pickleText("touch " + trace.string())});
    const std::string attacks[] = {
        test::pickleGlobal("os", "system") + command + "R",
        test::pickleGlobal("posix", "system") + command + "R",
        test::pickleGlobal("builtins", "eval") + command + "R",
        test::pickleText("os") + test::pickleText("system") + "\x93" + command + "R",
        test::pickleGlobal("torch", "FloatStorage") + command + "R",
        test::pickleText("a") + command + "R",
        "(" + test::pickleText("touch") + "ios\nsystem\n",
        test::pickleGlobal("collections", "OrderedDict") + command + "\x81",
        "}}b" + test::pickleTuple({}) + "b",
    };
    for (const std::string& attack : attacks) {
        const std::string pickle = test::pickleOf("}(" + test::pickleText("a") + attack + "u");
        CHECK(isRefused(test::zipPth(pickle, sixFloats)));
        CHECK(isRefused(test::legacyPth(pickle, sixFloats, 4)));
    }
    CHECK(pthRefusal(test::zipPth(test::pickleOf(attacks[0]), sixFloats)) == ErrorCode::Unsupported);
    CHECK_FALSE(std::filesystem::exists(trace));
}

TEST_CASE("tensors outside their storage, negative, overflowing or huge ones are refused") {
    const std::int64_t huge = std::int64_t{1} << 62;
    CHECK(isRefused(oneTensor(view(0, {7}, {1}))));
    CHECK(isRefused(oneTensor(view(1, {6}, {1}))));
    CHECK(isRefused(oneTensor(view(-1, {2}, {1}))));
    CHECK(isRefused(oneTensor(view(6, {1}, {1}))));
    CHECK(isRefused(oneTensor(view(0, {-2}, {1}))));
    CHECK(isRefused(oneTensor(view(5, {2}, {-1}))));
    CHECK(isRefused(oneTensor(view(0, {2, 2}, {huge, huge}))));
    CHECK(isRefused(oneTensor(view(huge, {1}, {1}))));
    CHECK(isRefused(oneTensor(view(0, {huge, huge, huge}, {0, 0, 0}))));
    CHECK(isRefused(oneTensor(view(0, {1 << 30}, {0}))));
    CHECK(isRefused(oneTensor(view(0, {2, 3}, {1}))));
    PickledTensor longer;
    longer.storageElements = 7;
    CHECK(isRefused(oneTensor(longer)));
    longer.storageElements = huge;
    CHECK(isRefused(oneTensor(longer)));
    PickledTensor elsewhere;
    elsewhere.key = "../0";
    CHECK(isRefused(oneTensor(elsewhere)));
    CHECK(isRefused(test::zipPth(test::pickleDictionary({PickledTensor{}, PickledTensor{}}), sixFloats)));
}

TEST_CASE("bombs are refused before they take memory") {
    // Each tuple holds the one before it twice: 2^5000 leaves, if anybody counted them.
    std::string nested = ")q\x01";
    for (int i = 0; i < 5000; ++i) nested += "h\x01h\x01\x86q\x01";
    CHECK(isRefused(test::zipPth(test::pickleOf(nested), {})));
    CHECK(isRefused(test::zipPth(test::pickleOf(std::string(1'000'000, ')')), {})));
    CHECK(isRefused(test::zipPth(test::pickleOf(")q\x01" + std::string(20'000, '(')), {})));
    CHECK(isRefused(test::zipPth(test::pickleOf("X\xff\xff\xff\xff"), {})));
    CHECK(isRefused(test::zipPth(test::pickleOf("]q\x01h\x01"
                                                "a"),
                                 {})));
    // Many repeated views of one storage.
    std::vector<PickledTensor> views;
    for (int i = 0; i < 64; ++i) {
        views.push_back(view(0, {1000, 6}, {0, 1}));
        views.back().name = std::to_string(i);
    }
    CHECK(isRefused(test::zipPth(test::pickleDictionary(views), sixFloats)));
}

TEST_CASE("every truncation is refused, and no flipped byte does more than change values") {
    const std::string pickle = test::pickleDictionary({PickledTensor{}});
    for (const std::string& file : {test::zipPth(pickle, sixFloats), test::legacyPth(pickle, sixFloats, 4)}) {
        for (std::size_t length = 0; length < file.size(); ++length) {
            INFO("cut at " << length);
            CHECK(isRefused(file.substr(0, length)));
        }
        for (std::size_t at = 0; at < file.size(); ++at)
            for (const int flip : {1, 0x80, 0xff}) {
                std::string flipped = file;
                flipped[at] = static_cast<char>(flipped[at] ^ flip);
                try {
                    for (const auto& [name, tensor] : readPthBytes(flipped).tensors)
                        CHECK(tensor.bytes.size() <= 8 * file.size());
                } catch (const Error& error) {
                    CHECK((error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Unsupported));
                }
            }
    }
}

TEST_CASE("zip files that are not PyTorch's are refused") {
    const std::string pickle = test::pickleDictionary({PickledTensor{}});
    CHECK(isRefused(test::zipOf({{"archive/other", "x"}})));
    CHECK(isRefused(test::zipOf({{"a/data.pkl", pickle}, {"b/data.pkl", pickle}})));
    CHECK(isRefused(
        test::zipOf({{"a/data.pkl", pickle}, {"a/data/0", sixFloats[0].second}, {"a/data/0", sixFloats[0].second}})));
    CHECK(isRefused(test::zipOf({{"a/data.pkl", pickle}, {"a/byteorder", "big"}, {"a/data/0", sixFloats[0].second}})));
    CHECK(isRefused(test::zipPth(pickle, {})));
    std::string compressed = test::zipPth(pickle, sixFloats);
    compressed[compressed.find("PK\x01\x02") + 10] = 8;
    CHECK(pthRefusal(compressed) == ErrorCode::Unsupported);
}

TEST_CASE("weights are recognised by content, not by name") {
    test::TemporaryFolder folder;
    const auto put = [&](const std::string& content) {
        const auto path = folder / "weights.bin";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    };
    const std::string pickle = test::pickleDictionary({PickledTensor{}});
    CHECK(engine::readWeights(put(test::zipPth(pickle, sixFloats))).tensors.contains("a"));
    CHECK(engine::readWeights(put(test::legacyPth(pickle, sixFloats, 4))).tensors.contains("a"));
    CHECK(engine::readWeights(put(test::littleEndian(2, 8) + "{}")).tensors.empty());
    for (const std::string content : {"", "P", "\x80", "hello, world", "{}"})
        CHECK_THROWS_AS(engine::readWeights(put(content)), Error);
}
