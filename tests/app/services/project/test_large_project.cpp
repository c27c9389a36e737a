// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <catch2/catch.hpp>
#include <ctime>
#include <iostream>

#include "tests/app/services/project/project_fixture.h"

using services::Project;

namespace {}  // namespace

TEST_CASE("A hundred thousand images: made, opened and taken over in time") {
    const int count = 100'000;
    const test::TemporaryFolder folder;
    engine::ImageSet set = test::makeImageSet(folder / "images", count);
    const QString path = test::toQString(folder / "project");
    QElapsedTimer timer;
    timer.start();
    services::createProject(path, test::qs("large"), set, engine::RunContext());
    const qint64 createMs = timer.restart();
    {
        Project project(services::openProject(path, engine::RunContext()));
        project.addModel(test::makeModel(project, test::qs("model")));
        std::vector<services::ImageScore> scores;
        for (const auto& image : project.images()) scores.push_back({image.id, 1.5, {}});
        timer.restart();
        project.addScores(project.currentModel()->id, scores);
        const qint64 addMs = timer.elapsed();
        REQUIRE(test::allWritten(project));
        std::cout << "100 000 scores: " << addMs << " ms on this thread, written in " << timer.elapsed() << " ms\n";
    }
    const std::clock_t before = std::clock();
    timer.restart();
    services::OpenedProject opened = services::openProject(path, engine::RunContext());
    const qint64 openMs = timer.restart();
    const auto cpuMs = (std::clock() - before) * 1000 / CLOCKS_PER_SEC;
    auto project = std::make_unique<Project>(std::move(opened));
    const double takeMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    CHECK(project->images().size() == count);
    CHECK(test::image(*project, count - 1).score == 1.5);
    project->addModel(test::makeModel(*project, test::qs("another")));
    timer.restart();
    project->setCurrentModel(project->models()[0].id);
    const double switchMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    std::cout << "100 000 images: made in " << createMs << " ms, opened in " << openMs << " ms (" << cpuMs
              << " ms of CPU), taken over in " << takeMs << " ms, model changed in " << switchMs << " ms\n";
    CHECK(createMs < 20'000);
    CHECK(openMs < 3'000);
    CHECK(takeMs < 20);
    CHECK(switchMs < 50);
}
