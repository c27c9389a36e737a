// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <fstream>
#include <string>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/core/run_context.h"
#include "engine/core/sha256.h"
#include "tests/support/test_data.h"

using namespace engine;

TEST_CASE("an error is one line that names the file, whatever the file is called") {
    const Error error(ErrorCode::Corrupt, "ends too early", "/data/a\nb\x01.png");
    CHECK(std::string(error.what()) == "/data/a\\nb\\x01.png: ends too early");
    CHECK(error.code() == ErrorCode::Corrupt);
}

TEST_CASE("SHA-256 of the standard's test vectors") {
    Sha256 abc;
    abc.update("a");
    abc.update("bc");
    CHECK(abc.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(Sha256().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("SHA-256 of a file, of a folder, of nothing") {
    test::TemporaryFolder folder;
    std::ofstream(folder / "abc") << "abc";
    CHECK(sha256OfFile(folder / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_THROWS_AS(sha256OfFile(folder / "none"), Error);
    CHECK_THROWS_AS(sha256OfFile(folder.path()), Error);
}

TEST_CASE("random numbers are the published ones and stay within their bound") {
    Random random(1234567);
    CHECK(random.next() == 6457827717110365317ULL);  // SplitMix64's reference output for this seed
    CHECK(random.next() == 3203168211198807973ULL);
    Random other(3);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 20000; ++i) {
        CHECK(other.below(7) < 7);
        const double x = other.normal();
        sum += x;
        squares += x * x;
    }
    CHECK(std::abs(sum / 20000) < 0.03);
    CHECK(squares / 20000 == Approx(1).margin(0.05));
}

TEST_CASE("a stop is noticed by the next check and the next report") {
    std::stop_source source;
    int reports = 0;
    const RunContext context(source.get_token(), [&](const Progress& p) { reports += static_cast<int>(p.done); });
    context.report("work", 1, 2);
    CHECK(reports == 1);
    source.request_stop();
    CHECK_THROWS_AS(context.checkCancelled(), Cancelled);
    CHECK_THROWS_AS(context.report("work", 2, 2), Cancelled);
    CHECK(reports == 1);
}

TEST_CASE("threads: what was asked for, or at least one") {
    CHECK(RunContext({}, {}, {}, {3, InstructionSet::Auto}).threads() == 3);
    CHECK(RunContext().threads() >= 1);
}
