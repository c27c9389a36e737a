// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/workshop.h"

using test::lineCount;
using test::Workshop;

TEST_CASE("Help and version go to standard output and exit with 0") {
    const Workshop shop;
    const auto help = shop.run({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (const char* name : {"sample", "fit", "score", "evaluate", "threshold", "explain", "weights", "info", "bench"})
        CHECK(help.out.find(name) != std::string::npos);

    const auto version = shop.run({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out.find("anomaloscope-cli 0.") == 0);

    const auto fit = shop.run({"fit", "--help"});
    CHECK(fit.status == 0);
    for (const char* option :
         {"--method",          "--backbone", "--weights",   "--size",    "--fit-mode", "--coreset",
          "--stages",          "--roi",      "--limit",     "--set",     "--epochs",   "--partner-backbone",
          "--partner-weights", "--device",   "--precision", "--threads", "--seed",     "--quiet",
          "--log-level",       "--cpu"})
        CHECK(fit.out.find(option) != std::string::npos);
}

TEST_CASE("Wrong usage exits with 2, one line on standard error and nothing on standard output") {
    const Workshop shop;
    const auto arguments = GENERATE(values<std::vector<std::string>>({
        {},
        {"frobnicate"},
        {"fit", "set"},
        {"fit", "set", "--out", "m.anomaly", "--nonsense"},
        {"fit", "set", "--out", "m.anomaly", "--coreset", "0"},
        {"fit", "set", "--out", "m.anomaly", "--coreset", "2.5"},
        {"fit", "set", "--out", "m.anomaly", "--coreset", "many"},
        {"fit", "set", "--out", "m.anomaly", "--backbone", "resnet19"},
        {"fit", "set", "--out", "m.anomaly", "--method", "guess"},
        {"fit", "set", "--out", "m.anomaly", "--size", "16"},
        {"fit", "set", "--out", "m.anomaly", "--set", "sigma"},
        {"fit", "set", "--out", "m.anomaly", "--set", "sigma=1", "--set", "sigma=2"},
        {"fit", "set", "--out", "-"},
        {"fit", "set", "--out", "m.anomaly", "--device", "gpu"},
        {"fit", "set", "--out", "m.anomaly", "--precision", "fp16"},
        {"fit", "set", "--out", "m.anomaly", "--threads", "0"},
        {"fit", "set", "--out", "m.anomaly", "--log-level", "loud"},
        {"score", "m.anomaly"},
        {"score", "m.anomaly", "set", "--csv", "-", "--jsonl", "-"},
        {"evaluate", "m.anomaly", "set", "--json", "-", "--csv", "-"},
        {"threshold", "m.anomaly", "set"},
        {"threshold", "m.anomaly", "set", "--best-f1", "--no-escapes"},
        {"threshold", "m.anomaly", "set", "--false-reject", "1.5"},
        {"threshold", "m.anomaly", "--best-f1"},
        {"explain", "m.anomaly", "a.png", "--at", "3"},
        {"weights", "add", "w.pth"},
        {"bench"},
        {"bench", "coreset"},
    }));
    const auto result = shop.run(arguments);
    std::string words;
    for (const auto& argument : arguments) words += argument + " ";
    INFO(words + ": " + result.err);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK(lineCount(result.err) == 1);
    CHECK(result.err.find("anomaloscope-cli: ") == 0);
}
