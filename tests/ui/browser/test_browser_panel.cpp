// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include "tests/ui/browser/browser_window.h"
#include "ui/browser/browser_panel.h"
#include "ui/browser/filter_bar.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_list_model.h"
#include "ui/browser/image_table.h"
#include "ui/common/elements.h"

using engine::Label;
using engine::Verdict;
using services::ImageFilter;
using services::ImageId;
using services::OrderKey;
using test::BrowserWindow;
using ui::BrowserPanel;

TEST_CASE("arrows, Home and End move through the grid") {
    BrowserWindow window;
    const int columns = window.grid()->columns();
    REQUIRE(columns == 2);
    QSignalSpy current(&window.panel, &BrowserPanel::currentImageChanged);
    const auto position = [&] { return window.panel.model()->positionOf(window.panel.currentImage()); };
    CHECK(position() == 0);
    window.key(Qt::Key_Right);
    CHECK(position() == 1);
    window.key(Qt::Key_Down);
    CHECK(position() == 3);
    window.key(Qt::Key_Left);
    CHECK(position() == 2);
    window.key(Qt::Key_Up);
    window.key(Qt::Key_Up);
    CHECK(position() == 0);
    window.key(Qt::Key_End);
    CHECK(position() == 23);
    CHECK(window.grid()->visibleRange().second == 23);
    window.key(Qt::Key_Right);
    CHECK(position() == 23);
    window.key(Qt::Key_PageUp);
    CHECK(position() < 23);
    window.key(Qt::Key_Home);
    CHECK(position() == 0);
    CHECK(current.size() == 7);
    window.key(Qt::Key_Right, Qt::ShiftModifier);
    CHECK(window.panel.selectedImages().size() == 2);
}

TEST_CASE("chips filter by verdict and count as the cut moves") {
    BrowserWindow window;
    auto* fail = window.find<ui::Chip>("failChip");
    CHECK(fail->accessibleName() == QStringLiteral("Fail 16"));
    QTest::mouseClick(fail, Qt::LeftButton);
    CHECK(window.count() == 16);
    CHECK(fail->isChecked());
    window.click(0);
    const ImageId chosen = window.fixture.id(8);
    REQUIRE(window.panel.currentImage() == chosen);
    QSignalSpy current(&window.panel, &BrowserPanel::currentImageChanged);

    // The cut passes over the current image: it leaves the list, the picture stays; and comes back as the chosen one.
    window.fixture.project().previewOperatingPoint(test::cuts(1.5, 2.3));
    CHECK(fail->accessibleName() == QStringLiteral("Fail 13"));
    CHECK(window.count() == 13);
    CHECK(window.panel.currentImage() == chosen);
    CHECK(window.panel.selectedImages().isEmpty());
    CHECK_FALSE(window.grid()->currentIndex().isValid());
    window.fixture.project().previewOperatingPoint(test::cuts(1.5, 2.0));
    CHECK(window.count() == 16);
    CHECK(window.grid()->currentIndex().row() == 0);
    CHECK(window.panel.selectedImages() == QVector<ImageId>{chosen});
    CHECK(current.isEmpty());

    QTest::mouseClick(window.find<ui::Chip>("disagreeChip"), Qt::LeftButton);
    for (int i = 0; i < window.count(); ++i) {
        const auto& image = window.panel.model()->image(i);
        CHECK((image.label == Label::Good ? Verdict::Fail : Verdict::Pass) == window.panel.model()->verdictAt(i));
    }
    CHECK(window.count() == 13);
    QTest::mouseClick(window.find<ui::Chip>("allChip"), Qt::LeftButton);
    CHECK(window.count() == 24);
}

TEST_CASE("N walks the disagreements in turn and says when there is none") {
    BrowserWindow window;
    QVector<ImageId> expected;
    for (int i = 0; i < window.count(); ++i)
        if (window.panel.model()->query().disagrees(i)) expected.append(window.fixture.id(i));
    REQUIRE(expected.size() > 3);
    for (const ImageId id : expected) {
        window.key(Qt::Key_N);
        CHECK(window.panel.currentImage() == id);
    }
    window.key(Qt::Key_N);
    CHECK(window.panel.currentImage() == expected.front());
    window.panel.setFilter({.verdict = Verdict::Review});
    auto* notice = window.find<QLabel>("browserNotice");
    CHECK_FALSE(notice->isVisible());
    window.key(Qt::Key_N);
    CHECK(notice->isVisible());
    CHECK(notice->text().contains(QStringLiteral("No label disagrees")));
}

TEST_CASE("the selection is kept across orders and filters") {
    BrowserWindow window;
    window.click(1);
    window.click(3, Qt::ControlModifier);
    const QVector<ImageId> chosen = {window.fixture.id(1), window.fixture.id(3)};
    window.panel.setOrder({OrderKey::Score, true});
    CHECK(window.panel.selectedImages() == QVector<ImageId>{chosen[1], chosen[0]});
    CHECK(window.panel.currentImage() == chosen[1]);
    CHECK(window.grid()->currentIndex().row() == 20);
    CHECK(window.grid()->visibleRange().second >= 20);
    window.panel.setFilter({.label = Label::Good});
    CHECK(window.panel.selectedImages() == QVector<ImageId>{chosen[0]});
    CHECK(window.panel.currentImage() == chosen[1]);
    window.panel.setFilter({});
    CHECK(window.grid()->currentIndex().row() == 20);
}

TEST_CASE("nothing matches: a sentence and the way out") {
    BrowserWindow window;
    auto* note = window.find<QWidget>("emptyNote");
    CHECK_FALSE(note->isVisible());
    window.panel.setFilter({.text = QStringLiteral("no such image")});
    CHECK(note->isVisible());
    CHECK(window.find<QLabel>("emptySentence")->text() == QStringLiteral("No image matches the filter."));
    QTest::mouseClick(window.find<QWidget>("clearFilterButton"), Qt::LeftButton);
    CHECK_FALSE(note->isVisible());
    CHECK(window.count() == 24);
    CHECK(window.find<QLineEdit>("searchField")->text().isEmpty());
}

TEST_CASE("the table shows the same images and sorts by its headings") {
    BrowserWindow window;
    window.click(2);
    QTest::mouseClick(window.find<QToolButton>("tableButton"), Qt::LeftButton);
    REQUIRE(window.panel.isTable());
    auto* table = window.find<ui::ImageTable>("imageTable");
    CHECK(table->isVisible());
    CHECK(table->currentIndex().row() == 2);
    CHECK(table->rowHeight(0) == 28);
    auto* header = table->horizontalHeader();
    const auto clickHeading = [&](int column) {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 20, header->height() / 2));
    };
    window.panel.resize(900, 600);
    clickHeading(ui::ImageListModel::Verdict);
    CHECK(window.panel.order() == services::ImageOrder{OrderKey::Score, false});
    CHECK(header->sortIndicatorSection() == ui::ImageListModel::Verdict);
    clickHeading(ui::ImageListModel::Verdict);
    CHECK(window.panel.order() == services::ImageOrder{OrderKey::Score, true});
    CHECK(table->currentIndex().row() == 21);
    table->setFocus();
    window.key(Qt::Key_D);
    CHECK(window.label(2) == Label::Defect);
    window.key(Qt::Key_Down);
    CHECK(window.panel.currentImage() == window.fixture.id(1));
    QTest::mouseClick(window.find<QToolButton>("gridButton"), Qt::LeftButton);
    CHECK(window.grid()->isVisible());
    CHECK(window.grid()->currentIndex().row() == 22);
}

TEST_CASE("the filter menu narrows by split, type and score") {
    BrowserWindow window;
    const auto trigger = [&](const char* name) {
        QTest::mouseClick(window.find<QToolButton>("filterButton"), Qt::LeftButton);
        auto* menu = window.find<QMenu>("filterMenu");
        REQUIRE(menu->isVisible());
        window.find<QAction>(name)->trigger();
        menu->close();
    };
    trigger("splitTrain");
    CHECK(window.count() == 8);
    trigger("type_bent");
    CHECK(window.panel.filter().defectType == QStringLiteral("bent"));
    CHECK(window.panel.filter().split == engine::Split::Train);
    CHECK(window.count() == 1);
    CHECK(window.find<QToolButton>("filterButton")->text().contains(QStringLiteral("2")));
    trigger("clearFilter");
    CHECK(window.count() == 24);

    QTest::mouseClick(window.find<QToolButton>("filterButton"), Qt::LeftButton);
    QTest::keyClicks(window.find<QLineEdit>("scoreFromEdit"), QLocale().toString(3.5));
    QTest::keyClicks(window.find<QLineEdit>("scoreToEdit"), QLocale().toString(3.75));
    CHECK(window.count() == 3);
    QTest::keyClick(window.find<QLineEdit>("scoreToEdit"), Qt::Key_Return);
    CHECK_FALSE(window.find<QMenu>("filterMenu")->isVisible());
}

TEST_CASE("thumbnails come to the visible images, and what cannot be read says why") {
    BrowserWindow window({.count = 12, .written = true});
    REQUIRE(QTest::qWaitFor([&] { return !window.fixture.thumbnails().cached(window.fixture.id(0)).isNull(); }, 10000));
    REQUIRE(
        QTest::qWaitFor([&] { return !window.fixture.thumbnails().cached(window.fixture.id(11)).isNull(); }, 10000));

    BrowserWindow broken;
    const auto tip = [&] { return broken.panel.model()->index(0, 0).data(Qt::ToolTipRole).toString(); };
    REQUIRE(QTest::qWaitFor([&] { return tip().contains(u'\n'); }, 10000));
    CHECK(tip().startsWith(QStringLiteral("part_000000.png\n")));
}

TEST_CASE("an image whose file has changed has a new thumbnail once it is scored") {
    BrowserWindow window({.count = 4, .written = true});
    const ImageId id = window.fixture.id(1);
    auto& thumbnails = window.fixture.thumbnails();
    REQUIRE(QTest::qWaitFor([&] { return !thumbnails.cached(id).isNull(); }, 10000));
    const QString path = window.fixture.image(1).path;
    REQUIRE(cv::imwrite(path.toStdString(), cv::Mat(160, 200, CV_8UC3, cv::Scalar(255, 255, 255))));
    auto& project = window.fixture.project();
    project.addScores(project.currentModel()->id, {{id, 2.5, {}, services::fileVersionOf(path)}});
    CHECK(QTest::qWaitFor([&] { return thumbnails.cached(id).pixelColor(100, 80) == QColor(Qt::white); }, 10000));
}

TEST_CASE("every control has a name for those who do not see it") {
    BrowserWindow window;
    for (const QWidget* widget : window.panel.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith(u"qt_"))
            continue;
        INFO(widget->metaObject()->className() << " " << qPrintable(widget->objectName()));
        CHECK_FALSE(widget->accessibleName().isEmpty());
        CHECK_FALSE(widget->objectName().isEmpty());
    }
}

TEST_CASE("the current image stays in sight when the panel becomes narrower, lower, and as it was") {
    BrowserWindow window;
    window.panel.resize(296, 420);
    const QModelIndex last = window.panel.model()->index(window.count() - 1, 0);
    window.grid()->setCurrentIndex(last);
    const auto isSeen = [&] {
        QApplication::processEvents();
        return window.grid()->viewport()->rect().intersects(window.grid()->visualRect(window.grid()->currentIndex()));
    };
    REQUIRE(isSeen());
    for (const QSize& size : {QSize(200, 420), QSize(200, 300), QSize(700, 300), QSize(296, 420)}) {
        window.panel.resize(size);
        INFO(size.width() << " x " << size.height());
        REQUIRE(QTest::qWaitFor(isSeen, 2000));
    }
    // Also when it was not painted yet.
    window.grid()->setCurrentIndex(window.panel.model()->index(0, 0));
    REQUIRE(isSeen());
    window.grid()->setCurrentIndex(last);
    window.panel.resize(296, 300);
    QApplication::processEvents();
    CHECK(window.grid()->viewport()->rect().contains(window.grid()->visualRect(last)));
}

TEST_CASE("In a narrow panel the tools take a second line: no word is cut off, and every chip is seen") {
    for (const int width : {150, 200, 296}) {
        ui::FilterBar bar;
        bar.setCounts({});
        bar.resize(width, bar.heightForWidth(width));
        bar.show();
        bar.grab();
        INFO(width);
        CHECK(bar.minimumSizeHint().width() <= 150);
        for (const auto* button : bar.findChildren<QAbstractButton*>()) {
            if (!button->isVisible()) continue;
            INFO(button->objectName().toStdString());
            CHECK(button->width() >= button->sizeHint().width());
            CHECK(bar.rect().contains(QRect(button->mapTo(&bar, QPoint()), button->size())));
        }
    }
}
