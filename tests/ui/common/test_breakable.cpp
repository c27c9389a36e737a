// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/test_data.h"
#include "ui/common/breakable.h"

using ui::breakable;

TEST_CASE("a path may be broken behind its separators, a long word anywhere, and nothing else is touched") {
    const QChar here(0x200B);
    CHECK(breakable(QStringLiteral("two words")) == QStringLiteral("two words"));
    CHECK(breakable(QStringLiteral("a/b_c-d")) == QStringLiteral("a/%1b_%1c-%1d").arg(here));
    const QString longWord(60, u'x');
    QString broken = breakable(longWord);
    CHECK(broken.indexOf(here) == 24);
    CHECK(broken.count(here) == 60 - 23);
    CHECK(broken.remove(here) == longWord);
    // No accent is parted from its letter, no half of a surrogate pair from the other.
    const QString accents = QStringLiteral("e\u0301").repeated(40) + QStringLiteral("\U0001F527").repeated(40);
    broken = breakable(accents);
    CHECK(broken.count(here) == 80 - 23);
    for (const auto& part : broken.split(here)) CHECK((part.isEmpty() || !part[0].isMark()));
    for (const auto& part : broken.split(here)) CHECK((part.isEmpty() || !part[0].isLowSurrogate()));
    CHECK(broken.remove(here) == accents);
    CHECK(breakable({}).isEmpty());
}

TEST_CASE("a list with dots between is broken behind a dot, never before it") {
    const QString text = ui::listed({QStringLiteral("60 images"), QStringLiteral("about 9 s")});
    CHECK(text == QStringLiteral("60 images%1\u00B7 about 9 s").arg(QChar(QChar::Nbsp)));
    CHECK(ui::listed({QStringLiteral("alone")}) == QStringLiteral("alone"));
}

TEST_CASE("what is copied from a label is the path as it is") {
    QClipboard* clipboard = QApplication::clipboard();
    clipboard->setText(QStringLiteral("mine"));
    if (!clipboard->ownsClipboard()) return test::skip("this platform does not say whose the clipboard is");
    const QString path = QStringLiteral("/somewhere/in_a_folder/with-a-long-name/part_0001.png");
    QLabel label(breakable(path));
    label.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    ui::keepBreaksOut(clipboard);
    label.show();
    label.setFocus();
    label.setSelection(0, static_cast<int>(label.text().size()));
    QTest::keyClick(&label, Qt::Key_C, Qt::ControlModifier);
    CHECK(clipboard->text() == path);
    clipboard->setText(QStringLiteral("as it is"));
    CHECK(clipboard->text() == QStringLiteral("as it is"));
}

TEST_CASE("the date in a model's name stays in one line, and only that") {
    CHECK(ui::unbrokenDate(QStringLiteral("PatchCore \u00B7 30 Nov 06:32")) ==
          QStringLiteral("PatchCore \u00B7 30\u00A0Nov\u00A006:32"));
    CHECK(ui::unbrokenDate(QStringLiteral("SSIM autoencoder \u00B7 30 Nov 06:32 of the night shift")) ==
          QStringLiteral("SSIM autoencoder \u00B7 30\u00A0Nov\u00A006:32 of the night shift"));
    for (const auto& other : {QStringLiteral("line three, night shift"), QStringLiteral("a \u00B7 b c d e"), QString()})
        CHECK(ui::unbrokenDate(other) == other);
}
