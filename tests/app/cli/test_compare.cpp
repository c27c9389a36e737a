// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;

TEST_CASE("compare sets two models against each other, and one fault does not end the others") {
    const Workshop shop;
    shop.fitModel("a.anomaly");
    shop.fitModel("b.anomaly", {"--coreset", "2", "--seed", "3"});
    const auto result = shop.run(
        {"compare", "set", "--models", "a.anomaly,none.anomaly,b.anomaly", "--report", "c.html", "--report", "c.csv"});
    INFO(result.err);
    CHECK(result.status == 1);
    CHECK(result.err.find("none.anomaly") != std::string::npos);
    CHECK(result.out.find("could not be run") != std::string::npos);
    CHECK(result.out.find("DeLong") != std::string::npos);
    const auto html = test::contentOf(shop / "c.html");
    for (const char* part : {"DeLong", "McNemar", "Who catches what", "Scores against scores", "a and b",
                             "could not be run", "none.anomaly", "best F1 on these"})
        CHECK(html.find(part) != std::string::npos);
    const auto csv = test::contentOf(shop / "c.csv");
    CHECK(test::lineCount(csv) == 9);
    CHECK(csv.find("image,label,type,a,a_verdict,b,b_verdict,disputed,") == 0);
    CHECK(csv.find("test/spot/2.png,defect,spot,") != std::string::npos);
}

TEST_CASE("compare fits methods itself and leaves nothing of them") {
    const Workshop shop;
    shop.drawImageSet();
    shop.fitModel();  // for its weights
    const auto before = test::filesBelow(shop / ".");
    const auto result = shop.run({"compare", "set", "--methods", "patchcore,patchcore", "--backbone", "resnet18",
                                  "--size", "64", "--report", "c.pdf"},
                                 {.environment = {{"TMPDIR", shop.path(".")}}});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK(result.out.find("patchcore (2)") != std::string::npos);
    CHECK(test::contentOf(shop / "c.pdf").substr(0, 5) == "%PDF-");
    CHECK(test::filesBelow(shop / ".").size() == before.size() + 1);
}

TEST_CASE("compare refuses what is nothing to compare") {
    const Workshop shop;
    shop.drawImageSet();
    CHECK(shop.run({"compare", "set"}).status == 2);
    CHECK(shop.run({"compare", "set", "--models", "a.anomaly"}).status == 2);
    CHECK(shop.run({"compare", "set", "--models", "a.anomaly,b.anomaly", "--methods", "patchcore"}).status == 2);
    CHECK(shop.run({"compare", "set", "--methods", "patchcore,nonsense"}).status == 2);
    const auto none = shop.run({"compare", "set", "--models", "a.anomaly,b.anomaly", "--report", "c.html"});
    CHECK(none.status == 1);
    CHECK(none.err.find("none of the models") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(shop / "c.html"));
}
