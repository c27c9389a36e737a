// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;

namespace {

// What follows the header of a safetensors file.
std::string tensorBytes(const std::filesystem::path& file) {
    const std::string whole = test::contentOf(file);
    std::uint64_t header = 0;
    std::copy_n(whole.data(), sizeof header, reinterpret_cast<char*>(&header));
    return whole.substr(8 + header);
}

}  // namespace

TEST_CASE("The rule --false-reject chooses from good training images alone, and changes nothing else in the model") {
    const Workshop shop;
    shop.fitModel();
    const auto tensors = tensorBytes(shop / "m.anomaly");
    auto before = shop.runJson({"info", "m.anomaly"});
    std::filesystem::remove_all(shop / "set/test");
    std::filesystem::remove_all(shop / "set/ground_truth");
    const auto point = shop.runJson({"threshold", "m.anomaly", "set", "--false-reject", "0.2"});
    CHECK(point.at("rule") == "false-reject");
    CHECK(point.at("basis").get<std::string>().find("8 good training images, cross-validated in 5 folds") == 0);
    CHECK(point.at("review").get<double>() <= point.at("fail").get<double>());
    CHECK(point.at("pixel").is_number());
    CHECK(point.at("fail_interval").size() == 2);
    // At most a fifth of eight images.
    CHECK(point.at("expected_false_rejects").at("count") == 1);
    CHECK(point.at("expected_false_rejects").at("total") == 8);
    CHECK(point.at("expected_escapes").is_null());
    CHECK(tensorBytes(shop / "m.anomaly") == tensors);
    auto after = shop.runJson({"info", "m.anomaly"});
    CHECK(after.at("operating_point").at("fail") == point.at("fail"));
    after.erase("operating_point");
    before.erase("operating_point");
    CHECK(after == before);
}

TEST_CASE("The rule --false-reject says which images it could not use") {
    const Workshop shop;
    shop.fitModel("few.anomaly", {"--limit", "4"});
    const auto few = shop.runJson({"threshold", "few.anomaly", "set", "--false-reject", "0.25"});
    CHECK(few.at("basis").get<std::string>().find("4 good training images, cross-validated in 4 folds") == 0);
    CHECK(few.at("basis").get<std::string>().find("without 4 that the model has not learned from") !=
          std::string::npos);
    CHECK(few.at("expected_false_rejects").at("total") == 4);
    std::filesystem::create_directories(shop / "others");
    for (int i = 0; i < 5; ++i) test::writePart(shop / ("others/" + std::to_string(i) + ".png"), 500 + i);
    const auto foreign = shop.runJson({"threshold", "few.anomaly", "others", "--false-reject", "0.25"});
    CHECK(foreign.at("basis").get<std::string>().find("the model has learned from none of them") != std::string::npos);
    CHECK(foreign.at("expected_false_rejects").at("total") == 5);
}

TEST_CASE("The rules with labels say on which images, and evaluate confirms what they promise") {
    const Workshop shop;
    shop.fitModel();
    using Words = std::vector<std::string>;
    for (const Words& rule : {Words{"--best-f1"}, {"--no-escapes"}, {"--escape", "0.3"}}) {
        std::vector<std::string> arguments{"threshold", "m.anomaly", "set"};
        arguments.insert(arguments.end(), rule.begin(), rule.end());
        const auto point = shop.runJson(arguments);
        CHECK(point.at("rule") == rule.front().substr(2));
        CHECK(point.at("basis").get<std::string>().find("4 good and 4 defective test images of set") == 0);
        CHECK(point.at("pixel").is_number());
        const auto judged = shop.runJson({"evaluate", "m.anomaly", "set"}).at("operating_point");
        CHECK(judged.at("fail") == point.at("fail"));
        CHECK(judged.at("rule") == point.at("rule"));
        const auto& confusion = judged.at("confusion");
        CHECK(confusion.at("fp") == 0);
        CHECK(confusion.at("tn") == 4);
        CHECK(confusion.at("fn") == (rule.front() == "--escape" ? 1 : 0));
        CHECK(judged.at("false_reject_rate") == 0.0);
        CHECK(judged.at("escape_rate") == (rule.front() == "--escape" ? 0.25 : 0.0));
    }
}

TEST_CASE("Cuts by hand are kept as given, and the bands that they make are the verdicts") {
    const Workshop shop;
    shop.fitModel();
    const auto result = shop.run({"score", "m.anomaly", "set/test/good/0.png", "--jsonl", "-"});
    const double score = nlohmann::json::parse(result.out).at("score");
    const auto verdict = [&](double review, double fail) {
        const auto point = shop.runJson({"threshold", "m.anomaly", "--fail", std::to_string(fail), "--review",
                                         std::to_string(review), "--pixel", "1.5"});
        CHECK(point.at("rule") == "manual");
        CHECK(point.at("pixel") == 1.5);
        const auto scored = shop.run({"score", "m.anomaly", "set/test/good/0.png", "--jsonl", "-"});
        return nlohmann::json::parse(scored.out).at("verdict").get<std::string>();
    };
    CHECK(verdict(score + 1, score + 2) == "pass");
    CHECK(verdict(score - 1, score + 1) == "review");
    CHECK(verdict(score - 2, score - 1) == "fail");
    const auto rates = shop.runJson({"threshold", "m.anomaly", "set", "--fail", "0"});
    CHECK(rates.at("expected_false_rejects").at("value") == 1.0);
    CHECK(rates.at("expected_escapes").at("value") == 0.0);
    CHECK(rates.at("review").is_null());
    CHECK(shop.run({"threshold", "m.anomaly", "--fail", "1", "--review", "2"}).status == 2);
}

TEST_CASE("A threshold that cannot be chosen leaves the model as it was") {
    const Workshop shop;
    const auto before = test::contentOf(shop.fitModel());
    std::filesystem::create_directories(shop / "one/train/good");
    test::writePart(shop / "one/train/good/a.png", 1);
    using Words = std::vector<std::string>;
    for (const Words& words :
         {Words{"one", "--false-reject", "0.1"}, {"one", "--best-f1"}, {"nowhere", "--no-escapes"}}) {
        std::vector<std::string> arguments{"threshold", "m.anomaly", "--quiet"};
        arguments.insert(arguments.end(), words.begin(), words.end());
        const auto result = shop.run(arguments);
        CHECK(result.status == 1);
        CHECK(test::lineCount(result.err) == 1);
    }
    CHECK(test::contentOf(shop / "m.anomaly") == before);
}
