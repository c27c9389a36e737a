// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QTest>
#include <QVBoxLayout>
#include <catch2/catch.hpp>

#include "tests/ui/training/training_fixture.h"
#include "ui/training/form_rows.h"

TEST_CASE("the fields of grids that make one form begin at one line, whichever has the longest word") {
    QWidget form;
    auto* column = new QVBoxLayout(&form);
    QGridLayout* const grids[] = {ui::makeFormGrid(72), ui::makeFormGrid(72), ui::makeFormGrid(72)};
    QWidget* fields[3];
    const QString words[] = {QStringLiteral("Size"), QStringLiteral("Zwischenspeichergroesse"), QStringLiteral("Seed")};
    for (int i = 0; i < 3; ++i) {
        fields[i] = new ui::CalmSpinBox;
        ui::addFormRow(grids[i], words[i], fields[i], {});
        column->addLayout(grids[i]);
    }
    // A row that is hidden keeps its word's room: nothing moves when it is shown.
    auto* hidden = new ui::CalmSpinBox;
    const ui::FormRow row = ui::addFormRow(grids[2], words[1] + words[1], hidden, {});
    row.setShown(false);
    ui::alignWords({grids[0], grids[1], grids[2]});
    form.resize(600, 300);
    form.show();
    form.grab();
    CHECK(fields[0]->x() == fields[1]->x());
    CHECK(fields[1]->x() == fields[2]->x());
    const int before = fields[0]->x();
    row.setShown(true);
    form.grab();
    CHECK(fields[0]->x() == before);
    CHECK(hidden->x() == before);
}

TEST_CASE("what is under the fold of the training form is in line with what is above it") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    QTest::mouseClick(fixture.find<QAbstractButton>("advancedFold"), Qt::LeftButton);
    fixture.window().grab();
    const auto leftOf = [&](const char* name) {
        return fixture.find<QWidget>(name)->mapTo(&fixture.window(), QPoint()).x();
    };
    CHECK(leftOf("methodBox") == leftOf("deviceBox"));
}
