// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <functional>

namespace services {

// How workers tell the thread that made it that something is there to be fetched: however often it is rung, `answer`
// runs once a turn of the event loop. What is fetched lies elsewhere, under a mutex.
class Doorbell : public QObject {
public:
    explicit Doorbell(std::function<void()> answer);

    // From any thread; those threads have ended before the bell is destroyed.
    void ring();

protected:
    void customEvent(QEvent* event) override;

private:
    std::function<void()> m_answer;
    std::atomic<bool> m_rung = false;
};

}  // namespace services
