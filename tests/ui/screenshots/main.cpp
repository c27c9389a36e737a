// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the window through the sample set and writes a picture of every view: anomaloscope-screenshots FOLDER. Scaling
// is Qt's: QT_SCALE_FACTOR=2. What README and docs/ show is made by it too.
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "app/services/sample_set.h"
#include "tests/ui/window/fake_dialogs.h"
#include "ui/common/theme.h"
#include "ui/experiments/experiments_model.h"
#include "ui/report/written_files.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

namespace {

constexpr int patience = 300'000;

class Photographer {
public:
    Photographer(QWidget* window, const QString& folder) : m_window(window), m_folder(folder) {}

    // In light and dark.
    void take(const QString& name) {
        for (const auto& [appearance, word] : {std::pair{ui::Appearance::Light, QStringLiteral("light")},
                                               std::pair{ui::Appearance::Dark, QStringLiteral("dark")}}) {
            ui::applyTheme(*qApp, appearance);
            QTest::qWait(150);  // for pictures that are made by the way, such as thumbnails
            const QString file = QStringLiteral("%1/%2_%3.png").arg(m_folder, name, word);
            if (!m_window->grab().save(file)) std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        }
        ui::applyTheme(*qApp, ui::Appearance::Light);
    }

private:
    QWidget* m_window;
    QString m_folder;
};

bool wait(const char* what, const std::function<bool()>& ready) {
    if (QTest::qWaitFor(ready, patience)) return true;
    std::fprintf(stderr, "waited in vain for %s\n", what);
    return false;
}

void press(const QWidget& window, const char* name) {
    auto* button = window.findChild<QAbstractButton*>(QString::fromLatin1(name));
    if (button == nullptr)
        std::fprintf(stderr, "no button %s\n", name);
    else
        button->click();
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

// A second model, and what the two disagree on.
bool compareModels(ui::MainWindow& window, Photographer& photographer) {
    services::Project* project = window.workspace()->project();
    press(window, "trainPageButton");
    auto* method = window.findChild<QComboBox*>(QStringLiteral("methodBox"));
    method->setCurrentIndex(method->findData(QStringLiteral("padim")));
    press(window, "trainButton");
    if (!wait("the second model",
              [&] { return project->models().size() == 2 && project->currentModel()->imageTimes.has_value(); }))
        return false;
    window.workspace()->showPage(ui::Page::Tune);
    window.workspace()->toggleExperiments();
    auto* table = window.findChild<QTableView*>(QStringLiteral("experimentsTable"));
    if (!wait("the experiments", [&] {
            return table->model()->rowCount() == 2 &&
                   table->model()
                       ->index(0, ui::ExperimentsModel::Auroc)
                       .data(ui::ExperimentsModel::sortRole)
                       .isValid() &&
                   table->model()->index(1, ui::ExperimentsModel::Auroc).data(ui::ExperimentsModel::sortRole).isValid();
        }))
        return false;
    photographer.take(QStringLiteral("experiments"));
    table->selectAll();
    auto* disputes = window.findChild<QTableView*>(QStringLiteral("disputedImages"));
    if (!wait("the comparison", [&] { return disputes->isVisible(); })) return false;
    if (disputes->model()->rowCount() > 0) Q_EMIT disputes->activated(disputes->model()->index(0, 0));
    QTest::qWait(800);
    photographer.take(QStringLiteral("experiments_compared"));
    window.workspace()->toggleExperiments();
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: anomaloscope-screenshots FOLDER\n");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    ui::applyTheme(application, ui::Appearance::Light);
    QTemporaryDir desk;
    QSettings settings(desk.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    test::FakeDialogs dialogs;
    const QString projects = desk.filePath(QStringLiteral("projects"));
    services::writeSampleSet(desk.filePath(QStringLiteral("Gear covers")).toStdString(), {.seed = 7}, {});
    ui::MainWindow window({.settings = &settings, .dialogs = &dialogs, .projectsFolder = projects});
    window.resize(1440, 900);
    window.show();
    Photographer photographer(&window, folder);
    photographer.take(QStringLiteral("welcome"));

    window.openPath(desk.filePath(QStringLiteral("Gear covers")));
    auto* create = window.findChild<QPushButton*>(QStringLiteral("createProjectButton"));
    if (!wait("the preview", [&] { return create->isEnabled(); })) return 1;
    photographer.take(QStringLiteral("new_project"));
    create->click();
    if (!wait("the project", [&] { return window.workspace() != nullptr; })) return 1;
    services::Project* project = window.workspace()->project();
    photographer.take(QStringLiteral("images"));
    press(window, "trainPageButton");
    QTest::qWait(1500);  // for the estimate
    photographer.take(QStringLiteral("train"));
    press(window, "trainButton");
    if (!wait("the training", [&] { return window.findChild<QPushButton*>(QStringLiteral("cancelTraining")); }))
        return 1;
    QTest::qWait(1500);
    photographer.take(QStringLiteral("training"));
    if (!wait("the model", [&] {
            return project->currentModel() != nullptr && project->operatingPoint().fail &&
                   std::all_of(project->images().begin(), project->images().end(),
                               [](const auto& image) { return image.isScored(); });
        }))
        return 1;
    QTest::qWait(500);
    photographer.take(QStringLiteral("trained"));
    window.workspace()->showPage(ui::Page::Tune);
    window.workspace()->showImage(worstDefect(*project));
    QTest::qWait(800);
    photographer.take(QStringLiteral("tune"));
    window.workspace()->showPage(ui::Page::Images);
    photographer.take(QStringLiteral("images_scored"));
    press(window, "editMaskButton");
    photographer.take(QStringLiteral("mask"));
    press(window, "editMaskButton");
    window.workspace()->showPage(ui::Page::Report);
    QTest::qWait(500);
    photographer.take(QStringLiteral("report"));
    press(window, "makeReportButton");
    auto* files = window.findChild<ui::WrittenFiles*>(QStringLiteral("reportFiles"));
    if (!wait("the report", [&] { return !files->files().isEmpty(); })) return 1;
    photographer.take(QStringLiteral("report_written"));
    if (!compareModels(window, photographer)) return 1;

    window.workspace()->showPage(ui::Page::Tune);
    window.resize(window.minimumSize());
    QTest::qWait(200);
    photographer.take(QStringLiteral("tune_smallest"));
    window.workspace()->showPage(ui::Page::Train);
    photographer.take(QStringLiteral("train_smallest"));
    window.workspace()->showPage(ui::Page::Images);
    photographer.take(QStringLiteral("images_smallest"));
    window.workspace()->showPage(ui::Page::Report);
    photographer.take(QStringLiteral("report_smallest"));
    window.workspace()->toggleExperiments();
    QTest::qWait(500);
    photographer.take(QStringLiteral("experiments_smallest"));
    window.close();
    std::printf("%s\n", qPrintable(folder));
    return 0;
}
