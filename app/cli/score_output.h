// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/cli/output_file.h"
#include "app/cli/output_names.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace cli {

// One result: the keys of the contract, and where the pictures went.
struct ScoreRow {
    std::string path;
    std::optional<double> score = {};
    engine::Verdict verdict = engine::Verdict::None;
    engine::Box box = {};
    std::string error = {};
    engine::StageTimes times = {};
    std::string map = {};
    std::string overlay = {};
};

std::string csvHeader();
std::string csvLine(const ScoreRow& row);
std::string jsonLine(const ScoreRow& row);
// For people: verdict, score, box, path.
std::string tableLine(const ScoreRow& row);

struct ScoreDestinations {
    std::string csv;  // "" for nowhere, "-" for standard output
    std::string jsonl;
    std::string maps;  // folders
    std::string overlays;
    bool table = true;  // on standard output
};

// Where the results of one run go. Lines are flushed one by one to standard output; files are whole after commit().
class ScoreOutput {
public:
    // Makes the folders. Throws engine::Error{WriteFailed}.
    ScoreOutput(const ScoreDestinations& destinations, const engine::ModelInfo& info);

    // `root`: the folder below which the image's sub-folders are kept. Writes the pictures, then the lines.
    ScoreRow add(const engine::ScoredImage& scored, const std::filesystem::path& root);
    void addFailure(const engine::ImageFailure& failure);
    void commit();

private:
    void writeLines(const ScoreRow& row);

    engine::ModelInfo m_info;
    std::optional<OutputFile> m_csv, m_jsonl, m_table;
    std::optional<OutputNames> m_maps, m_overlays;
};

}  // namespace cli
