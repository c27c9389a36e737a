// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QStandardPaths>
#include <memory>

// What Catch2 offers to listeners, without its runner.
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>

namespace {

// One QApplication for all tests of a program. Offscreen unless a platform was chosen, and with settings of its own: no
// test reads or changes those of a person.
class Application : public Catch::TestEventListenerBase {
public:
    using TestEventListenerBase::TestEventListenerBase;

    void testRunStarting(const Catch::TestRunInfo& info) override {
        TestEventListenerBase::testRunStarting(info);
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("anomaloscope-tests"));
        m_application = std::make_unique<QApplication>(m_argc, m_argv);
    }
    void testRunEnded(const Catch::TestRunStats& stats) override {
        m_application.reset();
        TestEventListenerBase::testRunEnded(stats);
    }

private:
    char m_name[5] = "test";
    char* m_argv[2] = {m_name, nullptr};
    int m_argc = 1;
    std::unique_ptr<QApplication> m_application;
};

CATCH_REGISTER_LISTENER(Application)

}  // namespace
