// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/explanation_picture.h"
#include "app/cli/json_output.h"
#include "app/cli/output_file.h"
#include "app/cli/picture_file.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace cli {

namespace {

struct ExplainOptions {
    std::string model;
    std::string image;
    std::vector<int> at;  // x, y; empty: where the map is largest
    int count = 3;
    std::string out;
    std::string json;
};

struct Answer {
    double score = 0;
    cv::Point at;
    engine::Explanation explanation;
};

Answer explain(const ExplainOptions& options, engine::Model& model, const engine::Image& image, Session& session) {
    Answer answer;
    const auto prediction = model.detector->score(image, session.context());
    answer.score = prediction.score;
    if (!options.at.empty()) {
        answer.at = {options.at[0], options.at[1]};
    } else if (!prediction.map.empty()) {
        cv::minMaxLoc(prediction.map, nullptr, nullptr, nullptr, &answer.at);
    }
    answer.explanation = model.detector->explain(image, answer.at.x, answer.at.y, options.count, session.context());
    return answer;
}

Json answerJson(const Answer& answer, const ExplainOptions& options, const engine::ModelInfo& info) {
    Json similar = Json::array();
    for (const auto& patch : answer.explanation.similar) {
        const auto& image = info.training.at(patch.trainingImage);
        similar.push_back({{"image", image.name},
                           {"sha256", image.sha256},
                           {"box", toJson(patch.box)},
                           {"distance", patch.distance}});
    }
    return {{"path", options.image},
            {"score", answer.score},
            {"verdict", engine::nameOf(engine::verdictOf(answer.score, info.operatingPoint))},
            {"x", answer.at.x},
            {"y", answer.at.y},
            {"box", toJson(answer.explanation.box)},
            {"distance", answer.explanation.distance},
            {"similar", similar}};
}

std::string boxText(const engine::Box& box) {
    return std::to_string(box.x) + "," + std::to_string(box.y) + ", " + std::to_string(box.width) + " x " +
           std::to_string(box.height) + " px";
}

std::string answerText(const Answer& answer, const engine::ModelInfo& info) {
    std::string text = "the patch at " + boxText(answer.explanation.box) + " scores " +
                       shortNumber(answer.explanation.distance) + "; the image " + shortNumber(answer.score) + "\n";
    text += answer.explanation.similar.empty()
                ? info.method + " compares it with no single good patch, so that there is none to show\n"
                : "nearest good patches:\n";
    for (const auto& patch : answer.explanation.similar)
        text += "  " + padded(shortNumber(patch.distance), 10) +
                engine::displayPath(info.training.at(patch.trainingImage).name) + " at " + boxText(patch.box) + "\n";
    return text;
}

int runExplain(const ExplainOptions& options, Session& session) {
    if (options.out == "-") throw UsageError("a picture cannot go to standard output; give --out a file");
    if (!options.out.empty()) requireWritable(options.out);
    requireWritableOutput(options.json);
    const auto image = engine::decodeImage(std::filesystem::path(options.image));
    auto model = session.openModel(options.model);
    const auto answer = explain(options, model, image, session);
    if (!options.out.empty()) writePng(options.out, explanationPicture(image, answer.explanation, model));
    writeJson(options.json, answerJson(answer, options, model.info));
    session.summary(answerText(answer, model.info), {options.out, options.json});
    return Done;
}

}  // namespace

void addExplain(CommandLine& line) {
    const auto options = std::make_shared<ExplainOptions>();
    CLI::App& command = line.add("explain", "Show a patch beside the good patches that resemble it most",
                                 [options](Session& session) { return runExplain(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("IMAGE", options->image, "The image asked about")->required();
    command.add_option("--at", options->at, "Pixel asked about (default: where the map is largest)")
        ->delimiter(',')
        ->expected(2)
        ->type_name("X,Y");
    command.add_option("--count", options->count, "How many good patches")
        ->capture_default_str()
        ->check(CLI::Range(1, 20).description(""));
    command.add_option("--out", options->out, "Picture of them side by side (PNG)")->type_name("FILE");
    command.add_option("--json", options->json, "The answer; - is standard output")->type_name("FILE");
}

}  // namespace cli
