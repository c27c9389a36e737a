// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace test {

namespace {

struct Pipe {
    int read = -1, write = -1;
    Pipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        read = ends[0];
        write = ends[1];
    }
};

[[noreturn]] void become(const std::vector<std::string>& command, const ProcessOptions& options) {
    for (const auto& [name, value] : options.environment) ::setenv(name.c_str(), value.c_str(), 1);
    if (options.largestFileBytes) {
        const struct rlimit limit = {*options.largestFileBytes, *options.largestFileBytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
    if (options.user && (::setgroups(0, nullptr) != 0 || ::setgid(*options.user) != 0 || ::setuid(*options.user) != 0))
        ::_exit(126);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words.front(), words.data());
    ::_exit(127);
}

// Takes what is there; closes the descriptor at its end.
void readSome(int& descriptor, std::string& text) {
    std::array<char, 4096> block;
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count > 0) {
        text.append(block.data(), static_cast<std::size_t>(count));
    } else {
        ::close(descriptor);
        descriptor = -1;
    }
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const ProcessOptions& options) {
    ::signal(SIGPIPE, SIG_IGN);
    const Pipe input, output, error;
    m_child = ::fork();
    if (m_child < 0) throw std::runtime_error("no child process");
    if (m_child == 0) {
        ::signal(SIGPIPE, SIG_DFL);
        ::dup2(input.read, STDIN_FILENO);
        ::dup2(output.write, STDOUT_FILENO);
        ::dup2(error.write, STDERR_FILENO);
        become(command, options);
    }
    ::close(input.read);
    ::close(output.write);
    ::close(error.write);
    m_input = input.write;
    m_output = output.read;
    m_error = error.read;
}

Process::~Process() {
    for (const int descriptor : {m_input, m_output, m_error})
        if (descriptor >= 0) ::close(descriptor);
    if (m_child > 0) {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
}

void Process::write(const std::string& text) const {
    if (::write(m_input, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("the process does not read");
}

void Process::closeInput() {
    if (m_input >= 0) ::close(m_input);
    m_input = -1;
}

std::string Process::readLine() {
    for (int waited = 0; waited < 200; ++waited) {
        if (const auto end = m_outText.find('\n'); end != std::string::npos) {
            const std::string line = m_outText.substr(0, end);
            m_outText.erase(0, end + 1);
            return line;
        }
        if (!pump(100)) break;
    }
    throw std::runtime_error("no line on standard output; standard error: " + m_errText);
}

bool Process::waitForError(const std::string& text) {
    while (m_errText.find(text) == std::string::npos)
        if (!pump(100)) return false;
    return true;
}

void Process::send(int signal) const {
    ::kill(m_child, signal);
}

ProcessResult Process::finish() {
    closeInput();
    return wait();
}

ProcessResult Process::wait() {
    while (pump(1000)) {
    }
    int status = 0;
    ::waitpid(m_child, &status, 0);
    m_child = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), m_outText, m_errText};
}

bool Process::pump(int timeoutMs) {
    std::array<struct pollfd, 2> sources = {{{m_output, POLLIN, 0}, {m_error, POLLIN, 0}}};
    if (m_output < 0 && m_error < 0) return false;
    ::poll(sources.data(), sources.size(), timeoutMs);
    if (m_output >= 0 && sources[0].revents != 0) readSome(m_output, m_outText);
    if (m_error >= 0 && sources[1].revents != 0) readSome(m_error, m_errText);
    return true;
}

}  // namespace test
