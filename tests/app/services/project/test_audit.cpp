// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "app/services/project/user_name.h"
#include "tests/app/services/project/project_fixture.h"

using engine::Label;

namespace {

QString qs(const char* text) {
    return QString::fromUtf8(text);
}

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

TEST_CASE("The audit trail: who changed what, when, from what to what; undone changes as well") {
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const test::ProjectFolder folder(4);
    const auto project = folder.open();
    const auto& image = test::image(*project, 1);
    test::label(*project, 1, Label::Defect, qs("dent"));
    project->undoStack()->undo();
    project->addModel(test::makeModel(*project, qs("PatchCore · 1")));
    const services::ModelId first = project->currentModel()->id;
    engine::OperatingPoint point;
    point.fail = 2.25;
    point.rule = "manual";
    project->setOperatingPoint(point);
    project->setMask(image.id, test::disc(40, 40, 3));
    project->setMask(test::image(*project, 3).id, test::disc(40, 40, 2));
    project->undoStack()->undo();
    project->setRegion(test::disc(40, 40, 3));
    project->addModel(test::makeModel(*project, qs("PatchCore · 2")));
    project->setCurrentModel(first);
    project->addScores(first, {{image.id, 1, {}}});

    const QVector<services::AuditEntry> entries = test::history(*project);
    const std::vector<Line> expected{
        {qs("model"), qs("PatchCore · 1"), qs("PatchCore · 2"), qs("current")},
        {qs("model"), qs("PatchCore · 2"), qs(""), qs("added")},
        {qs("region"), qs(""), qs("everything"), qs("drawn, 25 pixels")},
        {qs("mask"), qs("part_000003.png"), qs("drawn, 9 pixels"), qs("ground truth")},
        {qs("mask"), qs("part_000003.png"), qs("ground truth"), qs("drawn, 9 pixels")},
        {qs("mask"), qs("part_000001.png"), qs("none"), qs("drawn, 25 pixels")},
        {qs("operating point"), qs("PatchCore · 1"), qs("fail 1.95 (false-reject)"), qs("fail 2.25 (manual)")},
        {qs("model"), qs("PatchCore · 1"), qs(""), qs("added")},
        {qs("label"), qs("part_000001.png"), qs("defect: dent"), qs("good")},
        {qs("label"), qs("part_000001.png"), qs("good"), qs("defect: dent")},
        {qs("import"), qs("Bottle line 3"), qs(""), qs("4 images of %1").arg(test::toQString(folder.set.root))}};
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

    CHECK(linesOf(test::history(*project, qs("label"))) ==
          std::vector<Line>(expected.begin() + 8, expected.begin() + 10));
    CHECK(linesOf(test::history(*project, qs("model"), 2)) ==
          std::vector<Line>(expected.begin(), expected.begin() + 2));
    CHECK(test::history(*project, qs("nothing")).isEmpty());
    // The numbers of an operating point are kept whole beside what people are shown.
    services::Connection connection(folder.path() + qs("/project.sqlite"), services::Connection::Access::ReadOnly,
                                    1000);
    const QString kept = connection.value(qs("SELECT before FROM audit WHERE what = 'operating point'")).toString();
    CHECK(kept.contains(qs("cross-validated in 5 folds")));
    CHECK(kept.contains(qs("\"fail_interval\":[1.9,2.1]")));
}
