// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QSplitter>
#include <QTest>
#include <QVBoxLayout>
#include <catch2/catch.hpp>
#include <map>

#include "ui/common/flow_layout.h"
#include "ui/common/link_button.h"
#include "ui/common/notice_strip.h"
#include "ui/common/scroll_column.h"
#include "ui/common/theme.h"

namespace {

class Block : public QWidget {
public:
    explicit Block(const QSize& size) : m_size(size) {}
    QSize sizeHint() const override { return m_size; }
    QSize minimumSizeHint() const override { return m_size; }

private:
    QSize m_size;
};

// How many of `count` blocks of 40 pixels, 4 apart, stand in each line.
std::vector<int> linesOf(int count, int width) {
    QWidget widget;
    auto* flow = new ui::FlowLayout(4);
    widget.setLayout(flow);
    for (int i = 0; i < count; ++i) flow->addWidget(new Block({40, 20}));
    widget.resize(width, flow->heightForWidth(width));
    widget.show();
    widget.grab();
    std::map<int, int> lines;
    for (int i = 0; i < count; ++i) {
        const QRect place = flow->itemAt(i)->geometry();
        CHECK(widget.rect().contains(place));
        ++lines[place.y()];
    }
    std::vector<int> counts;
    for (const auto& [y, blocks] : lines) counts.push_back(blocks);
    return counts;
}

QLabel* wrapped(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    return label;
}

}  // namespace

TEST_CASE("Flowing widgets: in as few lines as there must be, and none is left over in a line of its own") {
    CHECK(linesOf(5, 5 * 40 + 4 * 4) == std::vector{5});
    CHECK(linesOf(5, 5 * 40 + 4 * 4 - 1) == std::vector{3, 2});
    CHECK(linesOf(4, 3 * 40 + 2 * 4) == std::vector{2, 2});
    CHECK(linesOf(9, 8 * 40 + 7 * 4) == std::vector{5, 4});
    CHECK(linesOf(3, 40) == std::vector{1, 1, 1});
}

TEST_CASE("Flowing widgets stand in the middle of their line, within the margins") {
    QWidget widget;
    auto* flow = new ui::FlowLayout(4);
    flow->setContentsMargins(12, 6, 12, 6);
    widget.setLayout(flow);
    flow->addWidget(new Block({40, 20}));
    flow->addWidget(new Block({40, 28}));
    CHECK(widget.minimumSizeHint() == QSize(40 + 24, 28 + 12));
    CHECK(widget.heightForWidth(200) == 28 + 12);
    CHECK(widget.heightForWidth(40 + 24) == 20 + 4 + 28 + 12);
    widget.resize(200, 40);
    widget.show();
    widget.grab();
    CHECK(flow->itemAt(0)->geometry() == QRect(12, 10, 40, 20));
    CHECK(flow->itemAt(1)->geometry() == QRect(56, 6, 40, 28));
}

TEST_CASE("A column that scrolls: its content has one width, and one height, in a low window and in a high one again") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 12, 12, 12);
    auto* text = wrapped(QStringLiteral("words that take another line where there is less room. ").repeated(6));
    layout->addWidget(text);
    layout->addStretch(1);
    ui::ScrollColumn column(content);
    column.show();
    const int width = 300;
    column.resize(width, 400);
    column.grab();
    const int wanted = content->heightForWidth(content->width());
    // Just enough, so that a bar that took its room from the text would keep itself alive.
    column.resize(width, wanted);
    column.grab();
    CHECK(column.verticalScrollBar()->maximum() == 0);
    CHECK(text->x() == 12);
    CHECK(text->geometry().right() == width - 12 - 1);
    column.resize(width, wanted - 20);
    column.grab();
    CHECK(column.verticalScrollBar()->maximum() == 20);
    CHECK(text->geometry().right() == width - 12 - 1);
    column.resize(width, wanted);
    column.grab();
    CHECK(column.verticalScrollBar()->maximum() == 0);
}

TEST_CASE("A column is never narrower than what is in it, also when that grows") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 12, 12, 12);
    auto* label = new QLabel(QStringLiteral("short"));
    layout->addWidget(label);
    QSplitter splitter;
    splitter.addWidget(new QWidget);
    auto* column = new ui::ScrollColumn(content);
    splitter.addWidget(column);
    splitter.setChildrenCollapsible(false);
    splitter.resize(900, 300);
    splitter.setSizes({900, 1});
    splitter.show();
    CHECK(column->width() == ui::metrics::leftPanelWidth);
    label->setText(QStringLiteral("a word that is longer in another language").repeated(2));
    REQUIRE(QTest::qWaitFor([&] { return content->width() >= content->minimumSizeHint().width(); }));
    CHECK(column->width() > ui::metrics::leftPanelWidth);
    CHECK(content->width() <= column->viewport()->width());
}

TEST_CASE("A notice begins in line with the title above it, and what can be done about it looks like a link") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    ui::NoticeStrip strip(QStringLiteral("notice"));
    strip.say(QStringLiteral("The file of this image is gone."), QStringLiteral("Dismiss"));
    strip.resize(600, strip.sizeHint().height());
    strip.show();
    const auto* text = strip.findChild<QLabel*>(QStringLiteral("noticeText"));
    REQUIRE(text != nullptr);
    CHECK(text->x() == ui::metrics::margin);
    CHECK(text->y() >= 6);
    CHECK(strip.height() - text->geometry().bottom() - 1 >= 6);
    auto* action = strip.findChild<ui::LinkButton*>(QStringLiteral("noticeAction"));
    REQUIRE(action != nullptr);
    CHECK(action->accessibleName() == QStringLiteral("Dismiss"));
    CHECK(action->width() >= action->fontMetrics().horizontalAdvance(QStringLiteral("Dismiss")));
}

TEST_CASE("The marks of all verdicts stay within their box and are of one size") {
    for (const auto verdict :
         {engine::Verdict::Pass, engine::Verdict::Review, engine::Verdict::Fail, engine::Verdict::Error}) {
        INFO(static_cast<int>(verdict));
        QImage image(64, 64, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.scale(2, 2);
        ui::paintVerdict(painter, QRectF(8, 8, 9, 9), verdict, Qt::red);
        painter.end();
        QRect ink;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() > 0) ink |= QRect(x, y, 1, 1);
        CHECK(QRect(16, 16, 18, 18).contains(ink));
        CHECK(ink.width() >= 16);
        CHECK(ink.height() >= 16);
    }
}
