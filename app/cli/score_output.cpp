// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/score_output.h"

#include "app/cli/console.h"
#include "app/cli/json_output.h"
#include "app/cli/picture_file.h"
#include "app/cli/text.h"
#include "app/services/overlay.h"
#include "engine/core/error.h"

namespace cli {

namespace {

// Sub-folders of the images' names come into being as they are met.
void prepare(const std::filesystem::path& file) {
    if (!std::filesystem::is_directory(file.parent_path())) makeFolder(file.parent_path());
}

ScoreRow failedRow(const engine::ImageFailure& failure) {
    ScoreRow row;
    row.path = failure.path.string();
    row.verdict = engine::Verdict::Error;
    row.error = failure.reason;
    return row;
}

}  // namespace

std::string csvHeader() {
    return "path,score,verdict,x,y,width,height,error\n";
}

std::string csvLine(const ScoreRow& row) {
    std::string line = csvField(row.path) + "," + (row.score ? exactNumber(*row.score) : "") + "," +
                       std::string(engine::nameOf(row.verdict)) + ",";
    if (row.box.empty()) {
        line += ",,,";
    } else {
        for (const int value : {row.box.x, row.box.y, row.box.width, row.box.height})
            line += std::to_string(value) + ",";
        line.pop_back();
    }
    return line + "," + csvField(row.error) + "\n";
}

std::string jsonLine(const ScoreRow& row) {
    const auto side = [&row](int value) { return row.box.empty() ? Json(nullptr) : Json(value); };
    Json json = {{"path", row.path},
                 {"score", orNull(row.score)},
                 {"verdict", engine::nameOf(row.verdict)},
                 {"x", side(row.box.x)},
                 {"y", side(row.box.y)},
                 {"width", side(row.box.width)},
                 {"height", side(row.box.height)},
                 {"error", row.error.empty() ? Json(nullptr) : Json(row.error)},
                 {"timing_ms", row.score ? toJson(row.times) : Json(nullptr)}};
    if (!row.map.empty()) json["map"] = row.map;
    if (!row.overlay.empty()) json["overlay"] = row.overlay;
    return dumpOnLine(json);
}

std::string tableLine(const ScoreRow& row) {
    std::string line = padded(std::string(engine::nameOf(row.verdict)), 8);
    if (!row.score) return line + onOneLine(row.error) + "\n";
    line += padded(shortNumber(*row.score), 11) + engine::displayPath(row.path);
    if (!row.box.empty())
        line += "  at " + std::to_string(row.box.x) + "," + std::to_string(row.box.y) + ", " +
                std::to_string(row.box.width) + " x " + std::to_string(row.box.height) + " px";
    return line + "\n";
}

ScoreOutput::ScoreOutput(const ScoreDestinations& destinations, const engine::ModelInfo& info) : m_info(info) {
    if (!destinations.maps.empty()) makeFolder(destinations.maps);
    if (!destinations.overlays.empty()) makeFolder(destinations.overlays);
    if (!destinations.maps.empty()) m_maps.emplace(destinations.maps, ".tiff");
    if (!destinations.overlays.empty()) m_overlays.emplace(destinations.overlays, ".png");
    if (!destinations.jsonl.empty()) m_jsonl.emplace(destinations.jsonl);
    if (destinations.table) m_table.emplace("-");
    if (destinations.csv.empty()) return;
    m_csv.emplace(destinations.csv);
    m_csv->write(csvHeader());
    if (destinations.csv == "-") m_csv->flush();
}

ScoreRow ScoreOutput::add(const engine::ScoredImage& scored, const std::filesystem::path& root) {
    ScoreRow row = scored.failure ? failedRow(*scored.failure) : ScoreRow{};
    row.path = scored.path.string();
    // A name is taken even if nothing can be drawn, so that a bad image does not rename those after it.
    const auto map = m_maps ? m_maps->nameFor(scored.path, root) : std::filesystem::path();
    const auto overlay = m_overlays ? m_overlays->nameFor(scored.path, root) : std::filesystem::path();
    if (scored.prediction) {
        const auto& prediction = *scored.prediction;
        row.score = prediction.score;
        row.verdict = engine::verdictOf(prediction.score, m_info.operatingPoint);
        row.times = prediction.times;
        if (m_info.operatingPoint.pixel && !prediction.map.empty())
            row.box = engine::largestRegionAbove(prediction.map, *m_info.operatingPoint.pixel);
        if (m_maps) {
            prepare(map);
            writeFloatTiff(map, prediction.map);
            row.map = map.string();
        }
        if (m_overlays) {
            prepare(overlay);
            writePng(overlay, services::paintOverlay(*scored.image, prediction.map, services::overlayStyle(m_info),
                                                     m_info.input.sixteenBitLow, m_info.input.sixteenBitHigh));
            row.overlay = overlay.string();
        }
    }
    writeLines(row);
    return row;
}

void ScoreOutput::addFailure(const engine::ImageFailure& failure) {
    writeLines(failedRow(failure));
}

void ScoreOutput::writeLines(const ScoreRow& row) {
    // A file gathers its lines; a reader of standard output waits for each.
    if (m_csv) m_csv->write(csvLine(row));
    if (m_jsonl) m_jsonl->write(jsonLine(row));
    if (m_table) m_table->write(tableLine(row));
    for (auto* output : {&m_csv, &m_jsonl, &m_table})
        if (*output && (*output)->isStream()) (*output)->flush();
}

void ScoreOutput::commit() {
    for (auto* output : {&m_csv, &m_jsonl, &m_table})
        if (*output) (*output)->commit();
}

}  // namespace cli
