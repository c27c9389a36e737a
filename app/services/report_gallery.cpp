// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "app/services/html_text.h"
#include "app/services/report_sections.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr std::size_t mostPictures = 200;  // about 8 MB; more are only named in the table
constexpr int longestSidePx = 480;

struct Chosen {
    const ReportPicture* picture;
    const engine::ImageResult* image;  // null if the evaluation does not know the name
};

cv::Mat atMost(const cv::Mat& picture, int interpolation) {
    const int longest = std::max(picture.cols, picture.rows);
    if (longest <= longestSidePx) return picture;
    const double scale = static_cast<double>(longestSidePx) / longest;
    cv::Mat smaller;
    cv::resize(picture, smaller, {}, scale, scale, interpolation);
    return smaller;
}

std::string imageHtml(const cv::Mat& picture, const std::string& text) {
    const cv::Mat shown = atMost(picture, cv::INTER_AREA);
    std::vector<std::uint8_t> jpeg;
    try {
        cv::imencode(".jpg", shown, jpeg, {cv::IMWRITE_JPEG_QUALITY, 85});
    } catch (const cv::Exception& e) {
        throw engine::Error(engine::ErrorCode::Internal, "a picture of the report cannot be encoded: " + e.err);
    }
    return "<img width=\"" + std::to_string(shown.cols) + "\" height=\"" + std::to_string(shown.rows) + "\" alt=\"" +
           escaped(text) + "\" src=\"data:image/jpeg;base64," + base64(std::as_bytes(std::span(jpeg))) + "\"/>";
}

// The outline of what a person marked: blue with a dark edge, thinner than the map's contour and of another colour.
cv::Mat withMask(const cv::Mat& original, const cv::Mat& mask) {
    if (mask.empty() || mask.size() != original.size()) return original;
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(mask, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
    cv::Mat drawn = original.clone();
    cv::drawContours(drawn, outlines, -1, cv::Scalar(30, 24, 20), 3, cv::LINE_AA);
    cv::drawContours(drawn, outlines, -1, cv::Scalar(255, 210, 60), 1, cv::LINE_AA);
    return drawn;
}

std::string figureHtml(const ReportData& data, const Chosen& chosen) {
    const ReportPicture& picture = *chosen.picture;
    std::string out = "<figure><div class=\"pair\">" +
                      imageHtml(withMask(picture.original, picture.mask), picture.name + ", original");
    if (!picture.overlay.empty()) out += imageHtml(picture.overlay, picture.name + ", overlay");
    out += "</div><figcaption><span>" + nameHtml(picture.name) + "</span>";
    if (const engine::ImageResult* image = chosen.image) {
        out += "<span>" +
               (image->verdict == engine::Verdict::None ? std::string() : verdictHtml(image->verdict) + " ") +
               data.score(image->score) + "</span><span class=\"note\">";
        out += image->label == engine::Label::Good     ? "labelled good"
               : image->label == engine::Label::Defect ? "labelled defect"
                                                       : "not labelled";
        if (!image->defectType.empty()) out += ": " + nameHtml(image->defectType);
        out += "</span>";
    }
    return out + "</figcaption></figure>\n";
}

struct Group {
    const char* title;
    std::vector<Outcome> outcomes;
    std::optional<engine::Verdict> verdict;  // for images without a label
};

const std::vector<Group>& groups() {
    static const std::vector<Group> all{
        {"Missed defects", {Outcome::Missed}, {}},
        {"False rejects", {Outcome::FalseReject}, {}},
        {"In review", {Outcome::DefectInReview, Outcome::GoodInReview}, engine::Verdict::Review},
        {"Rejected defects", {Outcome::Caught}, {}},
        {"Rejected, not labelled", {}, engine::Verdict::Fail},
        {"Passed, highest scores", {Outcome::Passed}, engine::Verdict::Pass},
        {"Highest scores", {}, engine::Verdict::None},
    };
    return all;
}

bool belongs(const Group& group, const engine::ImageResult* image) {
    if (image == nullptr) return group.verdict == engine::Verdict::None;
    const Outcome outcome = outcomeOf(*image);
    if (outcome == Outcome::None) return group.verdict == image->verdict;
    return std::find(group.outcomes.begin(), group.outcomes.end(), outcome) != group.outcomes.end();
}

}  // namespace

std::string galleryHtml(const ReportData& data) {
    const std::vector<ReportPicture>& pictures = data.content.pictures;
    if (pictures.empty()) return {};
    std::map<std::string_view, const engine::ImageResult*> byName;
    for (const engine::ImageResult& image : data.evaluation.images) byName[image.name] = &image;

    std::vector<Chosen> chosen;
    bool masks = false;
    for (const ReportPicture& picture : pictures) {
        if (picture.original.empty() || chosen.size() == mostPictures) continue;
        const auto found = byName.find(picture.name);
        chosen.push_back({&picture, found == byName.end() ? nullptr : found->second});
        masks = masks || !picture.mask.empty();
    }
    std::string out =
        "<section>\n<h2>Pictures</h2>\n<p class=\"note\">Left the image, right the same with its anomaly map; a "
        "white line surrounds what lies above the map's cut.";
    if (masks) out += " The blue line in the left image is the defect as a person marked it.";
    if (chosen.size() < pictures.size()) {
        out += " " + grouped(static_cast<std::int64_t>(chosen.size())) + " of " +
               grouped(static_cast<std::int64_t>(pictures.size())) + " pictures are shown.";
    }
    out += "</p>\n";
    for (const Group& group : groups()) {
        std::string figures;
        for (const Chosen& picture : chosen) {
            if (belongs(group, picture.image)) figures += figureHtml(data, picture);
        }
        if (figures.empty()) continue;
        out += std::string("<h3>") + group.title + "</h3>\n<div class=\"gallery\">\n" + figures + "</div>\n";
    }
    return out + "</section>\n";
}

}  // namespace services
