// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>

#include "engine/core/run_context.h"

namespace services {

// The way from a job back to an object of the window's thread, which may be gone before the job has noticed.
class Relay {
public:
    explicit Relay(QObject* target) : m_target(target) {}

    // By the target, before it is destroyed.
    void close() {
        const std::lock_guard lock(m_mutex);
        m_target = nullptr;
    }

    bool isOpen() const {
        const std::lock_guard lock(m_mutex);
        return m_target != nullptr;
    }

    // `call` runs on the target's thread, later, unless the target is gone by then.
    bool post(std::function<void()> call) {
        const std::lock_guard lock(m_mutex);
        return m_target != nullptr && QMetaObject::invokeMethod(m_target, std::move(call), Qt::QueuedConnection);
    }

    // The same, and waits for what it returns. `call` does not throw. Throws Cancelled when the job is to stop or the
    // target is gone.
    template <typename Result>
    Result ask(std::function<Result()> call, const engine::RunContext& context) {
        auto promise = std::make_shared<std::promise<Result>>();
        auto answer = promise->get_future();
        const bool posted =
            post([promise = std::move(promise), call = std::move(call)] { promise->set_value(call()); });
        if (!posted) throw engine::Cancelled();
        while (answer.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) context.checkCancelled();
        try {
            return answer.get();
        } catch (const std::future_error&) {  // the target took the question with it
            throw engine::Cancelled();
        }
    }

private:
    mutable std::mutex m_mutex;
    QObject* m_target;
};
using RelayPtr = std::shared_ptr<Relay>;

}  // namespace services
