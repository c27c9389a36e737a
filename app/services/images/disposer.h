// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace services {

// Destroys large things on a thread of its own: giving hundreds of megabytes back to the system takes tens of
// milliseconds, which the thread of the window does not have.
class Disposer {
public:
    Disposer();
    ~Disposer();  // waits until everything is destroyed; what is dropped later is destroyed where it is dropped
    Disposer(const Disposer&) = delete;
    Disposer& operator=(const Disposer&) = delete;

    template <typename T>
    std::shared_ptr<const T> share(std::unique_ptr<T> object) const {
        return {object.release(), [bin = m_bin](const T* dropped) { bin->take(std::shared_ptr<const T>(dropped)); }};
    }

private:
    struct Bin {
        void take(std::shared_ptr<const void> object) noexcept;
        void run();

        std::mutex mutex;
        std::condition_variable changed;
        std::vector<std::shared_ptr<const void>> dropped;
        bool closed = false;
    };

    std::shared_ptr<Bin> m_bin;
    std::thread m_thread;
};

}  // namespace services
