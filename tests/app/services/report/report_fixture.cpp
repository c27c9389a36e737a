// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/report/report_fixture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/random.h"
#include "engine/metrics/curves.h"

namespace test {

namespace {

cv::Point defectPlace(int index) {
    return {90 + index * 37 % 140, 70 + index * 53 % 100};
}

// One mask for all: an ellipse in the middle of the part.
std::filesystem::path writeMask(const std::filesystem::path& folder) {
    cv::Mat mask = cv::Mat::zeros(240, 320, CV_8U);
    cv::ellipse(mask, {160, 120}, {40, 16}, 20, 0, 360, cv::Scalar(255), -1);
    cv::imwrite((folder / "mask.png").string(), mask);
    return folder / "mask.png";
}

}  // namespace

engine::ScoredImage scoredPart(const engine::ImageResult& image, int index, bool withMap) {
    engine::ScoredImage scored;
    scored.image = engine::Image{cv::Mat(240, 320, CV_8UC3, cv::Scalar(170, 165, 160))};
    cv::circle(scored.image->pixels, {160, 120}, 90, cv::Scalar(90, 95, 100), -1, cv::LINE_AA);
    const cv::Point centre = defectPlace(index);
    if (image.label == engine::Label::Defect)
        cv::line(scored.image->pixels, centre, centre + cv::Point(30, 12), cv::Scalar(30, 30, 40), 4, cv::LINE_AA);
    scored.prediction.emplace();
    scored.prediction->score = image.score;
    if (withMap) {
        cv::Mat map = cv::Mat::zeros(240, 320, CV_32F);
        cv::circle(map, centre + cv::Point(15, 6), 26, cv::Scalar(image.score), -1);
        cv::GaussianBlur(map, map, {}, 9);
        scored.prediction->map = map;
    }
    return scored;
}

ReportFixture::ReportFixture(int good, int defect, bool cut) {
    engine::Random random(17);
    const char* types[] = {"scratch", "dent", "stain"};
    for (int i = 0; i < good + defect; ++i) {
        engine::ImageResult image;
        const bool isDefect = i >= good;
        image.label = isDefect ? engine::Label::Defect : engine::Label::Good;
        image.defectType = isDefect ? types[i % 3] : "";
        image.name = (isDefect ? image.defectType : std::string("good")) + "/" + std::to_string(1000 + i) + ".png";
        image.sha256 = "c0ffee" + std::to_string(i);
        image.score = 1.4 + 0.14 * random.normal() + (isDefect ? 0.25 + 1.6 * random.uniform() : 0.0);
        evaluation.images.push_back(image);
    }
    model.method = "patchcore";
    model.parameters = {{"coreset", "0.1"}, {"neighbours", "9"}};
    model.backboneName = "efficientnet_lite0";
    model.backboneSha256 = "b7e23ec29af22b0b4e41da31e868d57226121c84e3b0c44298fc1c149afbf4c8";
    model.stages = {"3", "4"};
    model.bankRows = 21400;
    model.bankDimensions = 152;
    model.candidates = 214016;
    model.trainingSet = "bottle";
    model.training.resize(209);
    if (cut) {
        engine::OperatingPoint& point = model.operatingPoint;
        point.review = 1.62;
        point.fail = 1.72;
        point.pixel = 1.4;
        point.rule = "false-reject";
        point.basis = "209 good training images, cross-validated in 5 folds";
        point.failInterval = engine::Interval{1.68, 1.79};
        point.expectedFalseRejects = engine::rate(2, 209);
    }
    evaluation.pixel = {0.9812, 0.7345, 0.7101, 1.8731, 0.9421, defect, defect + 4};
    evaluation.medianTimes = {6.1, 2.2, 17.4, 9.8, 3.3, 38.8};
    settle();
    content.title = "Bottle line 3";
    content.datasetName = "bottle";
    content.modelName = "bottle.anomaly";
    content.modelSha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    content.datasetSha256 = "1f3870be274f6c49b3e31a0c6728957f4b1d3a5b6cbb1a2f5a1c5a2b6d5a4e21";
    content.author = "Q. Engineer";
    content.created = services::timestampFromIso("2026-11-25T12:40:05+09:00");
    content.history = {{"2026-11-24 09:00:00 (UTC+09:00)", "Q. Engineer", "fail 1.8 (manual)"}};
    content.model = &model;
    content.evaluation = &evaluation;
    content.pictures = &pictures;
    model.mapLow = 0.4;
    model.mapHigh = 3;
    const std::filesystem::path mask = writeMask(folder.path());
    for (int i = 0; i < good + defect; i += 1 + (good + defect) / 24) {
        const engine::ImageResult& image = evaluation.images[static_cast<std::size_t>(i)];
        engine::ImageItem item;
        item.name = image.name;
        if (image.label == engine::Label::Defect) item.mask = mask;
        pictures.keep(image.name, item, scoredPart(image, i, true));
    }
}

void ReportFixture::settle() {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    evaluation.good = evaluation.defect = 0;
    for (engine::ImageResult& image : evaluation.images) {
        image.verdict = engine::verdictOf(image.score, model.operatingPoint);
        const bool isDefect = image.label == engine::Label::Defect;
        ++(isDefect ? evaluation.defect : evaluation.good);
        scores.push_back(image.score);
        labels.push_back(isDefect);
    }
    evaluation.auroc = engine::auroc(scores, labels);
    evaluation.aupr = engine::aupr(scores, labels);
    const auto f1 = engine::f1Max(scores, labels);
    evaluation.f1max = f1 ? std::optional(f1->f1) : std::nullopt;
    evaluation.aurocInterval = engine::bootstrapInterval(scores, labels, engine::auroc, 0, 200);
    evaluation.auprInterval = engine::bootstrapInterval(scores, labels, engine::aupr, 0, 200);
    evaluation.confusion.reset();
    evaluation.falseRejects.reset();
    evaluation.escapes.reset();
    if (!model.operatingPoint.fail) return;
    const engine::Confusion at = engine::confusionAt(scores, labels, *model.operatingPoint.fail);
    evaluation.confusion = at;
    evaluation.falseRejects = engine::rate(at.fp, at.fp + at.tn);
    evaluation.escapes = engine::rate(at.fn, at.fn + at.tp);
}

}  // namespace test
