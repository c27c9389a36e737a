// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;

TEST_CASE("report writes the same evaluation in four formats") {
    const Workshop shop;
    shop.fitModel();
    REQUIRE(shop.run({"threshold", "m.anomaly", "set", "--best-f1", "--quiet"}).status == 0);
    test::writeFile(shop / "set/test/spot/bad.png", "");
    const auto result = shop.run({"report", "m.anomaly", "set", "--out", "r.html", "--out", "r.pdf", "--out", "r.csv",
                                  "--out", "r.xlsx", "--title", "Line 3", "--author", "Kim", "--paper", "letter"});
    INFO(result.err);
    REQUIRE(result.status == 3);  // one image could not be read
    CHECK(result.out == "r.html\nr.pdf\nr.csv\nr.xlsx\n");
    const auto html = test::contentOf(shop / "r.html");
    for (const char* part :
         {"Line 3", "Kim", "test/spot/2.png", "bad.png", "data:image/jpeg", "Approved by", "best F1"})
        CHECK(html.find(part) != std::string::npos);
    CHECK(test::contentOf(shop / "r.pdf").find("/MediaBox [0 0 612.0") != std::string::npos);
    const auto csv = test::contentOf(shop / "r.csv");
    CHECK(test::lineCount(csv) == 10);
    CHECK(csv.find("test/spot/2.png,defect,spot,") != std::string::npos);
    CHECK(test::contentOf(shop / "r.xlsx").substr(0, 2) == "PK");
    // Qt's remarks on a server are nobody's business.
    CHECK(result.err.find("XDG_RUNTIME_DIR") == std::string::npos);
}

TEST_CASE("a report with its time given is the same byte for byte in every format") {
    const Workshop shop;
    shop.fitModel();
    for (const char* name : {"a", "b"}) {
        for (const char* ending : {".html", ".pdf", ".csv", ".xlsx"})
            REQUIRE(shop.run({"report", "m.anomaly", "set", "--out", std::string(name) + ending, "--created",
                              "2026-11-25T12:40:05+09:00", "--author", "Kim", "--quiet"})
                        .status == 0);
    }
    for (const char* ending : {".html", ".pdf", ".csv", ".xlsx"}) {
        INFO(ending);
        const auto bytes = test::contentOf(shop / ("a" + std::string(ending)));
        CHECK(bytes.size() > 500);
        CHECK(bytes == test::contentOf(shop / ("b" + std::string(ending))));
    }
    CHECK(test::contentOf(shop / "a.html").find("2026-11-25 12:40:05 (UTC+09:00)") != std::string::npos);
}

TEST_CASE("report refuses what it cannot write, before it evaluates") {
    const Workshop shop;
    shop.fitModel();
    for (const auto& out : {"-", "r.doc", "r"}) {
        const auto result = shop.run({"report", "m.anomaly", "set", "--out", out});
        CHECK(result.status == 2);
        CHECK(result.err.find("score") == std::string::npos);
    }
    const auto folder = shop.run({"report", "m.anomaly", "set", "--out", "none/r.pdf"});
    CHECK(folder.status == 1);
    CHECK(folder.err.find("none/r.pdf") != std::string::npos);
    CHECK(shop.run({"report", "m.anomaly", "set", "--out", "r.pdf", "--created", "yesterday"}).status == 2);
    CHECK(shop.run({"report", "m.anomaly", "set"}).status == 2);
    CHECK_FALSE(std::filesystem::exists(shop / "r.pdf"));
}
