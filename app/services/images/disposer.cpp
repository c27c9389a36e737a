// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/disposer.h"

#include <exception>
#include <utility>

namespace services {

Disposer::Disposer() : m_bin(std::make_shared<Bin>()), m_thread([bin = m_bin] { bin->run(); }) {}

Disposer::~Disposer() {
    {
        const std::lock_guard lock(m_bin->mutex);
        m_bin->closed = true;
    }
    m_bin->changed.notify_all();
    m_thread.join();
}

void Disposer::Bin::take(std::shared_ptr<const void> object) noexcept {
    try {
        const std::lock_guard lock(mutex);
        if (closed) return;
        dropped.push_back(std::move(object));
    } catch (const std::exception&) {
        return;  // no memory for the list: destroyed here
    }
    changed.notify_all();
}

void Disposer::Bin::run() {
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [&] { return closed || !dropped.empty(); });
        if (dropped.empty()) return;
        auto now = std::exchange(dropped, {});
        lock.unlock();
        now.clear();
        lock.lock();
    }
}

}  // namespace services
