// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/backbone/tensor_file.h"
#include "engine/core/error.h"
#include "tests/engine/backbone/pickle_writer.h"
#include "tests/support/test_data.h"

using engine::Error;
using engine::ErrorCode;
using engine::Tensor;

namespace {

engine::TensorFile sample() {
    engine::TensorFile file;
    file.tensors["b"] = Tensor::of({2, 2}, std::span<const float>(std::vector<float>{1, 2, 3, 4}));
    file.tensors["a \"quoted\" \xed\x95\x9c"] =
        Tensor::of({3}, std::span<const std::uint8_t>(std::vector<std::uint8_t>{7, 8, 9}));
    file.tensors["c"] = Tensor::of({}, std::span<const std::int64_t>(std::vector<std::int64_t>{-5}));
    file.tensors["d"] = Tensor::of({2, 0}, std::span<const std::int32_t>());
    file.metadata = {{"format", "test"}, {"json", "{\"a\": [1, 2]}\n"}};
    return file;
}

void requireSame(const engine::TensorFile& a, const engine::TensorFile& b) {
    CHECK(a.metadata == b.metadata);
    REQUIRE(a.tensors.size() == b.tensors.size());
    for (const auto& [name, tensor] : a.tensors) {
        const Tensor& other = b.tensors.at(name);
        CHECK(tensor.type == other.type);
        CHECK(tensor.shape == other.shape);
        CHECK(tensor.bytes == other.bytes);
    }
}

std::string container(const std::string& header, const std::string& data) {
    return test::littleEndian(header.size(), 8) + header + data;
}

engine::TensorFile read(const std::string& bytes) {
    return engine::readSafetensors(test::bytesOf(bytes), "x.safetensors");
}

ErrorCode refusal(const std::string& bytes) {
    try {
        read(bytes);
    } catch (const Error& error) {
        const std::string text = error.what();
        CHECK(text.starts_with("x.safetensors: "));
        CHECK(text.find('\n') == std::string::npos);
        return error.code();
    }
    FAIL("it was read");
    return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("what is written comes back, and the same content gives the same bytes") {
    test::TemporaryFolder folder;
    engine::writeSafetensors(folder / "one", sample());
    engine::writeSafetensors(folder / "two", sample());
    requireSame(engine::readSafetensors(folder / "one"), sample());
    CHECK(test::contentOf(folder / "one") == test::contentOf(folder / "two"));
    CHECK(engine::readSafetensorsMetadata(folder / "one") == sample().metadata);
}

TEST_CASE("the bytes are those of the format") {
    test::TemporaryFolder folder;
    engine::TensorFile file;
    file.tensors["w"] = Tensor::of({1}, std::span<const float>(std::vector<float>{1}));
    engine::writeSafetensors(folder / "w", file);
    const std::string header = R"({"w":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}})";
    CHECK(test::contentOf(folder / "w") ==
          container(header + std::string((8 - header.size() % 8) % 8, ' '), test::floatBytes({1})));
}

TEST_CASE("new metadata leaves the tensors' bytes as they are, whatever their type") {
    test::TemporaryFolder folder;
    const auto path = folder / "half";
    std::ofstream(path, std::ios::binary)
        << container(R"({"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", std::string("\x00\x3c\x00\xc0", 4));
    engine::rewriteSafetensorsMetadata(path, {{"threshold", "0.5"}});
    CHECK(engine::readSafetensorsMetadata(path) == std::map<std::string, std::string>{{"threshold", "0.5"}});
    CHECK(test::contentOf(path).ends_with(std::string("\x00\x3c\x00\xc0", 4)));
    const engine::TensorFile content = engine::readSafetensors(path);
    const auto values = content.tensors.at("h").floats();
    CHECK(std::vector<float>(values.begin(), values.end()) == std::vector<float>{1, -2});
}

TEST_CASE("what cannot be stored is refused before anything is written") {
    test::TemporaryFolder folder;
    engine::TensorFile reserved;
    reserved.tensors["__metadata__"] = sample().tensors["b"];
    engine::TensorFile wrongLength = sample();
    wrongLength.tensors["b"].bytes.pop_back();
    engine::TensorFile notText = sample();
    notText.metadata["x"] = "\xff\xfe";
    for (const auto& file : {reserved, wrongLength, notText})
        CHECK_THROWS_AS(engine::writeSafetensors(folder / "f", file), Error);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("headers that lie are refused") {
    const auto tensor = [](const std::string& shape, const std::string& offsets) {
        return R"({"dtype":"U8","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
    };
    const std::string good = tensor("[2]", "[0,2]");
    const std::string bad[] = {
        "{\"a\":" + good + ",\"b\":" + tensor("[2]", "[1,3]") + "}",     // overlap
        "{\"a\":" + good + ",\"b\":" + tensor("[1]", "[3,4]") + "}",     // gap
        "{\"a\":" + good + "}",                                          // bytes after the last tensor
        "{\"a\":" + tensor("[5]", "[0,5]") + "}",                        // truncated
        "{\"a\":" + tensor("[3]", "[0,4]") + "}",                        // another length than the shape's
        "{\"a\":" + tensor("[-4]", "[0,4]") + "}",                       // negative
        "{\"a\":" + tensor("[4.0]", "[0,4]") + "}",                      // no integer
        "{\"a\":" + tensor("[4294967296,4294967296,4]", "[0,4]") + "}",  // overflows to 0
        "{\"a\":" + tensor("[4]", "[4,0]") + "}",                        // backwards
        "{\"a\":" + tensor("[4]", "[18446744073709551612,0]") + "}",     // wraps
        "{\"a\":" + tensor("[4]", "[0,4,4]") + "}",
        "{\"a\":" + tensor("[4]", "[0]") + "}",
        "{\"a\":" + good + ",\"a\":" + good + "}",  // twice
        R"({"a":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
        R"({"a":{"shape":[4],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"extra":1}})",
        R"({"a":{"dtype":"U8","shape":[[4]],"data_offsets":[0,4]}})",
        R"({"__metadata__":{"a":1}})",
        R"({"__metadata__":{"a":{}}})",
        R"({"__metadata__":{},"__metadata__":{}})",
        "[]",
        "{",
        "{}}",
        "",
        "{\"a\":" + std::string(200'000, '[') + "}",
        std::string(200'000, '{'),
    };
    for (const std::string& header : bad) {
        INFO(header.substr(0, 120));
        CHECK(refusal(container(header, "1234")) == ErrorCode::Corrupt);
    }
    CHECK(refusal(container(R"({"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}})", "1234")) ==
          ErrorCode::Unsupported);
    CHECK(refusal(test::littleEndian(99'000'000, 8) + "{}") == ErrorCode::Corrupt);
    CHECK(refusal(test::littleEndian(~std::uint64_t{0}, 8) + "{}") == ErrorCode::Corrupt);
}

TEST_CASE("every truncation is refused, and every flipped byte of the header is refused or harmless") {
    test::TemporaryFolder folder;
    engine::writeSafetensors(folder / "f", sample());
    const std::string file = test::contentOf(folder / "f");
    for (std::size_t length = 0; length < file.size(); ++length)
        CHECK(refusal(file.substr(0, length)) == ErrorCode::Corrupt);
    for (std::size_t at = 0; at < file.size(); ++at)
        for (const int flip : {1, 2, 4, 8, 16, 32, 64, 128}) {
            std::string flipped = file;
            flipped[at] = static_cast<char>(flipped[at] ^ flip);
            try {
                std::size_t total = 0;
                for (const auto& [name, tensor] : read(flipped).tensors) total += tensor.bytes.size();
                CHECK(total <= 2 * file.size());
            } catch (const Error& error) {
                CHECK((error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Unsupported));
            }
        }
}

TEST_CASE("files that are not there, folders and pipes have errors of their own") {
    test::TemporaryFolder folder;
    const auto code = [](const std::filesystem::path& path) {
        try {
            engine::readSafetensors(path);
        } catch (const Error& error) {
            CHECK(error.path() == path);
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(code(folder / "nothing") == ErrorCode::NotFound);
    CHECK(code(folder.path()) == ErrorCode::Unreadable);
    CHECK(code("/dev/null") == ErrorCode::Unreadable);
    std::ofstream(folder / "empty").close();
    CHECK(code(folder / "empty") == ErrorCode::Corrupt);
}
