// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "engine/core/error.h"
#include "engine/core/mapped_memory.h"
#include "tests/support/test_data.h"

using namespace engine;

TEST_CASE("a mapped file is its bytes, also after another has taken its name") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "a") << "content";
    const auto mapped = MappedMemory::ofFile(folder / "a");
    std::ofstream(folder / "b") << "other";
    std::filesystem::rename(folder / "b", folder / "a");
    const auto bytes = mapped->bytes();
    CHECK(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()) == "content");
    std::ofstream(folder / "empty").close();
    CHECK(MappedMemory::ofFile(folder / "empty")->bytes().empty());
    CHECK_THROWS_AS(MappedMemory::ofFile(folder / "none"), Error);
    CHECK_THROWS_AS(MappedMemory::ofFile(folder.path()), Error);
}

TEST_CASE("scratch is zero, holds what is written, leaves no name behind, and says where there is no room") {
    test::TemporaryFolder folder;
    const char* before = std::getenv("TMPDIR");
    const std::string restore = before != nullptr ? before : "";
    ::setenv("TMPDIR", folder.path().c_str(), 1);
    {
        const auto scratch = MappedMemory::scratch(100'000);
        const auto bytes = scratch->writable();
        CHECK(std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; }));
        bytes[99'999] = std::byte{7};
        CHECK(scratch->bytes()[99'999] == std::byte{7});
        CHECK(std::filesystem::is_empty(folder.path()));
    }
    try {
        MappedMemory::scratch(std::uint64_t{1} << 60U);
        FAIL("an exabyte was found");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::WriteFailed);
        CHECK(error.path() == folder.path());
    }
    ::setenv("TMPDIR", (folder / "none").c_str(), 1);
    CHECK_THROWS_AS(MappedMemory::scratch(10), Error);
    if (before != nullptr)
        ::setenv("TMPDIR", restore.c_str(), 1);
    else
        ::unsetenv("TMPDIR");
}
