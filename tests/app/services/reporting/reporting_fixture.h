// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <catch2/catch.hpp>
#include <memory>

#include "app/services/inspection/inspector.h"
#include "app/services/reporting/report_job.h"
#include "tests/support/test_data.h"

namespace test {

// A project of small generated parts with trained models: 8 to learn from, 4 good and 4 with a blot and a mask to test.
class ReportingFixture {
public:
    ReportingFixture();
    ~ReportingFixture();

    // A model on a small random network; the current one from here on. Its scores are all there.
    services::ModelId train(const QString& method = QStringLiteral("patchcore"));
    void drawRegion();
    services::ReportSource source();
    services::ReportRequest request(const char* folder, std::vector<services::ReportFormat> formats) const;

    services::JobRunner& jobs() { return *m_jobs; }
    services::Project& project() { return *m_project; }
    services::Inspector& inspector() { return *m_inspector; }
    services::MapStore& maps() { return *m_maps; }
    services::EngineState& engine() { return *m_inspector->engine(); }
    std::filesystem::path at(const char* name) const { return m_folder / name; }

private:
    TemporaryFolder m_folder;
    std::unique_ptr<services::JobRunner> m_jobs;
    std::unique_ptr<services::Project> m_project;
    std::unique_ptr<services::MapStore> m_maps;
    std::unique_ptr<services::Inspector> m_inspector;
};

}  // namespace test
