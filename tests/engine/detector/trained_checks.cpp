// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/detector/trained_checks.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <limits>
#include <set>
#include <stop_token>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace test {

namespace {

class Checks {
public:
    Checks(const FitParameters& parameters, int width, int height) : m_parameters(parameters), m_size(width, height) {
        writeParts(m_folder / "set", 8, 0, 0, width, height);
        m_set = openImageSet(m_folder / "set");
        m_model = m_folder / "a.anomaly";
    }

    void sameBytes() {
        m_bytes = saved(m_parameters, 2);
        CHECK(m_bytes == saved(m_parameters, 1));
        FitParameters other = m_parameters;
        other.seed = 1;
        CHECK(m_bytes != saved(other, 2));
    }

    // Stops in the second epoch, after the first has been kept.
    void resumes() {
        FitParameters parameters = m_parameters;
        parameters.checkpoint = m_folder / "checkpoint";
        std::stop_source stop;
        const RunContext stopping(stop.get_token(), [&](const Progress& progress) {
            if (progress.stage == "training" && std::filesystem::exists(parameters.checkpoint)) stop.request_stop();
        });
        CHECK_THROWS_AS(fit(parameters, m_set, {}, stopping), Cancelled);
        REQUIRE(std::filesystem::exists(parameters.checkpoint));
        std::int64_t firstSeen = -1;
        const RunContext watching({}, [&](const Progress& progress) {
            if (progress.stage != "training") return;
            if (firstSeen < 0) firstSeen = progress.done;
            CHECK(progress.loss.has_value());
        });
        saveModel(m_folder / "resumed.anomaly", fit(parameters, m_set, {}, watching).model);
        CHECK(test::contentOf(m_folder / "resumed.anomaly") == m_bytes);
        std::int64_t wholeFirst = -1;
        const RunContext fresh({}, [&](const Progress& progress) {
            if (progress.stage == "training" && wholeFirst < 0) wholeFirst = progress.done;
        });
        fit(m_parameters, m_set, {}, fresh);
        CHECK(firstSeen > wholeFirst);  // the first epoch was not done again
    }

    void comesBack() {
        const Image image{partWithBlot(m_size.width, m_size.height, 700, m_size.width / 2, m_size.height / 2)};
        FitResult fitted = fit(m_parameters, m_set, {}, RunContext());
        CHECK(fitted.model.info.losses.size() ==
              static_cast<std::size_t>(std::stoi(m_parameters.settings.at("epochs"))));
        saveModel(m_model, fitted.model);
        const Model opened = openModel(m_model, {"cpu", {}}, RunContext());
        const Prediction before = fitted.model.detector->score(image, RunContext());
        const Prediction after = opened.detector->score(image, RunContext());
        CHECK(before.score == after.score);
        CHECK(cv::norm(before.map, after.map, cv::NORM_INF) == 0);
        CHECK(opened.info.parameters == fitted.model.info.parameters);
        CHECK(opened.info.backboneName.empty());
        saveModel(m_folder / "again.anomaly", opened);
        CHECK(test::contentOf(m_folder / "again.anomaly") == test::contentOf(m_model));
    }

    void refusesDamage(const std::string& tensor) {
        const TensorFile whole = readSafetensors(m_model);
        const auto refused = [&](const auto& damage) {
            TensorFile file = whole;
            damage(file);
            writeSafetensors(m_folder / "damaged.anomaly", file);
            try {
                openModel(m_folder / "damaged.anomaly", {"cpu", {}}, RunContext());
                FAIL("a damaged model was opened");
            } catch (const Error& error) {
                CHECK(error.code() == ErrorCode::Corrupt);
                CHECK(std::string(error.what()).find("damaged.anomaly") != std::string::npos);
            }
        };
        for (const auto& [name, stored] : whole.tensors) {
            if (name.starts_with("training.")) continue;
            INFO(name);
            refused([&](TensorFile& file) { file.tensors.erase(name); });
        }
        for (const std::string& name : {tensor, std::string("learner.") + firstWeight(whole)}) {
            refused([&](TensorFile& file) {
                std::vector<float> values(whole.tensors.at(name).floats().begin(),
                                          whole.tensors.at(name).floats().end());
                values.back() = std::numeric_limits<float>::quiet_NaN();
                file.tensors[name] = Tensor::of(whole.tensors.at(name).shape, std::span<const float>(values));
            });
            refused([&](TensorFile& file) { file.tensors[name].shape.push_back(1); });
        }
        const auto learned = [&](std::vector<std::int32_t> images) {
            refused([&](TensorFile& file) {
                file.tensors["learned"] =
                    Tensor::of({static_cast<std::int64_t>(images.size())}, std::span<const std::int32_t>(images));
            });
        };
        learned({0, 8});
        learned({2, 1});
        learned({-1, 2});
        learned({});
    }

    void keepsToRegion() {
        FitParameters parameters = m_parameters;
        cv::Mat mask(m_size, CV_8UC1, cv::Scalar(0));
        const int half = m_size.width / 2;
        mask.colRange(0, half).setTo(255);
        parameters.region = Region(mask);
        const FitResult fitted = fit(parameters, m_set, {}, RunContext());
        const auto scored = [&](int x) {
            return fitted.model.detector->score({partWithBlot(m_size.width, m_size.height, 800, x, m_size.height / 2)},
                                                RunContext());
        };
        const Prediction outside = scored(m_size.width - 8);
        const Prediction inside = scored(half / 2);
        CHECK(inside.score > outside.score);
        double largest = 0;
        cv::minMaxLoc(outside.map.colRange(half, m_size.width), nullptr, &largest);
        CHECK(largest == 0);
        cv::minMaxLoc(inside.map.colRange(0, half), nullptr, &largest);
        CHECK(largest > 0);
    }

    void thresholdsFromHeldOut() {
        const Model model = openModel(m_model, {"cpu", {}}, RunContext());
        const CrossValidation own = crossValidate(model, m_set, 5, RunContext());
        CHECK(own.ownImages);
        CHECK(own.names == std::vector<std::string>{"train/good/003.png", "train/good/007.png"});
        for (std::size_t i = 0; i < own.names.size(); ++i) {
            const Image image = decodeImage(m_folder / "set" / own.names[i]);
            const Prediction prediction = model.detector->score(image, RunContext());
            CHECK(prediction.score == own.scores[i]);
            double largest = 0;
            cv::minMaxLoc(prediction.map, nullptr, &largest);
            CHECK(largest == own.mapMaxima[i]);
        }
        writeParts(m_folder / "few", 3, 0, 0, m_size.width, m_size.height);
        const ImageSet few = openImageSet(m_folder / "few");
        const FitResult fitted = fit(m_parameters, few, {}, RunContext());
        CHECK_THROWS_AS(crossValidate(fitted.model, few, 5, RunContext()), Error);
    }

    void estimates() {
        const FitEstimate estimate = estimateFit(m_parameters, m_set, {}, RunContext());
        CHECK(estimate.images == 8);
        CHECK(estimate.epochs == std::stoi(m_parameters.settings.at("epochs")));
        CHECK(estimate.seconds > 0);
        CHECK(estimate.seconds < 600);
        const auto size = static_cast<double>(std::filesystem::file_size(m_model));
        CHECK(static_cast<double>(estimate.modelBytes) > 0.4 * size);
        CHECK(static_cast<double>(estimate.modelBytes) < 2.5 * size);
    }

private:
    std::string saved(const FitParameters& parameters, int threads) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        saveModel(m_model, fit(parameters, m_set, {}, context).model);
        return test::contentOf(m_model);
    }

    static std::string firstWeight(const TensorFile& file) {
        const auto first = file.tensors.lower_bound("learner.");
        return first->first.substr(std::string("learner.").size());
    }

    TemporaryFolder m_folder;
    FitParameters m_parameters;
    cv::Size m_size;
    ImageSet m_set;
    std::filesystem::path m_model;
    std::string m_bytes;
};

}  // namespace

void checkTrainedMethod(const FitParameters& parameters, int width, int height, const std::string& tensor) {
    Checks checks(parameters, width, height);
    checks.sameBytes();
    checks.resumes();
    checks.comesBack();
    checks.refusesDamage(tensor);
    checks.keepsToRegion();
    checks.thresholdsFromHeldOut();
    checks.estimates();
}

}  // namespace test
