// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>
#include <vector>

#include "app/services/report/compose.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"

namespace services {

namespace {

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

bool belongs(const Group& group, const engine::ImageResult& image) {
    const Outcome outcome = outcomeOf(image);
    if (outcome == Outcome::None) return group.verdict == image.verdict;
    return std::find(group.outcomes.begin(), group.outcomes.end(), outcome) != group.outcomes.end();
}

Plate plateOf(const ReportData& data, const engine::ImageResult& image, const ReportPicture& picture) {
    Plate plate;
    plate.pictures.push_back(picture.original);
    plate.titles.push_back("original");
    if (picture.overlay.bytes > 0) {
        plate.pictures.push_back(picture.overlay);
        plate.titles.push_back("overlay");
    }
    plate.name = Text(image.name, Tone::Name);
    if (image.verdict != engine::Verdict::None) {
        plate.result.runs.push_back(verdictRun(image.verdict));
        plate.result.add(" ");
    }
    plate.result.add(data.score(image.score));
    const bool labelled = image.label != engine::Label::Unlabelled;
    plate.note = Text(labelled ? "labelled " + labelWords(image.label) : "not labelled", Tone::Quiet);
    if (!image.defectType.empty()) plate.note.add(": ", Tone::Quiet).add(image.defectType, Tone::Name);
    return plate;
}

}  // namespace

Section gallerySection(const ReportData& data) {
    Section section{"pictures", "Pictures", {}};
    if (data.content.pictures == nullptr || data.content.pictures->byName().empty()) return section;
    const auto& pictures = data.content.pictures->byName();
    const bool masks = std::any_of(pictures.begin(), pictures.end(), [](const auto& p) { return p.second.hasMask; });
    std::string note = data.content.hasMap ? "Left the image, right the same with its anomaly map; a white line "
                                             "surrounds what lies above the map's cut."
                                           : "The method has no anomaly map.";
    if (masks) note += " The blue line in the image is the defect as a person marked it.";
    section.blocks.emplace_back(Paragraph{Text(note), true});
    for (const Group& group : groups()) {
        Gallery gallery;
        for (const engine::ImageResult* image : data.worstFirst) {
            const auto found = pictures.find(image->name);
            if (found != pictures.end() && belongs(group, *image))
                gallery.plates.push_back(plateOf(data, *image, found->second));
        }
        if (gallery.plates.empty()) continue;
        const auto count = static_cast<std::int64_t>(gallery.plates.size());
        section.blocks.emplace_back(Heading{group.title + std::string(" (") + grouped(count) + ")"});
        section.blocks.emplace_back(std::move(gallery));
    }
    return section;
}

}  // namespace services
