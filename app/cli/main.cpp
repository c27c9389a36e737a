// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <iostream>
#include <new>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/output_file.h"
#include "app/cli/session.h"
#include "app/cli/signals.h"
#include "engine/core/error.h"

namespace {

constexpr const char* remedyForUsage = "; see anomaloscope-cli --help";

int perform(const cli::Action& action, cli::Session& session) {
    try {
        const int status = action(session);
        session.console().endProgress();
        return status;
    } catch (const engine::Cancelled&) {
        session.console().error("interrupted; nothing was left half-written");
        return cli::Interrupted;
    } catch (const cli::UsageError& error) {
        session.console().error(std::string(error.what()) + remedyForUsage);
        return cli::WrongUsage;
    } catch (const engine::Error& error) {
        session.console().error(error.what());
        // Without a file it is a value on the command line that is wrong.
        const bool usage = error.code() == engine::ErrorCode::InvalidArgument && error.path().empty();
        return usage ? cli::WrongUsage : cli::CouldNotBeDone;
    } catch (const std::bad_alloc&) {
        session.console().error("out of memory; use fewer or smaller images, or a smaller --coreset");
        return cli::CouldNotBeDone;
    } catch (const std::exception& error) {
        session.console().error(std::string("internal fault: ") + error.what() + "; please report it");
        return cli::CouldNotBeDone;
    }
}

}  // namespace

int main(int argc, char** argv) {
    // OpenCV writes there what it finds wrong with a damaged image, over several lines; the error that we make of it
    // says all that a person needs. We ourselves write through stdio.
    std::cerr.rdbuf(nullptr);
    CLI::App app("Finds defects in images of parts, learning from good images only.", "anomaloscope-cli");
    cli::CommonOptions options;
    cli::Action action;
    cli::CommandLine line(app, options, action);
    app.set_version_flag("--version", std::string("anomaloscope-cli ") + ANOMALOSCOPE_VERSION);
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Print the help of every subcommand");
    cli::addSample(line);
    cli::addFit(line);
    cli::addScore(line);
    cli::addEvaluate(line);
    cli::addCompare(line);
    cli::addReport(line);
    cli::addThreshold(line);
    cli::addExplain(line);
    cli::addWeights(line);
    cli::addInfo(line);
    cli::addBench(line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        cli::Console(options).error(std::string(error.what()) + remedyForUsage);
        return cli::WrongUsage;
    }
    const cli::SignalWatch signals;
    cli::Session session(options, signals.token());
    return perform(action, session);
}
