// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace test {

struct ProcessOptions {
    std::string input = {};                               // of standard input
    std::map<std::string, std::string> environment = {};  // added to the test's own
    std::filesystem::path folder = {};                    // to run in
    std::optional<uid_t> user = {};                       // to run as; needs root
    std::optional<std::size_t> largestFileBytes = {};     // RLIMIT_FSIZE: a disk that is full after so many
};

struct ProcessResult {
    int status = -1;  // exit status, or 128 + the signal that ended it
    std::string out;
    std::string err;
};

// One run of a program, with its standard streams on pipes.
class Process {
public:
    Process(const std::vector<std::string>& command, const ProcessOptions& options);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void write(const std::string& text) const;
    void closeInput();
    // The next line of standard output, without its end; throws std::runtime_error if it takes longer than 20 s.
    std::string readLine();
    // Waits until standard error holds the text; false if the process ends first.
    bool waitForError(const std::string& text);
    void send(int signal) const;
    // Closes the input, reads both streams to their end and waits.
    ProcessResult finish();
    // The same with the input left open.
    ProcessResult wait();

private:
    bool pump(int timeoutMs);

    pid_t m_child = -1;
    int m_input = -1, m_output = -1, m_error = -1;
    std::string m_outText, m_errText;
};

}  // namespace test
