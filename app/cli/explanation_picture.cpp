// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explanation_picture.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/cli/text.h"
#include "app/services/overlay.h"
#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace cli {

namespace {

constexpr int panelPx = 320;  // side of the picture, and of the enlarged piece below it
constexpr int titlePx = 26;
constexpr int gapPx = 8;
const cv::Scalar paper(255, 255, 255), ink(40, 40, 40), mark(0, 90, 255);  // BGR

std::string asciiTitle(const std::string& text, std::size_t longest) {
    std::string title;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U) title += c >= 0x20 && c < 0x7f ? c : '?';
    if (title.size() > longest) title = title.substr(0, longest - 2) + "..";
    return title;
}

// The box in a picture that is smaller than the image it belongs to.
cv::Rect scaled(const engine::Box& box, const cv::Mat& picture, int imageWidth, int imageHeight) {
    const double x = static_cast<double>(picture.cols) / std::max(1, imageWidth);
    const double y = static_cast<double>(picture.rows) / std::max(1, imageHeight);
    const cv::Rect rect(cvRound(box.x * x), cvRound(box.y * y), std::max(1, cvRound(box.width * x)),
                        std::max(1, cvRound(box.height * y)));
    return rect & cv::Rect(0, 0, picture.cols, picture.rows);
}

// A square of three patches' side around the patch, moved inside the picture.
cv::Rect surroundings(const cv::Rect& patch, const cv::Size& size) {
    const int side = std::min({std::max(24, 3 * std::max(patch.width, patch.height)), size.width, size.height});
    const int x = std::clamp(patch.x + patch.width / 2 - side / 2, 0, size.width - side);
    const int y = std::clamp(patch.y + patch.height / 2 - side / 2, 0, size.height - side);
    return {x, y, side, side};
}

void placeScaled(const cv::Mat& picture, const cv::Rect& patch, const cv::Mat& frame) {
    const double scale =
        std::min(static_cast<double>(frame.cols) / picture.cols, static_cast<double>(frame.rows) / picture.rows);
    const cv::Size size(std::max(1, static_cast<int>(picture.cols * scale)),
                        std::max(1, static_cast<int>(picture.rows * scale)));
    cv::Mat shown;
    cv::resize(picture, shown, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    const cv::Rect box(cvRound(patch.x * scale), cvRound(patch.y * scale), std::max(2, cvRound(patch.width * scale)),
                       std::max(2, cvRound(patch.height * scale)));
    cv::rectangle(shown, box, mark, 2);
    shown.copyTo(
        frame(cv::Rect((frame.cols - size.width) / 2, (frame.rows - size.height) / 2, size.width, size.height)));
}

cv::Mat panel(const cv::Mat& picture, const cv::Rect& patch, const std::string& title, const std::string& subtitle) {
    cv::Mat canvas(2 * titlePx + 2 * panelPx + gapPx, panelPx, CV_8UC3, paper);
    int baseline = titlePx - 8;
    for (const auto& text : {title, subtitle}) {
        cv::putText(canvas, asciiTitle(text, 40), {4, baseline}, cv::FONT_HERSHEY_SIMPLEX, 0.45, ink, 1, cv::LINE_AA);
        baseline += titlePx;
    }
    placeScaled(picture, patch, canvas(cv::Rect(0, 2 * titlePx, panelPx, panelPx)));
    const cv::Rect around = surroundings(patch, picture.size());
    placeScaled(picture(around), patch - around.tl(),
                canvas(cv::Rect(0, 2 * titlePx + panelPx + gapPx, panelPx, panelPx)));
    return canvas;
}

cv::Mat trainingPanel(const engine::SimilarPatch& similar, int rank, const engine::Model& model) {
    const auto& info = model.info.training.at(similar.trainingImage);
    cv::Mat picture(panelPx, panelPx, CV_8UC3, cv::Scalar(220, 220, 220));
    std::string name = info.name;
    if (similar.trainingImage < model.pictures.size() && !model.pictures[similar.trainingImage].empty()) {
        const auto& bytes = model.pictures[similar.trainingImage];
        picture = services::displayImage(engine::decodeImage(std::span(bytes), info.name));
    } else {
        name += " (no picture kept)";
    }
    return panel(picture, scaled(similar.box, picture, info.width, info.height),
                 "good patch " + std::to_string(rank) + ", distance " + shortNumber(similar.distance), name);
}

}  // namespace

cv::Mat explanationPicture(const engine::Image& image, const engine::Explanation& explanation,
                           const engine::Model& model) {
    const auto shown = services::displayImage(image, model.info.input.sixteenBitLow, model.info.input.sixteenBitHigh);
    std::vector<cv::Mat> panels{
        panel(shown, scaled(explanation.box, shown, shown.cols, shown.rows),
              "this patch, score " + shortNumber(explanation.distance),
              "at " + std::to_string(explanation.box.x) + "," + std::to_string(explanation.box.y))};
    for (std::size_t i = 0; i < explanation.similar.size(); ++i)
        panels.push_back(trainingPanel(explanation.similar[i], static_cast<int>(i) + 1, model));
    const int count = static_cast<int>(panels.size());
    cv::Mat canvas(panels.front().rows + 2 * gapPx, count * (panelPx + gapPx) + gapPx, CV_8UC3, paper);
    for (int i = 0; i < count; ++i)
        panels[static_cast<std::size_t>(i)].copyTo(
            canvas(cv::Rect(gapPx + i * (panelPx + gapPx), gapPx, panelPx, panels.front().rows)));
    return canvas;
}

}  // namespace cli
