// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSlider>
#include <QStyleOptionComboBox>
#include <QTest>
#include <QVBoxLayout>
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <vector>

#include "tests/ui/common/contrast.h"
#include "ui/common/elided_line_edit.h"
#include "ui/common/theme.h"

namespace {

const auto longName = QStringLiteral("Zylinderkopfdichtungsflaechenvorbearbeitung an der Linie drei, Werk acht");

// All that have an edge, in which the same letter stands.
std::vector<std::unique_ptr<QWidget>> fieldsWith(const QString& letter) {
    std::vector<std::unique_ptr<QWidget>> fields;
    fields.push_back(std::make_unique<QLineEdit>(letter));
    for (const bool editable : {false, true}) {
        auto box = std::make_unique<QComboBox>();
        box->addItem(letter);
        box->setEditable(editable);
        fields.push_back(std::move(box));
    }
    auto spin = std::make_unique<QSpinBox>();
    spin->setPrefix(letter);
    fields.push_back(std::move(spin));
    for (auto& field : fields) field->resize(120, ui::metrics::rowHeight);
    return fields;
}

QImage grabOf(QWidget& widget) {
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

}  // namespace

TEST_CASE("Fields and buttons have one edge, all around their rectangle, in light and dark, on and off") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const QColor panel = QApplication::palette().color(QPalette::Window);
        auto widgets = fieldsWith(QStringLiteral("H"));
        widgets.push_back(std::make_unique<QPushButton>(QStringLiteral("H")));
        widgets.back()->resize(120, ui::metrics::rowHeight);
        for (const bool enabled : {true, false}) {
            const QColor edge = grabOf(*widgets.front().get()).pixelColor(60, 0);
            for (auto& widget : widgets) {
                widget->setEnabled(enabled);
                INFO(widget->metaObject()->className() << (enabled ? " on" : " off"));
                const QImage image = grabOf(*widget);
                const std::vector<QColor> around = {image.pixelColor(60, 0), image.pixelColor(60, image.height() - 1),
                                                    image.pixelColor(0, 14), image.pixelColor(119, 14)};
                for (const QColor& colour : around) {
                    CHECK(test::contrast(colour, panel) >= (enabled ? 1.6 : 1.3));
                    if (enabled) CHECK(colour == edge);
                }
            }
        }
    }
}

TEST_CASE("What is written in fields of every kind begins in one line") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    const auto startOf = [](QWidget& field) {
        const QImage image = grabOf(field);
        for (int x = 4; x < image.width(); ++x)
            for (int y = 6; y < image.height() - 6; ++y)
                if (image.pixelColor(x, y).lightness() < 128) return x;
        return -1;
    };
    int start = -1;
    for (const auto& field : fieldsWith(QStringLiteral("H"))) {
        INFO(field->metaObject()->className());
        if (start < 0) start = startOf(*field);
        REQUIRE(start > 0);
        CHECK(startOf(*field) == start);
    }
}

TEST_CASE("The handle of a slider is found in light and dark") {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QSlider slider(Qt::Horizontal);
        slider.setRange(0, 100);
        slider.setValue(0);
        slider.resize(100, 24);
        const QImage image = grabOf(slider);
        const QColor panel = slider.palette().color(QPalette::Window);
        // Up and down through the handle, off the groove.
        const auto most = [&](int x) {
            double contrast = 1;
            for (int y = 0; y < 8; ++y) contrast = std::max(contrast, test::contrast(image.pixelColor(x, y), panel));
            return contrast;
        };
        CHECK(most(7) >= 3);
        CHECK(most(60) == Approx(1).margin(0.01));
    }
}

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

TEST_CASE("A text that is too long for its field ends in dots until someone types in it") {
    ui::ElidedLineEdit edit(QStringLiteral("a text that is longer than the field is wide, by far"));
    edit.resize(120, 28);
    edit.show();
    edit.clearFocus();
    const QImage elided = edit.grab().toImage();
    QLineEdit cut(edit.text());
    cut.resize(120, 28);
    cut.show();
    cut.setCursorPosition(0);
    cut.clearFocus();
    CHECK(elided != cut.grab().toImage());
    // A text that fits looks as in any field.
    edit.setText(QStringLiteral("short"));
    cut.setText(QStringLiteral("short"));
    CHECK(edit.grab().toImage() == cut.grab().toImage());
}
