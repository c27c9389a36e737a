// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/window/desk.h"

using test::Desk;

namespace {

void type(const Desk& desk, const QString& text) {
    auto* box = desk.find<QComboBox>("defectTypeCombo");
    box->setFocus();
    box->lineEdit()->selectAll();
    QTest::keyClicks(box, text);
    QTest::keyClick(box, Qt::Key_Return);
}

}  // namespace

TEST_CASE("a defect type that is known is meant however it is typed, and is shown as everywhere") {
    Desk desk;
    desk.makeProject();
    const services::ImageId first = desk.project()->images()[0].id;
    const services::ImageId second = desk.project()->images()[1].id;
    const auto typeOf = [&](services::ImageId id) {
        return desk.project()->images()[static_cast<std::size_t>(desk.project()->rowOf(id))].defectType;
    };
    desk.project()->setLabels({&first, 1}, engine::Label::Defect, QStringLiteral("broken_large"));
    desk.window->workspace()->showImage(first);
    CHECK(desk.find<QComboBox>("defectTypeCombo")->currentText() == QStringLiteral("Broken large"));
    desk.window->workspace()->showImage(second);
    type(desk, QStringLiteral("BROKEN large"));
    CHECK(typeOf(second) == QStringLiteral("broken_large"));
    type(desk, QStringLiteral("burr"));
    CHECK(typeOf(second) == QStringLiteral("burr"));
    desk.find<QComboBox>("defectTypeCombo")->setEditText(QStringLiteral("Broken LARGE"));
    desk.click("labelDefect");
    CHECK(typeOf(second) == QStringLiteral("broken_large"));
    type(desk, QStringLiteral("burr"));
    CHECK(typeOf(second) == QStringLiteral("burr"));
    CHECK(desk.find<QComboBox>("defectTypeCombo")->findText(QStringLiteral("Burr")) >= 0);
}
