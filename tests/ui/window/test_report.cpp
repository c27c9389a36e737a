// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyleOptionComboBox>
#include <QTest>
#include <QUrl>
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/ui/window/desk.h"
#include "ui/common/breakable.h"
#include "ui/common/elided_label.h"
#include "ui/common/theme.h"
#include "ui/report/written_files.h"
#include "ui/threshold/figure.h"
#include "ui/training/message_line.h"

using test::Desk;
using test::quickMs;
using test::textOf;

namespace {

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

// One line an image; no field of these holds a comma.
std::vector<QStringList> rowsOf(const QString& csv) {
    std::vector<QStringList> rows;
    for (const QString& line : QString::fromUtf8(bytesOf(csv)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts))
        rows.push_back(line.split(QLatin1Char(',')));
    return rows;
}

void chooseFolder(Desk& desk, const std::filesystem::path& folder) {
    desk.dialogs.folder = textOf(folder);
    desk.click("chooseReportFolder");
}

void chooseFormats(const Desk& desk, const QStringList& endings) {
    for (const char* ending : {"pdf", "html", "csv", "xlsx"})
        desk.find<QCheckBox>((std::string("reportFormat_") + ending).c_str())
            ->setChecked(endings.contains(QString::fromLatin1(ending)));
}

QStringList waitForFiles(const Desk& desk) {
    auto* written = desk.find<ui::WrittenFiles>("reportFiles");
    auto* message = desk.find<ui::MessageLine>("reportMessage");
    REQUIRE(QTest::qWaitFor([&] { return !written->files().isEmpty() || message->isFault(); }, quickMs));
    INFO(message->text().toStdString());
    REQUIRE_FALSE(written->files().isEmpty());
    return written->files();
}

// What a desktop would open.
class Opened : public QObject {
    Q_OBJECT
public:
    Opened() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open"); }
    ~Opened() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    QStringList paths;

public Q_SLOTS:
    void open(const QUrl& url) { paths.append(url.toLocalFile()); }
};

}  // namespace

TEST_CASE("A report in four formats says what the Tune page says, with the history of the cut and the pictures") {
    Desk desk;
    desk.makeProject();
    desk.train();
    desk.raiseFailCut();

    desk.click("reportPageButton");
    const auto* subject = desk.find<QLabel>("reportSubject");
    CHECK(QTest::qWaitFor(
        [&] { return subject->text().contains(ui::unbrokenDate(desk.project()->currentModel()->name)); }, quickMs));
    chooseFolder(desk, desk.folder / "out");
    chooseFormats(desk, {QStringLiteral("pdf"), QStringLiteral("html"), QStringLiteral("csv"), QStringLiteral("xlsx")});
    desk.find<QLineEdit>("reportTitle")->setText(QStringLiteral("Line 3, week 47"));
    desk.find<QLineEdit>("reportAuthor")->setText(QStringLiteral("Grace Hopper"));
    desk.find<QLineEdit>("reportName")->setText(QStringLiteral("week 47"));
    desk.click("makeReportButton");
    const QStringList files = waitForFiles(desk);
    REQUIRE(files.size() == 4);
    CHECK(QDir(textOf(desk.folder / "out")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size() ==
          4);
    CHECK(bytesOf(textOf(desk.folder / "out/week 47.pdf")).startsWith("%PDF"));
    CHECK(bytesOf(textOf(desk.folder / "out/week 47.xlsx")).startsWith("PK"));

    const QString html = QString::fromUtf8(bytesOf(textOf(desk.folder / "out/week 47.html")));
    CHECK(html.contains(QStringLiteral("Line 3, week 47")));
    CHECK(html.contains(QStringLiteral("Grace Hopper")));
    CHECK(html.contains(QStringLiteral("training")));  // what the first cut came from, before somebody changed it
    CHECK(html.contains(QStringLiteral("manual")));
    CHECK(html.contains(QStringLiteral("Approved by")));
    // All that fails, and the worst passes: of twelve, every one, with its overlay.
    CHECK(html.count(QStringLiteral("data:image/jpeg")) == 24);

    const auto rows = rowsOf(textOf(desk.folder / "out/week 47.csv"));
    REQUIRE(rows.size() == 13);
    const auto column = [&](const char* name) { return rows.front().indexOf(QString::fromLatin1(name)); };
    std::map<QString, int> verdicts;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ++verdicts[rows[i][column("label")] + rows[i][column("verdict")]];
        const auto& images = desk.project()->images();
        const auto image = std::find_if(images.begin(), images.end(),
                                        [&](const auto& record) { return record.name == rows[i][column("image")]; });
        REQUIRE(image != images.end());
        CHECK(rows[i][column("score")].toDouble() == image->score);
        CHECK(rows[i][column("sha_256")].size() == 64);
    }
    for (const char* label : {"good", "defect"})
        for (const char* verdict : {"fail", "review", "pass"}) {
            const std::string name = std::string(label) + verdict;
            CHECK(desk.find<ui::Figure>(name.c_str())->text() ==
                  QString::number(verdicts[QString::fromStdString(name)]));
        }

    const auto* open = desk.find<QWidget>("reportFilesOpen");
    const auto* words = desk.find<QWidget>("reportFiles")->findChild<QLabel*>(QStringLiteral("messageText"));
    const auto leftOf = [&](const QWidget* widget) { return widget->mapTo(desk.window.get(), QPoint()).x(); };
    CHECK(leftOf(open) == leftOf(words));
    CHECK(open->width() == open->fontMetrics().horizontalAdvance(QStringLiteral("Open")));
    REQUIRE(QTest::qWaitFor([&] { return open->height() > 16 && open->visibleRegion() == QRegion(open->rect()); },
                            quickMs));
    Opened opened;
    desk.click("reportFilesOpen");
    desk.click("reportFilesFolder");
    CHECK(opened.paths == QStringList{files.front(), textOf(desk.folder / "out")});

    // A second one takes nothing away from the first.
    chooseFormats(desk, {QStringLiteral("csv")});
    desk.click("makeReportButton");
    CHECK(waitForFiles(desk) == QStringList{textOf(desk.folder / "out/week 47 (2).csv")});
}

TEST_CASE("The Report page has room for what is chosen in the smallest window") {
    ui::applyTheme(*qApp, ui::Appearance::Light);
    Desk desk;
    desk.makeProject();
    desk.window->resize(desk.window->minimumSize());
    desk.click("reportPageButton");
    auto* pictures = desk.find<QComboBox>("reportPictures");
    REQUIRE(QTest::qWaitFor([&] { return pictures->isVisible(); }, quickMs));
    QStyleOptionComboBox option;
    option.initFrom(pictures);
    const QRect room =
        pictures->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, pictures);
    for (int i = 0; i < pictures->count(); ++i) {
        INFO(pictures->itemText(i).toStdString());
        CHECK(pictures->fontMetrics().horizontalAdvance(pictures->itemText(i)) <= room.width() - 2);
    }
}

TEST_CASE("A report that cannot be written says what to do, and one that is cancelled leaves nothing") {
    Desk desk;
    desk.makeProject();
    desk.click("reportPageButton");
    CHECK_FALSE(desk.find<QPushButton>("makeReportButton")->isEnabled());
    desk.train();
    desk.click("reportPageButton");
    REQUIRE(QTest::qWaitFor([&] { return desk.find<QPushButton>("makeReportButton")->isEnabled(); }, quickMs));
    auto* message = desk.find<ui::MessageLine>("reportMessage");

    chooseFormats(desk, {});
    desk.click("makeReportButton");
    CHECK(message->isFault());

    // Below a file nothing can be made, whoever asks.
    std::ofstream(desk.folder / "file") << "x";
    chooseFolder(desk, desk.folder / "file/reports");
    chooseFormats(desk, {QStringLiteral("html"), QStringLiteral("csv")});
    CHECK(message->text().isEmpty());
    desk.click("makeReportButton");
    REQUIRE(QTest::qWaitFor([&] { return message->isFault() && !message->text().isEmpty(); }, quickMs));
    CHECK(message->text().contains(textOf(desk.folder / "file/reports")));
    CHECK(message->text().endsWith(QStringLiteral("Choose another folder.")));  // no right would help
    CHECK(desk.find<QPushButton>("makeReportButton")->text() == QStringLiteral("Try again"));
    // The bottom line names it, and tells it whole where the page does not.
    const auto* failure = desk.find<ui::ElidedLabel>("jobFailure");
    CHECK(failure->text().startsWith(QStringLiteral("Report \u201c")));
    CHECK(failure->text().endsWith(QStringLiteral("\u201d failed")));
    CHECK_FALSE(desk.find<QWidget>("jobRetry")->isVisible());
    desk.click("tunePageButton");
    CHECK(failure->text().endsWith(QStringLiteral("Choose another folder.")));
    CHECK(desk.find<QWidget>("jobRetry")->isVisible());
    desk.click("reportPageButton");
    CHECK(failure->text().endsWith(QStringLiteral("\u201d failed")));

    std::filesystem::create_directories(desk.folder / "out");
    chooseFolder(desk, desk.folder / "out");
    desk.click("makeReportButton");
    desk.click("cancelReport");
    REQUIRE(QTest::qWaitFor([&] { return message->text().contains(QStringLiteral("cancelled")); }, quickMs));
    CHECK_FALSE(message->isFault());
    CHECK(std::filesystem::is_empty(desk.folder / "out"));
    // It was no accident: the same works.
    desk.click("makeReportButton");
    CHECK(waitForFiles(desk).size() == 2);
}

#include "test_report.moc"
