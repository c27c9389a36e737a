// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/open_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace test {

OpenWatch::OpenWatch(const std::filesystem::path& folder) {
    m_descriptor = ::inotify_init1(IN_CLOEXEC);
    if (m_descriptor < 0 || ::inotify_add_watch(m_descriptor, folder.c_str(), IN_OPEN) < 0)
        throw std::runtime_error("cannot watch " + folder.string());
}

OpenWatch::~OpenWatch() {
    ::close(m_descriptor);
}

void OpenWatch::restart() {
    while (take(0)) {
    }
    m_counts.clear();
}

bool OpenWatch::waitFor(const std::string& name, int times) {
    while (m_counts[name] < times)
        if (!take(20'000)) return false;
    return true;
}

int OpenWatch::count(const std::string& name) {
    while (take(0)) {
    }
    return m_counts[name];
}

bool OpenWatch::take(int timeoutMs) {
    struct pollfd source = {m_descriptor, POLLIN, 0};
    if (::poll(&source, 1, timeoutMs) != 1) return false;
    alignas(inotify_event) std::array<char, 16384> events{};
    const ssize_t length = ::read(m_descriptor, events.data(), events.size());
    if (length <= 0) return false;
    for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
        inotify_event event{};
        std::memcpy(&event, events.data() + at, sizeof event);
        if (event.len > 0) ++m_counts[events.data() + at + sizeof event];
        at += sizeof event + event.len;
    }
    return true;
}

}  // namespace test
