// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/backbone/byte_source.h"

namespace engine {

// Reads a pickle piece by piece: in the older container nothing says how long it is before the tensors follow.
class PickleInput {
public:
    PickleInput(const ByteSource& source, std::uint64_t begin, std::uint64_t end)
        : m_source(source), m_windowBegin(begin), m_end(end) {}

    std::uint64_t position() const { return m_windowBegin + m_used; }

    // The next `length` bytes; the view holds until the next call. Throws Error{Corrupt} at the end.
    std::string_view bytes(std::uint64_t length) {
        const std::uint64_t left = m_end - position();
        if (length > left) m_source.corrupt("ends inside a pickle");
        if (length > m_window.size() - m_used) {
            const std::uint64_t begin = position();
            m_window = m_source.readText(begin, std::min(std::max(length, pieceBytes), left));
            m_windowBegin = begin;
            m_used = 0;
        }
        const std::string_view taken = std::string_view(m_window).substr(m_used, static_cast<std::size_t>(length));
        m_used += taken.size();
        return taken;
    }

    // The text up to the next line feed, which is taken too.
    std::string line() {
        std::string text;
        for (char next = bytes(1)[0]; next != '\n'; next = bytes(1)[0]) {
            if (text.size() == longestLine) m_source.corrupt("holds an endless name in a pickle");
            text += next;
        }
        return text;
    }

private:
    static constexpr std::uint64_t pieceBytes = 1 << 16;
    static constexpr std::size_t longestLine = 1000;

    const ByteSource& m_source;
    std::string m_window;
    std::uint64_t m_windowBegin;
    std::uint64_t m_end;
    std::size_t m_used = 0;
};

}  // namespace engine
