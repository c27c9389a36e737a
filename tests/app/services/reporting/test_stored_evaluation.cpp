// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "app/services/inspection/project_snapshot.h"
#include "app/services/inspection/train_request.h"
#include "tests/app/services/reporting/reporting_fixture.h"

using services::evaluateStored;

namespace {

engine::ModelInfo infoOf(const services::StoredModel& model) {
    engine::ModelInfo info = engine::readModelInfo(services::pathOf(model.record.file));
    info.operatingPoint = model.record.operatingPoint;
    return info;
}

engine::Evaluation stored(test::ReportingFixture& fixture, const services::StoredModel& model) {
    return evaluateStored(model, infoOf(model), engine::readModelRegion(services::pathOf(model.record.file)),
                          fixture.maps(), {}, {});
}

}  // namespace

TEST_CASE("What a project has stored says the same as scoring the images once more, with a region as without") {
    test::ReportingFixture fixture;
    if (GENERATE(false, true)) fixture.drawRegion();
    fixture.train();
    const auto model = services::storedModel(fixture.project());
    const auto found = stored(fixture, model);

    auto opened = engine::openModel(services::pathOf(model.record.file), {}, {});
    opened.info.operatingPoint = model.record.operatingPoint;
    const auto again = engine::evaluate(opened, services::imageSetOf(model.images, model.imageRoot), {});
    CHECK(found.good == 4);
    CHECK(found.defect == 4);
    REQUIRE(found.images.size() == again.images.size());
    for (std::size_t i = 0; i < found.images.size(); ++i) {
        INFO(found.images[i].name);
        CHECK(found.images[i].name == again.images[i].name);
        CHECK(found.images[i].score == again.images[i].score);
        CHECK(found.images[i].verdict == again.images[i].verdict);
        CHECK(found.images[i].sha256 == again.images[i].sha256);
        // Maps are kept in 16 bits, so that a box may end a pixel sooner or later.
        CHECK(std::abs(found.images[i].box.x - again.images[i].box.x) <= 1);
        CHECK(std::abs(found.images[i].box.width - again.images[i].box.width) <= 2);
    }
    CHECK(found.auroc == again.auroc);
    CHECK(found.aurocInterval->low == again.aurocInterval->low);
    CHECK(found.falseRejects->count == again.falseRejects->count);
    CHECK(found.escapes->interval.high == again.escapes->interval.high);
    REQUIRE(found.pixel.auroc);
    CHECK(*found.pixel.auroc == Approx(*again.pixel.auroc).margin(1e-3));
    CHECK(*found.pixel.aupro30 == Approx(*again.pixel.aupro30).margin(1e-2));
    CHECK(found.pixel.masks == again.pixel.masks);
    CHECK(found.medianTimes.total > 0);
}

TEST_CASE("Images without a score, unreadable ones and those that changed on the disk are told") {
    test::ReportingFixture fixture;
    fixture.train();
    auto model = services::storedModel(fixture.project());
    std::vector<services::ImageRecord*> tested;
    for (auto& image : model.images)
        if (image.split == engine::Split::Test) tested.push_back(&image);
    tested[0]->score = std::numeric_limits<double>::quiet_NaN();
    tested[1]->score = std::numeric_limits<double>::quiet_NaN();
    tested[1]->failure = QStringLiteral("is truncated; copy it again");
    std::ofstream(services::pathOf(tested[2]->path), std::ios::app) << "more";
    const auto evaluation = stored(fixture, model);
    CHECK(evaluation.images.size() == 6);
    REQUIRE(evaluation.failures.size() == 1);
    CHECK(evaluation.failures[0].reason == "is truncated; copy it again");
    REQUIRE(evaluation.warnings.size() == 2);
    CHECK(evaluation.warnings[0].find("1 image for testing without a score") != std::string::npos);
    CHECK(evaluation.warnings[1].find("1 image changed on the disk") != std::string::npos);
}

TEST_CASE("A mask that is drawn in the project is the one that counts") {
    test::ReportingFixture fixture;
    fixture.train();
    const auto before = stored(fixture, services::storedModel(fixture.project()));
    const auto& images = fixture.project().images();
    const auto blot = std::find_if(images.begin(), images.end(),
                                   [](const auto& image) { return image.label == engine::Label::Defect; });
    QImage corner(96, 64, QImage::Format_Grayscale8);
    corner.fill(0);
    corner.scanLine(0)[0] = 255;
    fixture.project().setMask(blot->id, corner);
    const auto after = stored(fixture, fixture.source().model);
    CHECK(after.warnings.empty());
    CHECK(after.pixel.masks == before.pixel.masks);
    CHECK(after.pixel.auroc != before.pixel.auroc);
}
