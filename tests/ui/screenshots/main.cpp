// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the window through the sample set and writes a picture of every view: anomaloscope-screenshots [--long] FOLDER.
// With --long names have 80 characters and more, and words are lengthened as by a translation. Scaling is Qt's:
// QT_SCALE_FACTOR=2. What README and docs/ show is made by it too.
#include <QApplication>
#include <QDir>
#include <QTemporaryFile>
#include <cstdio>
#include <exception>

#include "tests/ui/screenshots/lengthened_text.h"
#include "tests/ui/screenshots/tour.h"
#include "ui/common/theme.h"

namespace {

// Its own is smaller than the window: menus and lists would open far from what opens them.
constexpr char screens[] = R"({"screens": [{"name": "large", "x": 0, "y": 0, "width": 5120, "height": 3200,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]})";

}  // namespace

int main(int argc, char** argv) {
    QTemporaryFile configuration;
    if (qEnvironmentVariable("QT_QPA_PLATFORM", QStringLiteral("offscreen")) == QLatin1String("offscreen") &&
        configuration.open() && configuration.write(screens) > 0 && configuration.flush())
        qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + QFile::encodeName(configuration.fileName()));
    QApplication application(argc, argv);
    QStringList arguments = QApplication::arguments().mid(1);
    const bool longText = arguments.removeAll(QStringLiteral("--long")) > 0;
    if (arguments.size() != 1 || arguments.front().startsWith(QLatin1Char('-')) || !QDir().mkpath(arguments.front())) {
        std::fprintf(stderr, "usage: anomaloscope-screenshots [--long] FOLDER\n");
        return 2;
    }
    test::LengthenedText longer;
    if (longText) QApplication::installTranslator(&longer);
    ui::applyTheme(application, ui::Appearance::Light);
    try {
        test::Tour(arguments.front(), longText).walk();
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 1;
    }
    std::printf("%s\n", qPrintable(arguments.front()));
    return 0;
}
