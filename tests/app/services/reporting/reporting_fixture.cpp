// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/reporting/reporting_fixture.h"

#include <QSignalSpy>

#include "app/services/inspection/project_snapshot.h"
#include "engine/dataset/image_set.h"
#include "tests/app/small_weights.h"
#include "tests/support/parts.h"

namespace test {

ReportingFixture::ReportingFixture() : m_jobs(std::make_unique<services::JobRunner>()) {
    writeParts(m_folder / "parts", 8, 4, 4);
    std::filesystem::create_directories(m_folder / "weights");
    writeSmallWeights(m_folder / "weights/resnet18.safetensors");
    const QString folder = QString::fromStdString((m_folder / "project").string());
    services::createProject(folder, QStringLiteral("Parts"), engine::openImageSet(m_folder / "parts"),
                            engine::RunContext());
    m_project = std::make_unique<services::Project>(services::openProject(folder, engine::RunContext()));
    m_maps = std::make_unique<services::MapStore>(m_project->cacheFolder() + QStringLiteral("/maps"));
    m_inspector = std::make_unique<services::Inspector>(m_project.get(), m_jobs.get(), *m_maps,
                                                        services::WeightStore({m_folder / "weights"}));
}

ReportingFixture::~ReportingFixture() {
    m_inspector.reset();
    m_project.reset();
}

services::ModelId ReportingFixture::train(const QString& method) {
    services::TrainRequest request;
    request.method = method;
    request.backbone = QStringLiteral("resnet18");
    request.sizePx = 64;
    QSignalSpy trained(m_inspector.get(), &services::Inspector::trained);
    REQUIRE(m_inspector->train(request) != 0);
    REQUIRE(QTest::qWaitFor([&] { return trained.size() == 1 && m_jobs->isIdle(); }, 60'000));
    REQUIRE(m_project->currentModel()->imageTimes);
    return m_project->currentModel()->id;
}

void ReportingFixture::drawRegion() {
    QImage region(96, 64, QImage::Format_Grayscale8);
    region.fill(0);
    for (int y = 0; y < 64; ++y) std::fill_n(region.scanLine(y), 60, uchar{255});
    m_project->setRegion(region);
}

services::ReportSource ReportingFixture::source() {
    QSignalSpy read(m_project.get(), &services::Project::historyRead);
    m_project->requestHistory(QStringLiteral("operating point"), 100);
    REQUIRE(QTest::qWaitFor([&] { return read.size() == 1; }, 10'000));
    return {services::storedModel(*m_project), read.first().at(1).value<QVector<services::AuditEntry>>(), false};
}

services::ReportRequest ReportingFixture::request(const char* folder,
                                                  std::vector<services::ReportFormat> formats) const {
    services::ReportRequest request;
    request.title = QStringLiteral("Title");
    request.author = QStringLiteral("Grace Hopper");
    request.formats = std::move(formats);
    request.folder = QString::fromStdString((m_folder / folder).string());
    request.name = QStringLiteral("report");
    return request;
}

}  // namespace test
