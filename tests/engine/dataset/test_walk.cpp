// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "engine/core/error.h"
#include "tests/engine/dataset/files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;
namespace fs = std::filesystem;

TEST_CASE("images are listed in byte order, below every folder, hidden and other files passed over") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"b.png", "B.JPG", "a/z.tif", "a.png", ".hidden.png", ".DS_Store", "Thumbs.db", "note.txt",
                              ".git/x.png", "a/.y.png"});
    const auto root = folder.path();
    CHECK(listImages(root) == std::vector<fs::path>{root / "B.JPG", root / "a.png", root / "a/z.tif", root / "b.png"});
    CHECK(listImages(root / "note.txt") == std::vector<fs::path>{root / "note.txt"});
    CHECK_THROWS_AS(listImages(root / "absent"), Error);
    fs::create_directory(root / "empty");
    CHECK_THROWS_WITH(listImages(root / "empty"), Catch::Contains("holds no image"));
}

TEST_CASE("names with spaces, Korean and newlines are listed as they are") {
    TemporaryFolder folder;
    makeFiles(folder.path(),
              {"good/a b.png", "good/\xeb\xb6\x80\xed\x92\x88.png", "good/two\nlines.png", "bad\ntype/1.png"});
    const ImageSet set = openImageSet(folder.path());
    CHECK(namesOf(set.trainingGood()) ==
          std::vector<std::string>{"good/a b.png", "good/two\nlines.png", "good/\xeb\xb6\x80\xed\x92\x88.png"});
    CHECK(set.test()[0]->defectType == "bad\ntype");
}

TEST_CASE("links are followed, loops end with a warning, dead links are passed over") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"set/good/0.png", "outside/1.png", "lone.png"});
    fs::create_directory_symlink(folder / "outside", folder / "set/good/linked");
    fs::create_symlink(folder / "lone.png", folder / "set/good/2.png");
    fs::create_directory_symlink("..", folder / "set/good/up");
    fs::create_symlink("nowhere.png", folder / "set/good/3.png");
    fs::create_symlink("self.png", folder / "set/good/self.png");
    const ImageSet set = openImageSet(folder / "set");
    CHECK(namesOf(set.trainingGood()) == std::vector<std::string>{"good/0.png", "good/2.png", "good/linked/1.png"});
    REQUIRE(set.warnings.size() == 1);
    CHECK_THAT(set.warnings[0], Catch::Contains("already"));
}

TEST_CASE("folders that link to each other end after each was entered once") {
    TemporaryFolder folder;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"})
        makeFiles(folder.path(), {(std::string("flat/") + name + "/0.png").c_str()});
    for (const auto& from : fs::directory_iterator(folder / "flat"))
        for (const auto& to : fs::directory_iterator(folder / "flat"))
            fs::create_directory_symlink(to.path(), from.path() / ("to-" + to.path().filename().string()));
    CHECK(openImageSet(folder / "flat").items.size() == 8);
}

TEST_CASE("a folder that the system does not let us read is skipped, or refused if it is the set") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"set/a.png", "set/secret/b.png", "locked/c.png"});
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::chmod((folder / "set/secret").c_str(), 0) == 0);
    REQUIRE(::chmod((folder / "locked").c_str(), 0) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::geteuid() == 0 && ::seteuid(65534) != 0) ::_exit(2);
        int status = 1;
        try {
            const ImageSet set = openImageSet(folder / "set");
            status = set.items.size() == 1 && !set.warnings.empty() ? 0 : 3;
            openImageSet(folder / "locked");
            status = 4;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unreadable) status = 5;
        } catch (...) {
            status = 6;
        }
        ::_exit(status);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    ::chmod((folder / "set/secret").c_str(), 0755);
    ::chmod((folder / "locked").c_str(), 0755);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("ten thousand files are listed in a fraction of a second") {
    TemporaryFolder folder;
    for (int i = 0; i < 10000; ++i) std::ofstream(folder / (std::to_string(i) + ".png"));
    const auto start = std::chrono::steady_clock::now();
    CHECK(openImageSet(folder.path()).items.size() == 10000);
    // A tenth of a second is the target; the limit leaves room for a busy machine.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}
