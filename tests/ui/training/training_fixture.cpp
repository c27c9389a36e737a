// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/training/training_fixture.h"

#include <QSignalSpy>
#include <QVBoxLayout>

#include "app/services/weight_store.h"
#include "engine/dataset/image_set.h"
#include "tests/app/small_weights.h"
#include "tests/support/parts.h"

namespace test {

TrainingFixture::TrainingFixture(const TrainingOptions& options) : m_jobs(std::make_unique<services::JobRunner>()) {
    writeParts(m_folder / "images", options.train, options.good, options.blot, options.width, options.height);
    std::filesystem::create_directories(m_folder / "weights");
    if (options.weights) writeSmallWeights(m_folder / "weights/resnet18.safetensors");
    services::createProject(projectFolder(), QStringLiteral("Parts"), engine::openImageSet(m_folder / "images"),
                            engine::RunContext());
    open();
}

TrainingFixture::~TrainingFixture() {
    close();
}

void TrainingFixture::close() {
    m_window.reset();
    m_inspector.reset();
    m_project.reset();
}

void TrainingFixture::open(bool scoreMissing) {
    m_project = std::make_unique<services::Project>(services::openProject(projectFolder(), engine::RunContext()));
    m_maps = std::make_unique<services::MapStore>(m_project->cacheFolder() + QStringLiteral("/maps"));
    const services::WeightStore weights({m_folder / "weights"});
    m_inspector = std::make_unique<services::Inspector>(m_project.get(), m_jobs.get(), *m_maps, weights);
    m_window = std::make_unique<QWidget>();
    m_panel = new ui::TrainingPanel(m_project.get(), m_inspector.get(), &dialogs);
    m_bar = new ui::JobBar(m_jobs.get(), m_window.get());
    m_bar->hide();
    auto* column = new QVBoxLayout(m_window.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panel, 1);
    if (scoreMissing) m_inspector->scoreMissing();
}

void TrainingFixture::showPanel(int width, int height) {
    m_window->resize(width, height);
    m_window->show();
    REQUIRE(QTest::qWaitForWindowExposed(m_window.get()));
}

services::TrainRequest TrainingFixture::quickRequest() const {
    services::TrainRequest request;
    request.backbone = QStringLiteral("resnet18");
    request.sizePx = 64;
    return request;
}

void TrainingFixture::train() {
    QSignalSpy trained(m_inspector.get(), &services::Inspector::trained);
    REQUIRE(m_inspector->train(quickRequest()) != 0);
    REQUIRE(waitIdle());
    REQUIRE(trained.size() == 1);
}

}  // namespace test
