// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStyleOptionComboBox>
#include <QTest>
#include <QVBoxLayout>
#include <catch2/catch.hpp>

#include "tests/ui/common/contrast.h"
#include "ui/common/theme.h"

namespace {

const auto longName = QStringLiteral("Zylinderkopfdichtungsflaechenvorbearbeitung an der Linie drei, Werk acht");

}  // namespace

TEST_CASE("Fields are of one height, whatever is in them") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QLineEdit edit;
    QComboBox box;
    box.addItem(QStringLiteral("word"));
    QSpinBox spin;
    QDoubleSpinBox number;
    for (const QWidget* field : std::initializer_list<QWidget*>{&edit, &box, &spin, &number}) {
        INFO(field->metaObject()->className());
        CHECK(field->sizeHint().height() == ui::metrics::rowHeight);
    }
}

TEST_CASE("A field in which nobody types shows the start of what it holds") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* edit = new QLineEdit;
    auto* other = new QLineEdit;
    auto* types = new QComboBox;
    types->setEditable(true);
    for (QWidget* field : std::initializer_list<QWidget*>{edit, other, types}) column->addWidget(field);
    window.resize(160, 120);
    window.show();
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    edit->setText(longName);
    CHECK(edit->cursorPosition() == 0);
    edit->setText(longName);  // the same once more
    CHECK(edit->cursorPosition() == 0);
    types->setEditText(longName);
    CHECK(types->lineEdit()->cursorPosition() == 0);

    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_End);
    QTest::keyClicks(edit, QStringLiteral("!"));
    CHECK(edit->cursorPosition() == longName.size() + 1);
    other->setFocus();
    CHECK(edit->cursorPosition() == 0);
}

TEST_CASE("What is off is told from what is on: fields, and buttons that stay down, in light and dark") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const QPalette palette = QApplication::palette();
        CHECK(palette.color(QPalette::Disabled, QPalette::Base) == palette.color(QPalette::Window));
        CHECK(palette.color(QPalette::Disabled, QPalette::Base) != palette.color(QPalette::Active, QPalette::Base));
        QPushButton button(QStringLiteral("Done"));
        button.setCheckable(true);
        button.resize(80, 28);
        const auto edge = [&] { return button.grab().toImage().pixelColor(40, 0); };
        const QColor off = edge();
        button.setChecked(true);
        CHECK(edge() != off);
        CHECK(test::contrast(edge(), palette.color(QPalette::Window)) >= 3);
    }
}

TEST_CASE("The list of a combo box shows its items whole, however narrow the box is") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    QComboBox box;
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.addItem(longName);
    box.resize(120, 28);
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const QRect list = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxListBoxPopup, &box);
    CHECK(list.width() >= box.fontMetrics().horizontalAdvance(longName));
}
