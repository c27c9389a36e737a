// SPDX-License-Identifier: Apache-2.0
#include "engine/image/byte_reader.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

// One page holds the header of nearly every file.
constexpr std::size_t windowSize = 4096;

std::size_t readAt(int descriptor, std::uint64_t offset, std::span<std::byte> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got =
            ::pread(descriptor, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

}  // namespace

ByteReader::ByteReader(std::span<const std::byte> bytes, std::filesystem::path name)
    : m_bytes(bytes), m_size(bytes.size()), m_name(std::move(name)) {}

ByteReader::ByteReader(int descriptor, std::uint64_t size, std::filesystem::path name)
    : m_descriptor(descriptor), m_size(size), m_name(std::move(name)) {}

bool ByteReader::read(std::uint64_t offset, std::span<std::byte> out) {
    if (out.size() > m_size || offset > m_size - out.size()) return false;
    if (m_descriptor < 0) {
        std::memcpy(out.data(), m_bytes.data() + offset, out.size());
        return true;
    }
    if (out.size() > windowSize) return readAt(m_descriptor, offset, out) == out.size();
    if (offset < m_windowStart || offset + out.size() > m_windowStart + m_window.size()) {
        m_window.resize(windowSize);
        m_windowStart = offset;
        m_window.resize(readAt(m_descriptor, offset, m_window));
        if (m_window.size() < out.size()) return false;
    }
    std::memcpy(out.data(), m_window.data() + (offset - m_windowStart), out.size());
    return true;
}

bool ByteReader::has(std::uint64_t offset, std::string_view magic) {
    std::array<std::byte, 16> bytes;
    const auto wanted = std::span(bytes).first(magic.size());
    return read(offset, wanted) && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

std::uint64_t ByteReader::number(std::uint64_t offset, int byteCount, ByteOrder order) {
    std::array<std::byte, 8> bytes{};
    const auto wanted = std::span(bytes).first(static_cast<std::size_t>(byteCount));
    if (!read(offset, wanted)) truncated();
    if (order == ByteOrder::Little) std::reverse(wanted.begin(), wanted.end());
    std::uint64_t value = 0;
    for (const std::byte b : wanted) value = value << 8 | static_cast<std::uint64_t>(b);
    return value;
}

void ByteReader::truncated() const {
    throw Error(ErrorCode::Corrupt, "is truncated; copy or export it again", m_name);
}

void ByteReader::corrupt(const std::string& fault) const {
    throw Error(ErrorCode::Corrupt, "is damaged (" + fault + "); copy or export it again", m_name);
}

void ByteReader::unsupported(const std::string& kind) const {
    throw Error(ErrorCode::Unsupported, "is " + kind + "; save it as 8- or 16-bit gray or RGB PNG, JPEG or TIFF",
                m_name);
}

}  // namespace engine
