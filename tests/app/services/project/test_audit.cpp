// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "app/services/project/user_name.h"
#include "tests/app/services/project/project_fixture.h"

using engine::Label;

namespace {

struct Line {
    QString what, subject, from, to;
    bool operator==(const Line&) const = default;
};

std::vector<Line> linesOf(const QVector<services::AuditEntry>& entries) {
    std::vector<Line> lines;
    for (const auto& entry : entries) lines.push_back({entry.what, entry.subject, entry.from, entry.to});
    return lines;
}

}  // namespace

TEST_CASE("The audit trail: who changed what, when, from what to what, undone changes as well") {
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const test::ProjectFolder folder(4);
    const auto project = folder.open();
    const auto& image = test::image(*project, 1);
    test::label(*project, 1, Label::Defect, test::qs("dent"));
    project->undoStack()->undo();
    project->addModel(test::makeModel(*project, test::qs("PatchCore · 1")));
    const services::ModelId first = project->currentModel()->id;
    engine::OperatingPoint point;
    point.fail = 2.25;
    point.rule = "manual";
    project->setOperatingPoint(point);
    project->setMask(image.id, test::disc(40, 40, 3));
    project->setMask(test::image(*project, 3).id, test::disc(40, 40, 2));
    project->undoStack()->undo();
    project->setRegion(test::disc(40, 40, 3));
    project->addModel(test::makeModel(*project, test::qs("PatchCore · 2")));
    project->setCurrentModel(first);
    project->addScores(first, {{image.id, 1, {}}});

    const QVector<services::AuditEntry> entries = test::history(*project);
    const std::vector<Line> expected{
        {test::qs("model"), test::qs("PatchCore · 1"), test::qs("PatchCore · 2"), test::qs("current")},
        {test::qs("model"), test::qs("PatchCore · 2"), test::qs(""), test::qs("added")},
        {test::qs("region"), test::qs(""), test::qs("everything"), test::qs("drawn, 25 pixels")},
        {test::qs("mask"), test::qs("part_000003.png"), test::qs("drawn, 9 pixels"), test::qs("ground truth")},
        {test::qs("mask"), test::qs("part_000003.png"), test::qs("ground truth"), test::qs("drawn, 9 pixels")},
        {test::qs("mask"), test::qs("part_000001.png"), test::qs("none"), test::qs("drawn, 25 pixels")},
        {test::qs("operating point"), test::qs("PatchCore · 1"), test::qs("fail 1.95 (false-reject)"),
         test::qs("fail 2.25 (manual)")},
        {test::qs("model"), test::qs("PatchCore · 1"), test::qs(""), test::qs("added")},
        {test::qs("label"), test::qs("part_000001.png"), test::qs("defect: dent"), test::qs("good")},
        {test::qs("label"), test::qs("part_000001.png"), test::qs("good"), test::qs("defect: dent")},
        {test::qs("import"), test::qs("Bottle line 3"), test::qs(""),
         test::qs("4 images of %1").arg(test::toQString(folder.set.root))}};
    CHECK(linesOf(entries) == expected);
    const QDateTime after = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < entries.size(); ++i) {
        CHECK(entries[i].who == services::userName());
        CHECK(entries[i].when.timeSpec() == Qt::UTC);
        CHECK(entries[i].when >= before.addMSecs(-1));
        CHECK(entries[i].when <= after);
        if (i > 0) CHECK(entries[i].id < entries[i - 1].id);
    }
    CHECK_FALSE(services::userName().isEmpty());

    CHECK(linesOf(test::history(*project, test::qs("label"))) ==
          std::vector<Line>(expected.begin() + 8, expected.begin() + 10));
    CHECK(linesOf(test::history(*project, test::qs("model"), 2)) ==
          std::vector<Line>(expected.begin(), expected.begin() + 2));
    CHECK(test::history(*project, test::qs("nothing")).isEmpty());
    // The numbers of an operating point are kept whole beside what people are shown.
    services::Connection connection(folder.path() + test::qs("/project.sqlite"), services::Connection::Access::ReadOnly,
                                    1000);
    const QString kept =
        connection.value(test::qs("SELECT before FROM audit WHERE what = 'operating point'")).toString();
    CHECK(kept.contains(test::qs("cross-validated in 5 folds")));
    CHECK(kept.contains(test::qs("\"fail_interval\":[1.9,2.1]")));
}
