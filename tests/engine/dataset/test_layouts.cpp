// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "engine/core/error.h"
#include "tests/engine/dataset/files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;
using Names = std::vector<std::string>;

TEST_CASE("MVTec: good images to learn from, types to test, masks by the name of their image") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"train/good/1.png", "train/good/0.png", "test/good/9.png", "test/cut/0.png",
                              "test/cut/1.jpg", "test/cut/2.png", "test/cut/3.bmp", "ground_truth/cut/0_mask.png",
                              "ground_truth/cut/1.png", "ground_truth/cut/3.bmp", "license.txt"});
    const ImageSet set = openImageSet(folder.path());
    CHECK(set.layout == Layout::Mvtec);
    CHECK(set.root == folder.path());
    CHECK(set.warnings.empty());
    CHECK(namesOf(set.trainingGood()) == Names{"train/good/0.png", "train/good/1.png"});
    const auto test = set.test();
    CHECK(namesOf(test) ==
          Names{"test/cut/0.png", "test/cut/1.jpg", "test/cut/2.png", "test/cut/3.bmp", "test/good/9.png"});
    CHECK(test[0]->label == Label::Defect);
    CHECK(test[0]->defectType == "cut");
    CHECK(test[0]->mask == folder / "ground_truth/cut/0_mask.png");
    CHECK(test[1]->mask == folder / "ground_truth/cut/1.png");
    CHECK(test[2]->mask.empty());
    CHECK(test[3]->mask == folder / "ground_truth/cut/3.bmp");
    CHECK(test[4]->label == Label::Good);
    CHECK(test[4]->defectType.empty());
    CHECK(test[4]->path == folder / "test/good/9.png");
}

TEST_CASE("a mask without an image, a folder out of place and defects among the training images are warnings") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"train/good/0.png", "train/cut/5.png", "test/cut/0.png", "ground_truth/cut/7_mask.png",
                              "elsewhere/0.png"});
    const ImageSet set = openImageSet(folder.path());
    CHECK(namesOf(set.trainingGood()) == Names{"train/good/0.png"});
    REQUIRE(set.warnings.size() == 3);
    CHECK_THAT(set.warnings[0], Catch::Contains("train/cut") && Catch::Contains("not used for training"));
    CHECK_THAT(set.warnings[1], Catch::Contains("7_mask.png") && Catch::Contains("without an image"));
    CHECK_THAT(set.warnings[2], Catch::Contains("elsewhere"));
}

TEST_CASE("many masks without an image are summed up") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"test/cut/0.png"});
    for (int i = 0; i < 25; ++i)
        makeFiles(folder.path(), {("ground_truth/cut/x" + std::to_string(i) + "_mask.png").c_str()});
    const ImageSet set = openImageSet(folder.path());
    REQUIRE(set.warnings.size() == 11);
    CHECK_THAT(set.warnings.back(), Catch::Contains("15 more"));
}

TEST_CASE("only a test folder, images right in train, and good/ in place of train/good") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"a/test/cut/0.png", "a/test/loose.png", "b/train/0.png", "b/test/cut/1.png",
                              "c/test/cut/0.png", "c/good/2.png"});
    const ImageSet onlyTest = openImageSet(folder / "a");
    CHECK(onlyTest.trainingGood().empty());
    CHECK(namesOf(onlyTest.test()) == Names{"test/cut/0.png", "test/loose.png"});
    CHECK(onlyTest.items[1].label == Label::Unlabelled);
    CHECK(namesOf(openImageSet(folder / "b").trainingGood()) == Names{"train/0.png"});
    CHECK(namesOf(openImageSet(folder / "c").trainingGood()) == Names{"good/2.png"});
}

TEST_CASE("good beside types: the good ones are for training, whatever their folder is called") {
    for (const std::string good : {"good", "OK", "Normal"}) {
        TemporaryFolder folder;
        makeFiles(folder.path(), {(good + "/0.png").c_str(), "scratch/0.PNG", "dent/1.tif", "ground_truth/dent/1.png"});
        const ImageSet set = openImageSet(folder.path());
        CHECK(set.layout == Layout::GoodAndTypes);
        CHECK(namesOf(set.trainingGood()) == Names{good + "/0.png"});
        CHECK(namesOf(set.test()) == Names{"dent/1.tif", "scratch/0.PNG"});
        CHECK(set.test()[0]->defectType == "dent");
        CHECK(set.test()[0]->mask == folder / "ground_truth/dent/1.png");
        CHECK(set.warnings.empty());
    }
}

TEST_CASE("a flat folder is taken as good, with a warning where that may be wrong") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"flat/b.png", "flat/a.png", "nested/x/a.png", "nested/y/b.png"});
    const ImageSet flat = openImageSet(folder / "flat");
    CHECK(flat.layout == Layout::Flat);
    CHECK(namesOf(flat.trainingGood()) == Names{"a.png", "b.png"});
    CHECK(flat.warnings.empty());
    const ImageSet nested = openImageSet(folder / "nested");
    CHECK(namesOf(nested.trainingGood()) == Names{"x/a.png", "y/b.png"});
    CHECK(nested.warnings.size() == 1);
}

TEST_CASE("what is no image set is refused with a remedy") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"one.png", "none/readme.txt"});
    const auto code = [&](const std::string& name, const std::string& word) {
        try {
            openImageSet(folder / name);
        } catch (const Error& error) {
            CHECK_THAT(error.what(), Catch::Contains(word) && Catch::Contains(name));
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(code("none", "train/good") == ErrorCode::NotEnoughData);
    CHECK(code("absent", "does not exist") == ErrorCode::NotFound);
    CHECK(code("one.png", "folder") == ErrorCode::InvalidArgument);
    std::filesystem::create_symlink("loop", folder / "loop");
    CHECK(code("loop", "loop") == ErrorCode::Unreadable);
}

TEST_CASE("layouts, splits and labels have names") {
    CHECK(nameOf(Layout::GoodAndTypes) == "good-and-types");
    CHECK(nameOf(Split::Train) == "train");
    CHECK(nameOf(Label::Unlabelled) == "unlabelled");
}

TEST_CASE("the real sets are read whole, every defect with its mask") {
    const auto check = [](const char* name, std::size_t train, std::size_t test, std::size_t masks) {
        const auto data = realData(std::string("data/") + name);
        if (!data) return;
        const ImageSet set = openImageSet(*data);
        CHECK(set.layout == Layout::Mvtec);
        CHECK(set.warnings.empty());
        CHECK(set.trainingGood().size() == train);
        CHECK(set.test().size() == test);
        std::size_t found = 0;
        for (const auto* item : set.test()) found += item->mask.empty() ? 0 : 1;
        CHECK(found == masks);
    };
    check("mvtec_bottle", 209, 83, 63);
    check("magnetic_tile", 300, 488, 388);
    check("paper_brg02_rl", 32, 64, 48);
}
