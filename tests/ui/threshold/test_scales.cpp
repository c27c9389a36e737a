// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLocale>
#include <catch2/catch.hpp>

#include "ui/threshold/score_scale.h"

using ui::ScoreScale;

TEST_CASE("A scale has between 100 and 1000 steps, with as many decimals as a step needs") {
    QLocale::setDefault(QLocale::c());
    for (const double reach : {3.0, 0.02, 1.0, 9.99, 10.0, 250.0, 4e4, 7e-7}) {
        INFO(reach);
        const auto scale = ScoreScale::of({5, 5 + reach});
        CHECK((scale.high - scale.low) / scale.step() <= 1001);
        CHECK((scale.high - scale.low) / scale.step() >= 99);
    }
    CHECK(ScoreScale::of({1, 4}).text(1.9512) == QLatin1String("1.95"));
    CHECK(ScoreScale::of({10000, 10003}).text(10001.951) == QLatin1String("10001.95"));
    CHECK(ScoreScale::of({0, 40000}).decimals == 0);
}

TEST_CASE("What is snapped is the decimal number that is shown") {
    const auto scale = ScoreScale::of({1, 4});
    CHECK(scale.snapped(1.6199) == 1.62);
    CHECK(scale.snapped(2.2950001) == 2.3);
    CHECK(ScoreScale::of({0, 90000}).snapped(12345) == 12300);
}

TEST_CASE("One score, or scores that are all the same, still have an axis") {
    const auto scale = ScoreScale::of({2, 2});
    CHECK(scale.low < 2);
    CHECK(scale.high > 2);
    CHECK(ScoreScale::of({0, 0}).high > 0);
}

TEST_CASE("A share that is neither none nor all is never shown as one") {
    QLocale::setDefault(QLocale::c());
    CHECK(ui::percentText(0) == QStringLiteral("0.0\u00A0%"));
    CHECK(ui::percentText(0.016) == QStringLiteral("1.6\u00A0%"));
    CHECK(ui::percentText(0.0001) == QStringLiteral("0.01\u00A0%"));
    CHECK(ui::percentText(0.9999) == QStringLiteral("99.99\u00A0%"));
}
