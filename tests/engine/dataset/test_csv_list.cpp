// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "engine/core/error.h"
#include "engine/dataset/csv.h"
#include "tests/engine/dataset/files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;

namespace {

using Fields = std::vector<std::vector<std::string>>;

Fields parsed(const std::string& text) {
    Fields fields;
    for (const CsvRecord& record : parseCsv(text, "list.csv")) fields.push_back(record.fields);
    return fields;
}

ImageSet listed(const TemporaryFolder& folder, const std::string& text) {
    std::ofstream(folder / "list.csv") << text;
    return openImageSet(folder / "list.csv");
}

}  // namespace

TEST_CASE("CSV as in RFC 4180") {
    CHECK(parsed("a,b\nc,d\n") == Fields{{"a", "b"}, {"c", "d"}});
    CHECK(parsed("a,b\r\nc,d") == Fields{{"a", "b"}, {"c", "d"}});
    CHECK(parsed("\"a,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",") == Fields{{"a,1", "say \"hi\""}, {"two\nlines", ""}});
    CHECK(parsed("\xef\xbb\xbf"
                 "a\n\n\nb") == Fields{{"a"}, {"b"}});
    CHECK(parsed(",,") == Fields{{"", "", ""}});
    CHECK(parsed("") == Fields{});
    CHECK(parseCsv("a\n\"x\ny\"\nb", "")[2].line == 4);
    CHECK_THROWS_WITH(parsed("a\n\"open\nb"), Catch::Contains("list.csv: line 2"));
    CHECK_THROWS_WITH(parsed("a\n\"x\"y"), Catch::Contains("line 2"));
}

TEST_CASE("a list gives split, label and mask to each image") {
    TemporaryFolder folder;
    makeFiles(folder.path(), {"m/1.png"});
    const ImageSet set = listed(folder,
                                "path,split,label,mask\n"
                                "b.png,train,good,\n"
                                "sub/../a.png,TEST,Good,\n"
                                "\"c,1.png\",test,scratch,m/1.png\n"
                                "d.png,,,\n");
    CHECK(set.layout == Layout::List);
    CHECK(set.root == folder.path());
    REQUIRE(set.items.size() == 4);
    CHECK(set.items[0].name == "a.png");
    CHECK(set.items[0].split == Split::Test);
    CHECK(set.items[0].label == Label::Good);
    CHECK(set.items[1].split == Split::Train);
    CHECK(set.items[2].name == "c,1.png");
    CHECK(set.items[2].defectType == "scratch");
    CHECK(set.items[2].mask == folder / "m/1.png");
    CHECK(set.items[3].label == Label::Unlabelled);
    CHECK(set.items[3].path == folder / "d.png");
    CHECK(namesOf(set.trainingGood()) == std::vector<std::string>{"b.png"});
}

TEST_CASE("columns are found by name, and only the path is needed") {
    TemporaryFolder folder;
    const ImageSet set = listed(folder, "Label,Path\ndent,x.png\n");
    CHECK(set.items[0].defectType == "dent");
    CHECK(set.items[0].split == Split::Test);
}

TEST_CASE("a bad list names the line") {
    TemporaryFolder folder;
    const auto refused = [&](const std::string& text, const std::string& word) {
        CHECK_THROWS_WITH(listed(folder, text), Catch::Contains("list.csv: ") && Catch::Contains(word));
    };
    refused("", "empty");
    refused("file,label\na.png,good\n", "line 1");
    refused("path,split\na.png,test\nb.png,validation\n", "line 3");
    refused("path,split\na.png\n", "line 2");
    refused("path,split\n,test\n", "line 2");
    refused("path,mask\na.png,none.png\n", "line 2: the mask 'none.png' does not exist");
    refused("path\na.png\nb.png\n./a.png\n", "line 4: names the same image as line 2");
    refused("path\n", "holds no image");
}
