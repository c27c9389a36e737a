// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/surroundings.h"

#include <QGuiApplication>

namespace services {

namespace {

// Qt remarks on what a server lacks (a runtime folder, a session bus); none of it matters to a page.
void keepSilent(QtMsgType, const QMessageLogContext&, const QString&) {}

}  // namespace

PdfSurroundings::PdfSurroundings() {
    if (QCoreApplication::instance() != nullptr) return;
    static int argc = 1;
    static char name[] = "anomaloscope";
    static char* argv[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const auto before = qInstallMessageHandler(keepSilent);
    m_application = std::make_unique<QGuiApplication>(argc, argv);
    qInstallMessageHandler(before);
}

PdfSurroundings::~PdfSurroundings() = default;

}  // namespace services
