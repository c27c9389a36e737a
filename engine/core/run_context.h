// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace engine {

// Thrown when a stop was asked for; nothing half-written is left behind. Not an Error: being cancelled is a state.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

// How an epoch of training does, in the method's own unit.
struct EpochLoss {
    double mean = 0;  // over the samples of the epoch that were learned from so far
    std::int64_t epoch = 1;
    std::optional<double> heldOut = std::nullopt;  // of the samples held out for early stop, after the epoch
};

struct Progress {
    std::string_view stage;  // a word for people: "decode", "coreset"
    std::int64_t done = 0;
    std::int64_t total = 0;                        // 0: not known
    std::optional<EpochLoss> loss = std::nullopt;  // while a network is trained
};

// The widest instruction set that the hand-made kernels may use. Auto asks the CPU.
enum class InstructionSet { Auto, Scalar, Avx2, Avx512 };

struct Compute {
    int threads = 0;  // 0: all cores that this process may use
    InstructionSet instructionSet = InstructionSet::Auto;
};

// What every long engine call takes: how to stop it, where its progress and its warnings go, and how many cores it
// may use. The sinks are called from the thread that made the engine call. Not copyable: one run, one context.
class RunContext {
public:
    using ProgressSink = std::function<void(const Progress&)>;
    using WarningSink = std::function<void(const std::string&)>;

    RunContext() = default;
    explicit RunContext(std::stop_token stop, ProgressSink progress = {}, WarningSink warning = {},
                        Compute compute = {});
    RunContext(const RunContext&) = delete;
    RunContext& operator=(const RunContext&) = delete;

    // To be called at least every 100 ms of work. Throws Cancelled.
    void checkCancelled() const;
    // Reports, and checks for a stop. Throws Cancelled.
    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::optional<EpochLoss> loss = std::nullopt) const;
    void warn(const std::string& message) const;

    const std::stop_token& stopToken() const { return m_stop; }
    const Compute& compute() const { return m_compute; }
    // The number of threads to use: compute().threads, or all cores that this process may use.
    int threads() const;

private:
    std::stop_token m_stop;
    ProgressSink m_progress;
    WarningSink m_warning;
    Compute m_compute;
};

}  // namespace engine
