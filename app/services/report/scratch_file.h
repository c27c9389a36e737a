// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace services {

// A file without a name, for what is too large to be held: gone when it is closed, even by a kill. Throws
// engine::Error{WriteFailed} when the folder for temporary files is full.
class ScratchFile {
public:
    ScratchFile();
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    // Where it was put.
    std::int64_t append(std::span<const std::byte> bytes);
    std::int64_t size() const { return m_size; }
    // Of what was appended; throws engine::Error{Internal} beyond it.
    std::vector<std::byte> read(std::int64_t offset, std::int64_t length) const;

    // For libraries that want to write a file themselves: a name by which this process can open it. What they have
    // written can be read after takeOver().
    std::filesystem::path path() const;
    void takeOver();
    // Hands over the whole, a piece at a time.
    template <typename Sink>
    void copyTo(const Sink& sink) const {
        constexpr std::int64_t piece = 1 << 20;
        for (std::int64_t at = 0; at < m_size; at += piece) sink(read(at, std::min(piece, m_size - at)));
    }

private:
    int m_descriptor = -1;
    std::int64_t m_size = 0;
};

}  // namespace services
