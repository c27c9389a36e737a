// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace {

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

auto entries(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

}  // namespace

TEST_CASE("a committed file is whole and replaces the old one") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    AtomicFile file(folder / "f");
    file.write("new ");
    file.write("text");
    CHECK(content(folder / "f") == "old");
    file.commit();
    CHECK(content(folder / "f") == "new text");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("without a commit the old file stays and nothing is left beside it") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    { AtomicFile(folder / "f").write("half"); }
    CHECK(content(folder / "f") == "old");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("what cannot be written is an error that names the file") {
    test::TemporaryFolder folder;
    CHECK_THROWS_WITH(AtomicFile(folder / "none/f"), Catch::Contains("none/f") && Catch::Contains("does not exist"));
    CHECK_THROWS_WITH(AtomicFile(folder.path()), Catch::Contains("is a folder"));
    CHECK_THROWS_WITH(AtomicFile("/dev/null"), Catch::Contains("is a device"));
    std::ofstream(folder / "f") << "a file";
    CHECK_THROWS_AS(AtomicFile(folder / "f/g"), Error);
}

TEST_CASE("a disk that fills up leaves the old file as it was") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    // A limit on the size of files fails as a full disk does, in the middle of a write.
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{4096, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto write = [&] {
        AtomicFile file(folder / "f");
        file.write(std::string(10000, 'x'));
        file.commit();
    };
    CHECK_THROWS_AS(write(), Error);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, oldHandler);
    CHECK(content(folder / "f") == "old");
    CHECK(entries(folder.path()) == 1);
}
