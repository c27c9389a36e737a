// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/json_output.h"
#include "app/cli/output_file.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "app/services/weight_store.h"
#include "engine/core/error.h"

namespace cli {

namespace {

std::string rowText(const std::string& backbone, const std::string& state, const std::filesystem::path& file) {
    return padded(backbone, 18) + padded(state, 14) + engine::displayPath(file) + "\n";
}

int runList(const std::string& json, Session& session) {
    const auto store = services::WeightStore::ofThisProgram();
    std::string text;
    Json list = Json::array();
    for (const auto& [backbone, file] : store.list()) {
        const auto identity = services::weightIdentity(file, backbone, session.context());
        text += rowText(backbone, identity.substr(0, 12), file);
        list.push_back({{"backbone", backbone}, {"file", file.string()}, {"sha256", identity}});
    }
    if (text.empty()) {
        session.console().remark("no weights in any of these folders:");
        for (const auto& folder : store.folders()) session.console().remark("  " + engine::displayPath(folder));
    }
    writeJson(json, list);
    if (json != "-") writeOutput("-", text);
    return Done;
}

// Every file is looked at, so that one run names all that is wrong.
int runVerify(Session& session) {
    bool whole = true;
    for (const auto& [backbone, file] : services::WeightStore::ofThisProgram().list()) {
        try {
            services::weightIdentity(file, backbone, session.context());
            writeOutput("-", rowText(backbone, "fits", file));
        } catch (const engine::Error& error) {
            whole = false;
            session.console().error(error.what());
            writeOutput("-", rowText(backbone, "does not fit", file));
        }
    }
    return whole ? Done : CouldNotBeDone;
}

int runAdd(const std::string& file, const std::string& backbone, Session& session) {
    const auto added = services::WeightStore::ofThisProgram().add(file, backbone, session.context());
    session.summary(engine::displayPath(added.file) + "\n", {added.file.native()});
    return Done;
}

}  // namespace

void addWeights(CommandLine& line) {
    struct Options {
        std::string file, backbone, json;
    };
    const auto options = std::make_shared<Options>();
    CLI::App& command = line.add("weights", "List, add and check pretrained weights", {});
    CLI::App& list = line.add(command, "list", "The weights at hand, and their identity",
                              [options](Session& session) { return runList(options->json, session); });
    list.add_option("--json", options->json, "Write it as JSON; - is standard output")->type_name("FILE");
    CLI::App& add = line.add(command, "add", "Check a weight file against its backbone and keep a copy",
                             [options](Session& session) { return runAdd(options->file, options->backbone, session); });
    add.add_option("FILE", options->file, "A .safetensors, or torchvision's .pth")->required();
    add.add_option("--backbone", options->backbone, "Which network they belong to")->type_name("NAME")->required();
    line.add(command, "verify", "Check all of them", runVerify);
}

}  // namespace cli
