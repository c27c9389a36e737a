// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signals.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <initializer_list>

#include "app/cli/exit_status.h"

namespace cli {

namespace {

// The one piece of state that a signal handler can reach. A handler rather than a blocked mask and signalfd, because
// libraries start threads while they load, before any mask of ours, and a signal may be given to any of those.
std::atomic<int> wakeDescriptor{-1};
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::uint64_t signalled = 1;
constexpr std::uint64_t finished = 1U << 20U;

void handleSignal(int) {
    const int saved = errno;
    [[maybe_unused]] const ssize_t written = ::write(wakeDescriptor.load(), &signalled, sizeof signalled);
    errno = saved;
}

}  // namespace

SignalWatch::SignalWatch() {
    wakeDescriptor = ::eventfd(0, EFD_CLOEXEC);
    m_thread = std::thread([this] { watch(); });
    struct sigaction action = {};
    action.sa_handler = handleSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before = {};
        // What nohup or a shell's background job has set to be ignored stays ignored.
        if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
        ::sigaction(signal, &action, nullptr);
        m_watched.push_back(signal);
    }
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit of the file size then fails with a reason
}

SignalWatch::~SignalWatch() {
    [[maybe_unused]] const ssize_t written = ::write(wakeDescriptor.load(), &finished, sizeof finished);
    m_thread.join();
    for (const int signal : m_watched) ::signal(signal, SIG_DFL);
    ::close(wakeDescriptor.exchange(-1));
}

void SignalWatch::watch() {
    for (;;) {
        std::uint64_t value = 0;
        if (::read(wakeDescriptor.load(), &value, sizeof value) != static_cast<ssize_t>(sizeof value)) continue;
        if (value >= finished) return;
        if (m_stop.stop_requested()) ::_exit(Interrupted);
        m_stop.request_stop();
    }
}

}  // namespace cli
