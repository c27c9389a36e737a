// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>
#include <vector>

namespace cli {

// While it lives, SIGINT, SIGTERM and SIGHUP ask for a stop instead of ending the process; the second one ends it at
// once. SIGPIPE is ignored, so that a reader that goes away is an error like any other. One at a time in a process.
class SignalWatch {
public:
    SignalWatch();
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }

private:
    void watch();

    std::stop_source m_stop;
    std::vector<int> m_watched;
    std::thread m_thread;
};

}  // namespace cli
