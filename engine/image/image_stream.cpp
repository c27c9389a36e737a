// SPDX-License-Identifier: Apache-2.0
#include "engine/image/image_stream.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace engine {

namespace {

StreamedImage decodeOne(std::int64_t index, const std::filesystem::path& path) {
    StreamedImage result;
    result.index = index;
    result.path = path;
    const auto start = std::chrono::steady_clock::now();
    try {
        result.image = decodeImage(path);
    } catch (const Error& error) {
        result.failure = ImageFailure{path, error.what()};
    } catch (const std::exception& exception) {
        result.failure = ImageFailure{path, Error(ErrorCode::Internal, exception.what(), path).what()};
    }
    result.decodeMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return result;
}

}  // namespace

struct ImageStream::State {
    std::vector<std::filesystem::path> paths;
    std::mutex mutex;
    std::condition_variable_any ready;                // a slot was filled
    std::condition_variable room;                     // a slot was emptied, or the stream ends
    std::vector<std::optional<StreamedImage>> slots;  // image i waits in slot i % slots.size()
    std::int64_t nextToDecode = 0;
    std::int64_t nextToGive = 0;
    bool ended = false;
    std::vector<std::thread> threads;

    std::int64_t count() const { return static_cast<std::int64_t>(paths.size()); }
    std::optional<StreamedImage>& slotOf(std::int64_t index) {
        return slots[static_cast<std::size_t>(index) % slots.size()];
    }

    void end() {
        {
            const std::lock_guard lock(mutex);
            ended = true;
        }
        room.notify_all();
        for (std::thread& thread : threads) thread.join();
    }

    void work() {
        std::unique_lock lock(mutex);
        for (;;) {
            // An image that is being decoded counts as waiting, so that no more than `ahead` are ever in memory.
            room.wait(lock, [&] {
                return ended || nextToDecode == count() ||
                       nextToDecode < nextToGive + static_cast<std::int64_t>(slots.size());
            });
            if (ended || nextToDecode == count()) return;
            const std::int64_t index = nextToDecode++;
            lock.unlock();
            StreamedImage decoded = decodeOne(index, paths[static_cast<std::size_t>(index)]);
            lock.lock();
            slotOf(index) = std::move(decoded);
            ready.notify_all();
        }
    }
};

ImageStream::ImageStream(std::vector<std::filesystem::path> paths, int threads, int ahead)
    : m_state(std::make_unique<State>()) {
    State& state = *m_state;
    state.paths = std::move(paths);
    state.slots.resize(static_cast<std::size_t>(std::max(ahead, 1)));
    const auto useful = std::min<std::int64_t>(state.count(), std::max(ahead, 1));
    const auto wanted = std::min<std::int64_t>(std::max(threads, 1), useful);
    try {
        for (std::int64_t i = 0; i < wanted; ++i) state.threads.emplace_back([&state] { state.work(); });
    } catch (...) {
        state.end();
        throw;
    }
}

ImageStream::~ImageStream() {
    m_state->end();
}

std::optional<StreamedImage> ImageStream::next(const RunContext& context) {
    State& state = *m_state;
    context.checkCancelled();
    std::unique_lock lock(state.mutex);
    if (state.nextToGive == state.count()) return std::nullopt;
    auto& slot = state.slotOf(state.nextToGive);
    if (!state.ready.wait(lock, context.stopToken(), [&] { return slot.has_value(); })) {
        lock.unlock();
        context.checkCancelled();
    }
    StreamedImage result = std::move(*slot);
    slot.reset();
    ++state.nextToGive;
    lock.unlock();
    state.room.notify_all();
    return result;
}

}  // namespace engine
