// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/desk.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QMimeData>
#include <QSpinBox>
#include <QUrl>

#include "tests/app/small_weights.h"
#include "tests/support/parts.h"

namespace test {

QString textOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

Desk::Desk() {
    std::filesystem::create_directories(folder / "weights");
    writeSmallWeights(folder / "weights" / "resnet18.safetensors");
    writeParts(folder / "parts", 12, 6, 6);
    settings = std::make_unique<QSettings>(textOf(folder / "settings.ini"), QSettings::IniFormat);
    open();
}

void Desk::open() {
    window =
        std::make_unique<ui::MainWindow>(ui::MainWindowParts{.settings = settings.get(),
                                                             .dialogs = &dialogs,
                                                             .weights = services::WeightStore({folder / "weights"}),
                                                             .projectsFolder = textOf(folder / "projects")});
    window->resize(1440, 900);
    window->show();
    window->activateWindow();
}

void Desk::click(const char* name) const {
    auto* button = find<QAbstractButton>(name);
    INFO(name);
    REQUIRE(QTest::qWaitFor([&] { return button->isVisible() && button->isEnabled(); }, quickMs));
    QTest::mouseClick(button, Qt::LeftButton);
}

void Desk::drop(const QString& path) const {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &event);
}

void Desk::makeProject() const {
    drop(textOf(folder / "parts"));
    click("createProjectButton");
    REQUIRE(QTest::qWaitFor([&] { return inProject(); }, quickMs));
}

void Desk::train(const char* method) const {
    const auto before = project()->models().size();
    click("trainPageButton");
    const auto choose = [&](const char* box, const char* value) {
        auto* combo = find<QComboBox>(box);
        combo->setCurrentIndex(combo->findData(QString::fromLatin1(value)));
    };
    choose("methodBox", method);
    choose("backboneBox", "resnet18");
    find<QSpinBox>("sizeSpinBox")->setValue(64);
    click("trainButton");
    REQUIRE(QTest::qWaitFor([&] { return project()->models().size() > before; }, trainingMs));
    REQUIRE(QTest::qWaitFor(
        [&] {
            return scored(*project()) == static_cast<int>(project()->images().size()) &&
                   project()->currentModel()->imageTimes.has_value();
        },
        trainingMs));
}

double Desk::raiseFailCut() const {
    click("tunePageButton");
    auto* fail = find<QDoubleSpinBox>("failSpinBox");
    REQUIRE(QTest::qWaitFor([&] { return fail->isVisible() && fail->isEnabled(); }, quickMs));
    const double before = *project()->operatingPoint().fail;
    fail->setFocus();
    QTest::keyClick(fail, Qt::Key_Up);
    QTest::keyClick(fail, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return *project()->operatingPoint().fail > before; }, quickMs));
    return *project()->operatingPoint().fail;
}

int scored(const services::Project& project) {
    int count = 0;
    for (const auto& image : project.images()) count += image.isScored() ? 1 : 0;
    return count;
}

}  // namespace test
