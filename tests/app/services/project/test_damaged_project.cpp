// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "tests/app/services/project/project_fixture.h"
#include "tests/support/test_data.h"

using engine::ErrorCode;

namespace {}  // namespace

TEST_CASE("No folder, no project, a file that is no database: said so, with what to do") {
    const test::TemporaryFolder folder;
    CHECK(test::refusal(test::toQString(folder / "nowhere"))->code() == ErrorCode::NotFound);
    CHECK(test::refusal(test::toQString(folder.path()))->code() == ErrorCode::NotFound);
    CHECK(std::filesystem::is_empty(folder.path()));  // no lock, no database made by looking
    for (const std::string& bytes : {std::string(), std::string("text"), std::string(100'000, 'x')}) {
        std::ofstream(folder / "project.sqlite") << bytes;
        const auto error = test::refusal(test::toQString(folder.path()));
        REQUIRE(error);
        CHECK(error->code() == ErrorCode::Corrupt);
        CHECK(std::string(error->what()).find("backup") != std::string::npos);
        CHECK(test::contentOf(folder / "project.sqlite") == bytes);
    }
}

TEST_CASE("A damaged database is said so, with what to do, and never written") {
    const test::ProjectFolder folder(500);
    { const auto project = folder.open(); }
    const std::string whole = test::contentOf(folder.database());
    const auto refusedAsIs = [&](const std::string& bytes) {
        std::ofstream(folder.database(), std::ios::binary) << bytes;
        const auto error = test::refusal(folder.path());
        CHECK(test::contentOf(folder.database()) == bytes);
        if (error) {
            CHECK(error->code() == ErrorCode::Corrupt);
            CHECK(std::string(error->what()).find("backup") != std::string::npos);
            CHECK(std::string(error->what()).find(folder.path().toStdString()) != std::string::npos);
        }
        return error.has_value();
    };
    SECTION("truncated") {
        for (const double share : {0.01, 0.1, 0.5, 0.9})
            CHECK(refusedAsIs(whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size())))));
        CHECK(refusedAsIs(whole.substr(0, whole.size() - 4096)));
    }
    SECTION("the header") {
        std::string bytes = whole;
        for (std::size_t i = 0; i < 16; ++i) bytes[i] = static_cast<char>(~bytes[i]);
        CHECK(refusedAsIs(bytes));
        bytes = whole;
        bytes[68] = static_cast<char>(~bytes[68]);  // whose database it is
        CHECK(refusedAsIs(bytes));
    }
    SECTION("pages overwritten with zeros") {
        for (std::size_t page = 1; page < whole.size() / 4096; page += 3) {
            std::string bytes = whole;
            bytes.replace(page * 4096, 4096, std::string(4096, '\0'));
            CHECK(refusedAsIs(bytes));
        }
    }
    SECTION("single bytes: refused or read, but never a crash and never written") {
        engine::Random random(7);
        int refused = 0;
        for (int i = 0; i < 300; ++i) {
            std::string bytes = whole;
            const auto at = static_cast<std::size_t>(random.below(bytes.size()));
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (i % 8)));
            refused += refusedAsIs(bytes) ? 1 : 0;
        }
        CHECK(refused > 0);
    }
    SECTION("values that no window writes") {
        for (const char* sql :
             {"UPDATE image SET label = 9 WHERE id = 3", "UPDATE image SET split = -1 WHERE id = 3",
              "DELETE FROM project WHERE key = 'uuid'",
              "INSERT INTO model VALUES (1, 'f', 'n', 'm', 0, 0, 1, 5, x'0102', x'', '{}', NULL, NULL, 0, 65535)",
              "INSERT INTO model VALUES (1, 'f', 'n', 'm', 0, 0, 1, 5, x'', x'', 'no json', NULL, NULL, 0, 65535)",
              "DROP TABLE score"}) {
            INFO(sql);
            std::ofstream(folder.database(), std::ios::binary) << whole;
            test::runSql(folder, QString::fromLatin1(sql));
            // The current model is one that there is; without it the scores are not looked at.
            test::runSql(folder,
                         test::qs("INSERT OR IGNORE INTO model VALUES (1, 'f', 'n', 'm', 0, 0, 1, 5, x'', x'', '{}', "
                                  "NULL, NULL, 0, 65535)"));
            test::runSql(folder, test::qs("INSERT OR REPLACE INTO project VALUES ('current_model', '1')"));
            CHECK(test::refusal(folder.path())->code() == ErrorCode::Corrupt);
        }
    }
}
