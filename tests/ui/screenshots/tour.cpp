// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/screenshots/tour.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QWindow>
#include <algorithm>
#include <stdexcept>

#include "app/services/project/project_store.h"
#include "app/services/project/recent_projects.h"
#include "app/services/project/sql.h"
#include "app/services/sample_set.h"
#include "ui/common/elided_label.h"
#include "ui/experiments/experiments_model.h"
#include "ui/report/written_files.h"
#include "ui/training/message_line.h"
#include "ui/viewer/image_view.h"
#include "ui/window/workspace.h"

namespace test {

namespace {

constexpr int patienceMs = 600'000;
constexpr int pictureMs = 800;  // until a picture and its map have come from the disk
const auto longWords = QStringLiteral(
    "Zylinderkopfdichtungsflaechenvorbearbeitung an der Linie drei in der Nachtschicht vom Werk Obertuerkheim");

void waitFor(const std::string& what, const std::function<bool()>& ready) {
    if (!QTest::qWaitFor(ready, patienceMs)) throw std::runtime_error("waited in vain for " + what);
}

bool isScored(const services::ImageRecord& image) {
    return image.isScored();
}

// The image of a defect that is marked best, for the picture of the page.
services::ImageId worstDefect(const services::Project& project) {
    const services::ImageRecord* worst = nullptr;
    for (const auto& image : project.images())
        if (image.label == engine::Label::Defect && image.isScored() &&
            (worst == nullptr || image.score > worst->score))
            worst = &image;
    return worst == nullptr ? project.images().front().id : worst->id;
}

void lengthenDefectTypes(const QString& imageSet) {
    for (const char* part : {"test", "ground_truth"}) {
        QDir types(imageSet + QLatin1Char('/') + QString::fromLatin1(part));
        for (const QString& type : types.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (type != QLatin1String("good")) types.rename(type, type + QLatin1Char(' ') + longWords);
    }
}

}  // namespace

Tour::Tour(const QString& folder, bool longNames)
    : m_pictures(folder),
      m_longNames(longNames),
      m_settings(m_desk.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat) {
    services::writeSampleSet(imageSet().toStdString(), {.seed = 7}, {});
    if (longNames) lengthenDefectTypes(imageSet());
}

void Tour::walk() {
    begin();
    emptyPages();
    imagePages();
    trainingForms();
    failures();
    train();
    trainAnother();
    if (m_longNames) lengthenModelNames();
    tunePages();
    reports();
    experiments();
    troubles();
}

QString Tour::imageSet() const {
    return m_desk.filePath(QStringLiteral("Gear covers"));
}

services::Project& Tour::project() const {
    return *m_window->workspace()->project();
}

template <typename Widget>
Widget* Tour::find(const char* name) const {
    auto* widget = m_window->findChild<Widget*>(QString::fromLatin1(name));
    if (widget == nullptr) throw std::runtime_error(std::string("there is no ") + name);
    return widget;
}

void Tour::press(const char* name) const {
    find<QAbstractButton>(name)->click();
}

void Tour::take(const char* name, const std::function<void()>& pose) const {
    Photographer(m_window.get(), m_pictures).take(QString::fromLatin1(name), pose);
}

void Tour::scrollToEnd(const char* panel) const {
    for (QWidget* widget = find<QWidget>(panel); widget != nullptr; widget = widget->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(widget))
            area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
}

void Tour::openWindow() {
    m_window = std::make_unique<ui::MainWindow>(ui::MainWindowParts{
        .settings = &m_settings, .dialogs = &m_dialogs, .projectsFolder = m_desk.filePath(QStringLiteral("projects"))});
    m_window->resize(1440, 900);
    m_window->show();
}

void Tour::begin() {
    openWindow();
    take("welcome");
    press("newProjectButton");
    take("new_project_empty");
    QDir(m_desk.path()).mkdir(QStringLiteral("Nothing"));
    m_window->openPath(m_desk.filePath(QStringLiteral("Nothing")));
    QTest::qWait(pictureMs);
    take("new_project_fault");
    m_window->openPath(imageSet());
    auto* create = find<QAbstractButton>("createProjectButton");
    waitFor("the preview", [&] { return create->isEnabled(); });
    if (m_longNames) find<QLineEdit>("projectNameEdit")->setText(longWords);
    take("new_project");
    create->click();
    waitFor("the project", [this] { return m_window->workspace() != nullptr; });
}

void Tour::emptyPages() {
    press("tunePageButton");
    take("tune_empty");
    press("reportPageButton");
    take("report_empty");
    press("experimentsButton");
    take("experiments_empty");
    press("experimentsButton");
}

void Tour::imagePages() {
    press("imagesPageButton");
    take("images");
    take("images_end", [this] { scrollToEnd("imagePanel"); });
    take("images_project_menu", [this] { press("projectButton"); });
    take("images_filter_menu", [this] { press("filterButton"); });
    take("images_order_menu", [this] { press("orderButton"); });
    press("tableButton");
    take("images_table");
    press("gridButton");
    auto* search = find<QLineEdit>("searchField");
    search->setText(QStringLiteral("no such image"));
    take("images_nothing_found");
    search->clear();
    press("editRegionButton");
    take("region");
    press("editRegionButton");
}

void Tour::trainingForms() {
    press("trainPageButton");
    const auto* estimate = find<QLabel>("trainingEstimate");
    waitFor("the estimate", [&] { return estimate->text().contains(QStringLiteral("\u00B7")); });
    take("train");
    press("advancedFold");
    take("train_advanced");
    take("train_advanced_end", [this] { scrollToEnd("trainingContent"); });
    press("advancedFold");
    auto* backbone = find<QComboBox>("backboneBox");
    const int usual = backbone->currentIndex();
    backbone->setCurrentIndex(backbone->findData(QStringLiteral("wide_resnet50_2")));
    take("train_weights_missing");
    backbone->setCurrentIndex(usual);
}

void Tour::failures() {
    const QString away = imageSet() + QStringLiteral(" elsewhere");
    QDir().rename(imageSet(), away);
    press("trainButton");
    auto* message = find<ui::MessageLine>("trainingMessage");
    waitFor("the failure", [&] { return message->isFault() && !message->text().isEmpty(); });
    m_window->workspace()->showImage(project().images().back().id);
    QTest::qWait(pictureMs);
    take("train_failed");
    take("jobs_failed", [this] { press("jobLog"); });
    press("jobDismiss");
    press("imagesPageButton");
    take("images_vanished");
    QDir().rename(away, imageSet());
    m_window->workspace()->showImage(project().images().front().id);
    press("trainPageButton");
}

void Tour::train() {
    press("trainButton");
    waitFor("the numbers", [this] { return !find<ui::ElidedLabel>("jobNumbers")->text().isEmpty(); });
    take("training");
    take("jobs", [this] { press("jobLog"); });
    waitFor("the model", [this] {
        const auto& images = project().images();
        return project().currentModel() != nullptr && project().operatingPoint().fail &&
               project().currentModel()->imageTimes && std::all_of(images.begin(), images.end(), isScored);
    });
    QTest::qWait(pictureMs);
    take("trained");
    press("experimentsButton");
    QTest::qWait(pictureMs);
    take("experiments_one");
    press("experimentsButton");
}

void Tour::trainAnother() {
    press("trainPageButton");
    auto* method = find<QComboBox>("methodBox");
    method->setCurrentIndex(method->findData(QStringLiteral("padim")));
    press("trainButton");
    waitFor("the second model",
            [this] { return project().models().size() == 2 && project().currentModel()->imageTimes.has_value(); });
    project().setCurrentModel(project().models().front().id);
    QTest::qWait(pictureMs);
}

// The names that the window gives are short.
void Tour::lengthenModelNames() {
    const QString folder = project().folder();
    m_window->close();
    m_window.reset();
    services::Connection(services::databaseFile(folder), services::Connection::Access::ReadWrite, 1000)
        .run(QStringLiteral("UPDATE model SET name = name || ' %1'").arg(longWords));
    openWindow();
    m_window->openPath(folder);
    waitFor("the project", [this] { return m_window->workspace() != nullptr; });
}

// To and fro, so that there is a history of them.
void Tour::changeCuts() {
    const auto* history = find<QListWidget>("cutHistory");
    for (const auto& [button, rule] :
         {std::pair{"noEscapesRule", "no-escapes"}, std::pair{"falseRejectRule", "false-reject"}}) {
        const int before = history->count();
        press(button);
        waitFor(rule,
                [&, wanted = rule] { return project().operatingPoint().rule == wanted && history->count() > before; });
    }
}

void Tour::tunePages() {
    press("tunePageButton");
    m_window->workspace()->showImage(worstDefect(project()));
    QTest::qWait(pictureMs);
    take("tune");
    take("tune_end", [this] { scrollToEnd("ruleBox"); });
    auto* view = find<ui::ImageView>("imageView");
    // Not to the widget: that one moves the pointer, which cannot leave a screen that is smaller than the window.
    take("tune_readout", [&] {
        QTest::mouseMove(m_window->windowHandle(), view->mapTo(m_window.get(), view->rect().center() + QPoint(8, 8)));
    });
    changeCuts();
    press("precisionRecallChip");
    press("cutHistoryButton");
    take("tune_history", [this] { scrollToEnd("ruleBox"); });
    press("cutHistoryButton");
    press("rocChip");
    press("swipeButton");
    take("tune_swipe");
    press("sideBySideButton");
    take("tune_side_by_side");
    press("sideBySideButton");
    take("tune_model_menu", [this] { press("modelButton"); });
    press("imagesPageButton");
    take("images_scored");
    press("tableButton");
    take("images_scored_table");
    press("gridButton");
    press("editMaskButton");
    take("mask");
    press("editMaskButton");
}

void Tour::reports() {
    press("reportPageButton");
    QTest::qWait(pictureMs);
    take("report");
    take("report_end", [this] { scrollToEnd("reportContent"); });
    QFile(m_desk.filePath(QStringLiteral("file"))).open(QIODevice::WriteOnly);
    m_dialogs.folder = m_desk.filePath(QStringLiteral("file/reports"));
    press("chooseReportFolder");
    press("makeReportButton");
    auto* message = find<ui::MessageLine>("reportMessage");
    waitFor("the refusal", [&] { return message->isFault() && !message->text().isEmpty(); });
    take("report_failed", [this] { scrollToEnd("reportContent"); });
    press("jobDismiss");
    m_dialogs.folder = m_desk.filePath(QStringLiteral("reports"));
    press("chooseReportFolder");
    // One for each picture: a report is written faster than four pictures are taken.
    const auto* make = find<QWidget>("makeReportButton");
    take("report_running", [&] {
        waitFor("the report before", [&] { return make->isVisible(); });
        press("makeReportButton");
        scrollToEnd("reportContent");
    });
    auto* files = find<ui::WrittenFiles>("reportFiles");
    waitFor("the report", [&] { return !files->files().isEmpty(); });
    take("report_written", [this] { scrollToEnd("reportContent"); });
}

void Tour::experiments() {
    press("tunePageButton");
    press("experimentsButton");
    auto* table = find<QTableView>("experimentsTable");
    const auto isCounted = [table](int row) {
        return table->model()->index(row, ui::ExperimentsModel::Auroc).data(ui::ExperimentsModel::sortRole).isValid();
    };
    waitFor("the experiments", [&] { return table->model()->rowCount() == 2 && isCounted(0) && isCounted(1); });
    take("experiments");
    table->selectAll();
    auto* disputes = find<QTableView>("disputedImages");
    waitFor("the comparison", [&] { return find<QLabel>("aurocTest")->isVisible(); });
    if (disputes->model()->rowCount() > 0) Q_EMIT disputes->activated(disputes->model()->index(0, 0));
    QTest::qWait(pictureMs);
    take("experiments_compared");
    press("scatterChip");
    take("experiments_scatter");
    press("disputesChip");
    m_dialogs.file = m_desk.filePath(QStringLiteral("comparison of the two models.csv"));
    press("exportComparison");
    auto* files = find<ui::WrittenFiles>("comparisonFiles");
    waitFor("the export", [&] { return !files->files().isEmpty(); });
    take("experiments_exported");
    press("experimentsButton");
}

void Tour::troubles() {
    const QString folder = project().folder();
    const QString name = project().name();
    const QString away = folder + QStringLiteral(" elsewhere");
    press("imagesPageButton");
    QDir().rename(folder, away);
    press("labelGood");
    waitFor("the notice", [this] { return find<QWidget>("notice")->isVisible(); });
    take("project_vanished");
    QDir().rename(away, folder);
    waitFor("the label on the disk", [this] { return project().unwrittenChanges() == 0; });
    m_window->close();
    m_window.reset();

    services::RecentProjects(m_settings).add(m_desk.filePath(QStringLiteral("Lost")), QStringLiteral("Lost castings"));
    services::RecentProjects(m_settings).add(folder, name);
    openWindow();
    QTest::qWait(pictureMs);
    take("welcome_recent");
    services::Connection(services::databaseFile(folder), services::Connection::Access::ReadWrite, 1000)
        .run(QStringLiteral("PRAGMA user_version = 1000"));
    m_window->openPath(folder);
    waitFor("the project", [this] { return m_window->workspace() != nullptr; });
    QTest::qWait(pictureMs);
    take("read_only");
    press("trainPageButton");
    take("read_only_train");
    m_window->close();
}

}  // namespace test
