// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

enum class ByteOrder { Little, Big };

// Random access to the bytes of an image, in memory or in an open file, where only the pages that are asked for are
// read. Every access is checked: past the end it throws Error{Corrupt}.
class ByteReader {
public:
    ByteReader(std::span<const std::byte> bytes, std::filesystem::path name);
    // The descriptor stays the caller's.
    ByteReader(int descriptor, std::uint64_t size, std::filesystem::path name);

    std::uint64_t size() const { return m_size; }
    // False when fewer than out.size() bytes follow `offset`.
    bool read(std::uint64_t offset, std::span<std::byte> out);
    bool has(std::uint64_t offset, std::string_view magic);

    std::uint64_t number(std::uint64_t offset, int byteCount, ByteOrder order);
    unsigned u8(std::uint64_t offset) { return static_cast<unsigned>(number(offset, 1, ByteOrder::Big)); }
    unsigned be16(std::uint64_t offset) { return static_cast<unsigned>(number(offset, 2, ByteOrder::Big)); }
    std::uint32_t be32(std::uint64_t offset) { return static_cast<std::uint32_t>(number(offset, 4, ByteOrder::Big)); }
    unsigned le16(std::uint64_t offset) { return static_cast<unsigned>(number(offset, 2, ByteOrder::Little)); }
    std::uint32_t le32(std::uint64_t offset) {
        return static_cast<std::uint32_t>(number(offset, 4, ByteOrder::Little));
    }

    [[noreturn]] void truncated() const;
    [[noreturn]] void corrupt(const std::string& fault) const;
    // `kind` completes "is ..."; the remedy is to save the image in a common form.
    [[noreturn]] void unsupported(const std::string& kind) const;

private:
    std::span<const std::byte> m_bytes;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    std::filesystem::path m_name;
    std::vector<std::byte> m_window;
    std::uint64_t m_windowStart = 0;
};

}  // namespace engine
