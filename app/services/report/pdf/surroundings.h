// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QGuiApplication;

namespace services {

// Fonts and painting need a QGuiApplication. Where the program has none, such as on the command line, this is one
// without a display; where it has, nothing. To be made on the main thread, and to outlive the writing.
class PdfSurroundings {
public:
    PdfSurroundings();
    ~PdfSurroundings();

private:
    std::unique_ptr<QGuiApplication> m_application;
};

}  // namespace services
