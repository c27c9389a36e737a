// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

auto entries(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

// A process of its own that writes half of a file and is killed.
void writeHalfAndDie(const std::filesystem::path& path, AtomicFile::Temporary kind) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        AtomicFile file(path, kind);
        file.write("half");
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
}

constexpr auto bothKinds = {AtomicFile::Temporary::UnnamedIfPossible, AtomicFile::Temporary::Named};

}  // namespace

TEST_CASE("a committed file is whole and replaces the old one") {
    const auto kind = GENERATE(values(bothKinds));
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    AtomicFile file(folder / "f", kind);
    file.write("new ");
    file.write("text");
    CHECK(test::contentOf(folder / "f") == "old");
    file.commit();
    CHECK(test::contentOf(folder / "f") == "new text");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("without a commit the old file stays and nothing is left beside it") {
    test::TemporaryFolder folder;
    const auto kind = GENERATE(values(bothKinds));
    std::ofstream(folder / "f") << "old";
    { AtomicFile(folder / "f", kind).write("half"); }
    CHECK(test::contentOf(folder / "f") == "old");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a file that was not there appears, with the permissions that any new file has") {
    const auto kind = GENERATE(values(bothKinds));
    test::TemporaryFolder folder;
    AtomicFile file(folder / "f", kind);
    file.write("text");
    CHECK_FALSE(std::filesystem::exists(folder / "f"));
    file.commit();
    CHECK(test::contentOf(folder / "f") == "text");
    CHECK(entries(folder.path()) == 1);
    std::ofstream(folder / "g") << "text";
    struct stat ours {};
    struct stat plain {};
    REQUIRE((::stat((folder / "f").c_str(), &ours) == 0 && ::stat((folder / "g").c_str(), &plain) == 0));
    CHECK(ours.st_mode == plain.st_mode);
}

TEST_CASE("a writer that is killed leaves the old file, and nothing beside it once the next has written") {
    const auto kind = GENERATE(values(bothKinds));
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    writeHalfAndDie(folder / "f", kind);
    CHECK(test::contentOf(folder / "f") == "old");
    // A named temporary has nobody to take it away; this file system can do without a name.
    CHECK(entries(folder.path()) == (kind == AtomicFile::Temporary::Named ? 2 : 1));
    for (const auto next : bothKinds) {
        AtomicFile file(folder / "f", next);
        file.write("new");
        file.commit();
        CHECK(test::contentOf(folder / "f") == "new");
        CHECK(entries(folder.path()) == 1);
        writeHalfAndDie(folder / "f", kind);
    }
}

TEST_CASE("the temporary of a writer that lives is left alone") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "f") << "old";
    std::filesystem::create_directory(folder / "f.anomaloscope-part1");  // nor is anything else by that name
    AtomicFile first(folder / "f", AtomicFile::Temporary::Named);
    AtomicFile second(folder / "f", AtomicFile::Temporary::Named);
    AtomicFile third(folder / "f");
    first.write("first");
    second.write("second");
    third.write("third");
    CHECK(entries(folder.path()) == 4);
    third.commit();
    CHECK(test::contentOf(folder / "f") == "third");
    first.commit();
    CHECK(test::contentOf(folder / "f") == "first");
    second.commit();
    CHECK(test::contentOf(folder / "f") == "second");
    CHECK(entries(folder.path()) == 2);
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
    CHECK(test::contentOf(folder / "f") == "old");
    CHECK(entries(folder.path()) == 1);
}
