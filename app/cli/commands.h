// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace cli {

class CommandLine;

// One file each: sample.cpp, fit.cpp, ...
void addSample(CommandLine& line);
void addFit(CommandLine& line);
void addScore(CommandLine& line);
void addEvaluate(CommandLine& line);
void addCompare(CommandLine& line);
void addReport(CommandLine& line);
void addThreshold(CommandLine& line);
void addExplain(CommandLine& line);
void addWeights(CommandLine& line);
void addInfo(CommandLine& line);
void addBench(CommandLine& line);
void addBenchCoreset(CommandLine& line, CLI::App& bench);
void addBenchScore(CommandLine& line, CLI::App& bench);
void addBenchThroughput(CommandLine& line, CLI::App& bench);
void addBenchForward(CommandLine& line, CLI::App& bench);
void addBenchFit(CommandLine& line, CLI::App& bench);

}  // namespace cli
