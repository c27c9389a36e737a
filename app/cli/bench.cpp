// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/session.h"

namespace cli {

void addBench(CommandLine& line) {
    CLI::App& bench = line.add("bench", "Measure the speed on this machine", {});
    addBenchCoreset(line, bench);
    addBenchScore(line, bench);
    addBenchThroughput(line, bench);
    addBenchForward(line, bench);
    addBenchFit(line, bench);
}

}  // namespace cli
