// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/workshop.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "tests/app/small_weights.h"

namespace test {

Workshop::Workshop() {
    std::filesystem::permissions(m_folder.path(), std::filesystem::perms(0755));
    std::filesystem::create_directories(m_folder / "weights");
    writeSmallWeights(m_folder / "weights/resnet18.safetensors");
}

std::vector<std::string> Workshop::command(std::vector<std::string> arguments, ProcessOptions& options) const {
    arguments.insert(arguments.begin(), ANOMALOSCOPE_CLI);
    if (options.folder.empty()) options.folder = m_folder.path();
    options.environment.insert(
        {{"ANOMALOSCOPE_WEIGHTS", path("weights")}, {"XDG_DATA_HOME", path("home")}, {"HOME", path("home")}});
    return arguments;
}

Process Workshop::start(std::vector<std::string> arguments, ProcessOptions options) const {
    const auto words = command(std::move(arguments), options);
    return Process(words, options);
}

ProcessResult Workshop::run(std::vector<std::string> arguments, ProcessOptions options) const {
    const auto words = command(std::move(arguments), options);
    Process process(words, options);
    if (!options.input.empty()) process.write(options.input);
    return process.finish();
}

nlohmann::json Workshop::runJson(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--json", "-", "--quiet"});
    const auto result = run(arguments);
    INFO(result.err);
    REQUIRE(result.status == 0);
    return nlohmann::json::parse(result.out);
}

void Workshop::drawImageSet(const std::string& name) const {
    const auto root = m_folder / name;
    for (const char* folder : {"train/good", "test/good", "test/spot", "ground_truth/spot"})
        std::filesystem::create_directories(root / folder);
    for (int i = 0; i < 8; ++i) writePart(root / "train/good" / (std::to_string(i) + ".png"), i);
    for (int i = 0; i < 4; ++i) {
        const auto number = std::to_string(i);
        writePart(root / "test/good" / (number + ".png"), 100 + i);
        writePart(root / "test/spot" / (number + ".png"), 200 + i, true,
                  root / "ground_truth/spot" / (number + "_mask.png"));
    }
}

std::vector<std::string> Workshop::fitArguments(const std::string& name, std::vector<std::string> more) const {
    std::vector<std::string> arguments{"fit", "set", "--out", name, "--backbone", "resnet18"};
    if (std::find(more.begin(), more.end(), "--size") == more.end())
        arguments.insert(arguments.end(), {"--size", "64"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::string Workshop::fitModel(const std::string& name, std::vector<std::string> more) const {
    if (!std::filesystem::exists(m_folder / "set")) drawImageSet();
    more.push_back("--quiet");
    const auto result = run(fitArguments(name, std::move(more)));
    INFO(result.err);
    REQUIRE(result.status == 0);
    return path(name);
}

void writePart(const std::filesystem::path& file, int number, bool spot, const std::filesystem::path& mask, int width,
               int height) {
    cv::Mat picture(height, width, CV_8UC3);
    cv::RNG random(static_cast<std::uint64_t>(number) + 1);
    random.fill(picture, cv::RNG::NORMAL, cv::Scalar(140, 130, 120), cv::Scalar::all(12));
    cv::GaussianBlur(picture, picture, {}, 1);
    if (spot) {
        const cv::Point centre(width / 4 + number * 7 % (width / 2), height / 2);
        cv::circle(picture, centre, 9, cv::Scalar(10, 20, 230), cv::FILLED);
        cv::Mat marked(height, width, CV_8UC1, cv::Scalar(0));
        cv::circle(marked, centre, 9, cv::Scalar(255), cv::FILLED);
        if (!mask.empty()) cv::imwrite(mask.string(), marked);
    }
    if (!cv::imwrite(file.string(), picture)) throw std::runtime_error("no picture " + file.string());
}

void writeFile(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (!stream) throw std::runtime_error("cannot write " + file.string());
}

std::size_t lineCount(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<std::string> filesBelow(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) names.push_back(entry.path().lexically_relative(folder).string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace test
