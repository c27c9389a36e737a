// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/line_reader.h"
#include "app/cli/score_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"
#include "engine/dataset/image_set.h"

namespace cli {

namespace {

struct ScoreOptions {
    std::string model;
    std::vector<std::string> paths;
    ScoreDestinations destinations;
    bool failOnReject = false;
};

struct ImageList {
    std::vector<std::filesystem::path> paths;
    std::vector<std::filesystem::path> roots;  // one a path: the folder that was named, or the image's own
    std::vector<engine::ImageFailure> failures;
};

// The images below the paths of the command line. A path that is not there is a bad image among others, unless it is
// all that there is.
ImageList listAll(const std::vector<std::string>& paths) {
    ImageList list;
    for (const std::filesystem::path path : paths) {
        if (path == "-") continue;
        try {
            const bool folder = std::filesystem::is_directory(path);
            for (auto& image : engine::listImages(path)) {
                list.roots.push_back(folder ? path : path.parent_path());
                list.paths.push_back(std::move(image));
            }
        } catch (const engine::Error& error) {
            if (paths.size() == 1) throw;
            list.failures.push_back({path, error.what()});
        }
    }
    return list;
}

class Scoring {
public:
    Scoring(engine::Model& model, ScoreOutput& output, Session& session)
        : m_model(model), m_output(output), m_session(session) {}

    void score(const ImageList& list) {
        for (const auto& failure : list.failures) {
            m_output.addFailure(failure);
            tell(failure);
        }
        if (list.paths.empty()) return;
        engine::scoreImages(*m_model.detector, list.paths, m_session.context(), [&](engine::ScoredImage& scored) {
            m_session.console().endProgress();
            const auto row = m_output.add(scored, list.roots.at(static_cast<std::size_t>(scored.index)));
            m_rejected |= row.verdict == engine::Verdict::Fail;
            if (scored.failure) tell(*scored.failure);
        });
    }

    void scoreStandardInput() {
        LineReader reader(STDIN_FILENO);
        for (auto lines = reader.next(m_session.context()); !lines.empty(); lines = reader.next(m_session.context())) {
            ImageList list;
            for (const std::filesystem::path path : lines) {
                list.paths.push_back(path);
                list.roots.push_back(path.parent_path());
            }
            score(list);
        }
    }

    bool anyUnreadable() const { return m_unreadable; }
    bool anyRejected() const { return m_rejected; }

private:
    void tell(const engine::ImageFailure& failure) {
        m_unreadable = true;
        m_session.console().error(failure.reason);
    }

    engine::Model& m_model;
    ScoreOutput& m_output;
    Session& m_session;
    bool m_unreadable = false;
    bool m_rejected = false;
};

void requireMap(const engine::Model& model, const ScoreOptions& options) {
    if (model.detector->hasMap() || (options.destinations.maps.empty() && options.destinations.overlays.empty()))
        return;
    throw engine::Error(engine::ErrorCode::Unsupported,
                        "the method " + model.info.method + " has no map; leave out --maps and --overlays",
                        options.model);
}

int runScore(ScoreOptions options, Session& session) {
    auto& destinations = options.destinations;
    requireOneStandardOutput({destinations.csv, destinations.jsonl});
    const bool taken = destinations.csv == "-" || destinations.jsonl == "-";
    const bool elsewhere = !destinations.csv.empty() || !destinations.jsonl.empty() || !destinations.maps.empty() ||
                           !destinations.overlays.empty();
    destinations.table = !taken && !(session.options().quiet && elsewhere);

    const auto list = listAll(options.paths);
    auto model = session.openModel(options.model);
    requireMap(model, options);
    if (options.failOnReject && !model.info.operatingPoint.fail)
        session.console().warning(engine::displayPath(options.model) +
                                  ": has no operating point, so that no image can fail; choose one with "
                                  "anomaloscope-cli threshold");
    ScoreOutput output(destinations, model.info);
    Scoring scoring(model, output, session);
    scoring.score(list);
    if (std::find(options.paths.begin(), options.paths.end(), "-") != options.paths.end()) scoring.scoreStandardInput();
    output.commit();
    if (scoring.anyUnreadable()) return SomeUnreadable;
    return options.failOnReject && scoring.anyRejected() ? SomeRejected : Done;
}

}  // namespace

void addScore(CommandLine& line) {
    const auto options = std::make_shared<ScoreOptions>();
    CLI::App& command = line.add("score", "Score images, and say where they depart from normal",
                                 [options](Session& session) { return runScore(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("PATH", options->paths, "Images, folders, or - for paths on standard input")->required();
    auto& to = options->destinations;
    command.add_option("--csv", to.csv, "One line an image; - is standard output")->type_name("FILE");
    command.add_option("--jsonl", to.jsonl, "One JSON object an image; - is standard output")->type_name("FILE");
    command.add_option("--maps", to.maps, "Anomaly maps, float32 TIFF, the size of the image")->type_name("DIR");
    command.add_option("--overlays", to.overlays, "Heatmaps over the images, PNG")->type_name("DIR");
    command.add_flag("--fail-on-reject", options->failOnReject, "Exit status 4 if an image fails");
}

}  // namespace cli
