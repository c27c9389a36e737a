// SPDX-License-Identifier: GPL-3.0-or-later
#define CATCH_CONFIG_RUNNER
#include <QApplication>
#include <QStandardPaths>
#include <catch2/catch.hpp>

// Offscreen unless a platform was chosen, and with settings of its own: no test reads or changes those of a person.
int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("anomaloscope-tests"));
    int qtArgc = 1;
    QApplication application(qtArgc, argv);
    return Catch::Session().run(argc, argv);
}
