// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <clocale>
#include <vector>

#include "app/services/report/html_text.h"

using namespace services;

TEST_CASE("what means something to HTML is written as text") {
    CHECK(escaped("<img src=x onerror='a(\"b\")'>&amp;") ==
          "&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;amp;");
    CHECK(escaped("Flasche \xC3\xA4 \xE4\xB8\xAD\xF0\x9F\x94\x8D") == "Flasche \xC3\xA4 \xE4\xB8\xAD\xF0\x9F\x94\x8D");
}

TEST_CASE("control characters and turned writing are made visible") {
    CHECK(escaped("a\nb\x1b\x7f") == "a\\x0ab\\x1b\\x7f");
    CHECK(escaped("gnp\xE2\x80\xAE"
                  "exe") == "gnp\\u202eexe");
    CHECK(escaped(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("what is not UTF-8 becomes a replacement character for each byte") {
    const std::string replaced = "\xEF\xBF\xBD";
    CHECK(escaped("a\xFF"
                  "b") == "a" + replaced + "b");
    CHECK(escaped("\xC0\xAF") == replaced + replaced);                 // an overlong slash
    CHECK(escaped("\xED\xA0\x80") == replaced + replaced + replaced);  // half a surrogate pair
    CHECK(escaped("\xE4\xB8") == replaced + replaced);                 // cut off
    CHECK(escaped("\xF4\x90\x80\x80") == replaced + replaced + replaced + replaced);
    CHECK(escaped("\xE4<") == replaced + "&lt;");
}

TEST_CASE("numbers are written with a point, without a negative zero") {
    CHECK(fixed(1.005, 1) == "1.0");
    CHECK(fixed(-0.0001, 2) == "0.00");
    CHECK(fixed(-12.5, 2) == "-12.50");
    CHECK(fixed(1e300, 0).size() == 301);
    CHECK(grouped(9999) == "9999");
    CHECK(grouped(1234567) == "1\u202F234\u202F567");
    CHECK(grouped(10000) == "10\u202F000");
}

TEST_CASE("a share that is small is not rounded to none, nor a large one to all") {
    CHECK(percent(0) == "0.0\u00A0%");
    CHECK(percent(0.016) == "1.6\u00A0%");
    CHECK(percent(0.0004) == "0.04\u00A0%");
    CHECK(percent(0.99996) == "99.996\u00A0%");
    CHECK(percent(1) == "100.0\u00A0%");
}

TEST_CASE("base64 of the standard's examples") {
    const auto of = [](std::string_view text) { return base64(std::as_bytes(std::span(text))); };
    CHECK(of("") == "");
    CHECK(of("f") == "Zg==");
    CHECK(of("fo") == "Zm8=");
    CHECK(of("foo") == "Zm9v");
    CHECK(of("foobar") == "Zm9vYmFy");
    CHECK(of("\xFF\xFE\xFD") == "//79");
}
