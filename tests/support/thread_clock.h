// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <QAbstractEventDispatcher>
#include <QObject>
#include <algorithm>
#include <vector>

namespace test {

// CPU time of the calling thread: what the machine's other work does not change.
inline double threadCpuMs() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

inline double wallMs() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// The value that `share` of the values are not above.
inline double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(share * last + 0.5)];
}

// How long this thread was busy between two turns of its event loop, CPU and wall clock.
class EventLoopWatchdog : public QObject {
public:
    EventLoopWatchdog() {
        auto* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, &EventLoopWatchdog::turn);
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &EventLoopWatchdog::turn);
        restart();
    }

    void restart() {
        m_cpu.clear();
        m_wall.clear();
        m_cpuStart = threadCpuMs();
        m_wallStart = wallMs();
    }
    double longestCpuMs() const { return m_cpu.empty() ? 0 : *std::max_element(m_cpu.begin(), m_cpu.end()); }
    double longestWallMs() const { return m_wall.empty() ? 0 : *std::max_element(m_wall.begin(), m_wall.end()); }

private:
    void turn() {
        const double cpu = threadCpuMs();
        const double wall = wallMs();
        m_cpu.push_back(cpu - m_cpuStart);
        m_wall.push_back(wall - m_wallStart);
        m_cpuStart = cpu;
        m_wallStart = wall;
    }

    std::vector<double> m_cpu, m_wall;
    double m_cpuStart = 0, m_wallStart = 0;
};

}  // namespace test
