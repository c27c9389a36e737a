// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <numeric>

#include "app/services/project/operating_point_json.h"
#include "tests/app/services/project/project_fixture.h"

using engine::Label;
using services::Project;

namespace {

engine::OperatingPoint pointAt(double fail) {
    engine::OperatingPoint point;
    point.fail = fail;
    point.review = fail - 0.1;
    point.pixel = fail / 3;
    point.rule = "manual";
    return point;
}

// What is on the disk, as the next window would see it.
services::ProjectContent reread(const test::ProjectFolder& folder, const Project& project) {
    REQUIRE(test::allWritten(project));
    return services::openProject(folder.path(), engine::RunContext()).content;
}

}  // namespace

TEST_CASE("Labels: at once in memory, soon on the disk, undone and redone") {
    const test::ProjectFolder folder(6);
    const auto project = folder.open();
    QSignalSpy changed(project.get(), &Project::labelsChanged);
    project->setLabels(test::idsOf(*project, {3, 1, 1, 5}), Label::Defect, test::qs("dent"));
    CHECK(changed.takeLast().first().value<QVector<int>>() == QVector<int>{1, 3, 5});
    CHECK(test::image(*project, 1).label == Label::Defect);
    CHECK(test::image(*project, 5).defectType == test::qs("dent"));
    CHECK(test::image(*project, 0).label == Label::Good);
    CHECK(project->defectTypes() == QStringList{test::qs("dent")});
    CHECK(project->undoStack()->count() == 1);
    CHECK(reread(folder, *project).images[3].defectType == test::qs("dent"));

    project->undoStack()->undo();
    CHECK(changed.takeLast().first().value<QVector<int>>() == QVector<int>{1, 3, 5});
    CHECK(test::image(*project, 1).label == Label::Good);
    CHECK(test::image(*project, 5).defectType == test::qs("scratch"));
    CHECK(project->defectTypes() == QStringList{test::qs("scratch")});
    CHECK(reread(folder, *project).images[5].defectType == test::qs("scratch"));
    CHECK(reread(folder, *project).images[3].label == Label::Good);

    project->undoStack()->redo();
    CHECK(reread(folder, *project).images[5].defectType == test::qs("dent"));
}

TEST_CASE("Labels: a label that changes nothing is no step") {
    const test::ProjectFolder folder(6);
    const auto project = folder.open();
    QSignalSpy changed(project.get(), &Project::labelsChanged);
    test::label(*project, 0, Label::Good);
    test::label(*project, 5, Label::Defect, test::qs("scratch"));
    project->setLabels(std::vector<services::ImageId>{777, -1}, Label::Unlabelled);
    project->setLabels({}, Label::Unlabelled);
    CHECK(project->undoStack()->count() == 0);
    CHECK(changed.isEmpty());
    // A type belongs to defects alone.
    test::label(*project, 0, Label::Unlabelled, test::qs("dent"));
    CHECK(test::image(*project, 0).defectType.isEmpty());
    CHECK(project->undoStack()->undoText() == test::qs("Label part_000000.png as unlabelled"));
    project->setLabels(test::idsOf(*project, {0, 1}), Label::Good);
    CHECK(project->undoStack()->undoText() == test::qs("Label part_000000.png as good"));
}

TEST_CASE("The operating point: previewed without a write, set as one step, of its own model") {
    const test::ProjectFolder folder(4);
    const auto project = folder.open();
    project->setOperatingPoint(pointAt(1));
    project->previewOperatingPoint(pointAt(1));
    CHECK_FALSE(project->operatingPoint().fail);  // without a model there is none
    project->addModel(test::makeModel(*project, test::qs("first")));
    const services::ModelId first = project->currentModel()->id;
    QSignalSpy changed(project.get(), &Project::operatingPointChanged);

    project->previewOperatingPoint(pointAt(2.5));
    CHECK(changed.count() == 1);
    CHECK(project->operatingPoint().fail == 2.5);
    CHECK(project->currentModel()->operatingPoint.fail == 1.95);
    CHECK(project->undoStack()->count() == 0);
    project->cancelPreview();
    CHECK(changed.count() == 2);
    CHECK(project->operatingPoint().fail == 1.95);
    CHECK(reread(folder, *project).models[0].operatingPoint.fail == 1.95);

    project->previewOperatingPoint(pointAt(2.6));
    project->setOperatingPoint(pointAt(2.7));
    CHECK(project->operatingPoint().fail == 2.7);
    CHECK(project->undoStack()->count() == 1);
    CHECK(services::toJson(reread(folder, *project).models[0].operatingPoint) == services::toJson(pointAt(2.7)));
    // The point that stands is no step, but ends the preview.
    project->previewOperatingPoint(pointAt(9));
    project->setOperatingPoint(pointAt(2.7));
    CHECK(project->operatingPoint().fail == 2.7);
    CHECK(project->undoStack()->count() == 1);

    project->addModel(test::makeModel(*project, test::qs("second")));
    project->undoStack()->undo();  // of the first model, though the second one is current
    CHECK(project->operatingPoint().fail == 1.95);
    CHECK(project->models()[0].operatingPoint.rule == "false-reject");
    CHECK(reread(folder, *project).models[0].operatingPoint.fail == 1.95);
    project->undoStack()->redo();
    project->setCurrentModel(first);
    CHECK(project->operatingPoint().fail == 2.7);
}

TEST_CASE("A drawn mask: stands for the ground truth, undone and redone by files that stay for the session") {
    const test::ProjectFolder folder(4);
    auto project = folder.open();
    const services::ImageId id = test::image(*project, 2).id;
    QSignalSpy changed(project.get(), &Project::maskChanged);
    project->setMask(id, {});
    CHECK(project->undoStack()->count() == 0);
    CHECK(test::maskOf(*project, id).isNull());

    const QImage small = test::disc(64, 48, 5), large = test::disc(64, 48, 20);
    project->setMask(id, small);
    CHECK(test::maskOf(*project, id) == small);  // asked for right after: answered as drawn
    project->setMask(id, large);
    CHECK(changed.count() == 2);
    CHECK(test::image(*project, 2).maskEdited);
    REQUIRE(test::allWritten(*project));
    CHECK(test::maskOf(*project, id) == large);
    project->undoStack()->undo();
    CHECK(test::maskOf(*project, id) == small);
    project->undoStack()->undo();
    CHECK_FALSE(test::image(*project, 2).maskEdited);
    CHECK(test::maskOf(*project, id).isNull());
    CHECK_FALSE(reread(folder, *project).images[2].maskEdited);
    project->undoStack()->redo();
    project->undoStack()->redo();
    CHECK(test::maskOf(*project, id) == large);
    project->setMask(id, {});
    CHECK_FALSE(test::image(*project, 2).maskEdited);
    project->undoStack()->undo();
    CHECK(changed.count() == 8);

    project.reset();
    const auto again = folder.open();
    CHECK(test::image(*again, 2).maskEdited);
    CHECK(test::maskOf(*again, id) == large);
    // The strokes that were undone are gone with the session; new ones take no name that is in use.
    const auto masks = std::filesystem::directory_iterator(folder.folder / "project/masks");
    CHECK(std::distance(masks, {}) == 1);
    again->setMask(id, small);
    REQUIRE(test::allWritten(*again));
    again->undoStack()->undo();
    CHECK(test::maskOf(*again, id) == large);
}

TEST_CASE("The region of interest: undone and redone, and there again after reopening") {
    const test::ProjectFolder folder(4);
    auto project = folder.open();
    QSignalSpy changed(project.get(), &Project::regionChanged);
    project->setRegion({});
    CHECK(project->undoStack()->count() == 0);
    const QImage first = test::disc(200, 100, 30), second = test::disc(200, 100, 45);
    project->setRegion(first);
    project->setRegion(second);
    CHECK(project->region() == second);
    REQUIRE(test::allWritten(*project));
    QTest::qWait(0);  // by now the writer has handed both back, packed
    project->undoStack()->undo();
    CHECK(project->region() == first);
    project->undoStack()->undo();
    CHECK(project->region().isNull());
    CHECK(reread(folder, *project).region.isNull());
    project->undoStack()->redo();
    project->undoStack()->redo();
    CHECK(project->region() == second);
    CHECK(changed.count() == 6);
    project.reset();
    const auto again = folder.open();
    CHECK(again->region() == second);
    again->setRegion({});
    CHECK(again->region().isNull());
    again->undoStack()->undo();
    CHECK(again->region() == second);
    CHECK(reread(folder, *again).region == second);
}

TEST_CASE("Ten thousand labels: one step, one line of the history each, and the window does not notice") {
    const int count = 10'000;
    const test::ProjectFolder folder(count);
    auto project = folder.open();
    std::vector<int> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    const auto ids = test::idsOf(*project, rows);
    QElapsedTimer timer;
    timer.start();
    project->setLabels(ids, Label::Defect, test::qs("dent"));
    const double labelMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.start();
    REQUIRE(test::allWritten(*project));
    const qint64 writtenMs = timer.elapsed();
    timer.start();
    project->undoStack()->undo();
    const double undoMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    std::cout << "10 000 labels: " << labelMs << " ms on this thread, undo " << undoMs << " ms, written in "
              << writtenMs << " ms\n";
    CHECK(labelMs < 50);
    CHECK(undoMs < 50);
    CHECK(project->undoStack()->count() == 1);
    CHECK(project->undoStack()->redoText() == test::qs("Label 10000 images as dent"));
    REQUIRE(test::allWritten(*project));
    CHECK(test::history(*project, test::qs("label"), 100'000).size() == 2 * count);
    project.reset();
    CHECK(folder.open()->defectTypes() == QStringList{test::qs("scratch")});
}

TEST_CASE("Undo has no limit") {
    const test::ProjectFolder folder(2);
    const auto project = folder.open();
    for (int i = 0; i < 500; ++i) test::label(*project, 0, i % 2 == 0 ? Label::Unlabelled : Label::Good);
    CHECK(project->undoStack()->count() == 500);
    while (project->undoStack()->canUndo()) project->undoStack()->undo();
    CHECK(reread(folder, *project).images[0].label == Label::Good);
}
