// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/sample_set.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/session.h"
#include "engine/core/error.h"

namespace cli {

namespace {

struct SampleOptions {
    std::string folder;
    services::SampleSetParameters parameters;
};

int runSample(SampleOptions options, Session& session) {
    options.parameters.seed = session.options().seed;
    services::writeSampleSet(options.folder, options.parameters, session.context());
    session.summary("sample set in " + engine::displayPath(options.folder) + "\n", {options.folder});
    return Done;
}

}  // namespace

void addSample(CommandLine& line) {
    const auto options = std::make_shared<SampleOptions>();
    CLI::App& command = line.add("sample", "Draw an image set to try things with",
                                 [options](Session& session) { return runSample(*options, session); });
    command.add_option("DIR", options->folder, "New or empty folder")->required();
    command.add_option("--good", options->parameters.good, "Good training images")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000).description(""));
    command.add_option("--defect", options->parameters.defect, "Defective test images")
        ->capture_default_str()
        ->check(CLI::Range(0, 100000).description(""));
}

}  // namespace cli
