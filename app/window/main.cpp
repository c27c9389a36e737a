// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>

#include "ui/common/breakable.h"
#include "ui/common/theme.h"
#include "ui/dialogs/dialogs.h"
#include "ui/window/main_window.h"

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Anomaloscope"));
    QCoreApplication::setApplicationName(QStringLiteral("Anomaloscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ANOMALOSCOPE_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Finds defects in images of parts, learning from good images only."));
    parser.addPositionalArgument(
        QStringLiteral("PATH"),
        QCoreApplication::translate("main", "A project to open, or a folder of images (or a CSV list) for a new one."),
        QStringLiteral("[PATH]"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/anomaloscope.svg")));
    QSettings settings;
    ui::applyTheme(application, ui::MainWindow::appearanceIn(settings));
    ui::keepBreaksOut(QApplication::clipboard());
    ui::SystemDialogs dialogs;
    ui::MainWindow window({.settings = &settings,
                           .dialogs = &dialogs,
                           .projectsFolder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
                                             QStringLiteral("/Anomaloscope")});
    window.show();
    const QStringList paths = parser.positionalArguments();
    if (!paths.isEmpty()) window.openPath(QFileInfo(paths.first()).absoluteFilePath());
    return QApplication::exec();
}
