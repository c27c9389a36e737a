// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/error.h"

namespace cli {

std::vector<std::string> LineReader::next(const engine::RunContext& context) {
    constexpr int waitMs = 50;
    for (;;) {
        if (auto lines = takeLines(); !lines.empty() || m_ended) return lines;
        context.checkCancelled();
        struct pollfd source = {m_descriptor, POLLIN, 0};
        if (::poll(&source, 1, waitMs) <= 0) continue;
        std::array<char, 1U << 14U> block;
        const ssize_t count = ::read(m_descriptor, block.data(), block.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count < 0)
            throw engine::Error(
                engine::ErrorCode::Unreadable,
                std::string("cannot be read: ") + std::strerror(errno) + "; give the paths as arguments",
                "standard input");
        m_ended = count == 0;
        m_pending.append(block.data(), static_cast<std::size_t>(count));
    }
}

std::vector<std::string> LineReader::takeLines() {
    std::vector<std::string> lines;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = m_pending.find('\n', start)) != std::string::npos; start = end + 1)
        if (end > start) lines.push_back(m_pending.substr(start, end - start));
    m_pending.erase(0, start);
    if (m_ended && !m_pending.empty()) lines.push_back(std::exchange(m_pending, {}));
    return lines;
}

}  // namespace cli
