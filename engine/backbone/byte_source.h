// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "engine/core/error.h"

namespace engine {

// Bytes that can be read from any place: a file, or memory. Readers pull each tensor straight into its own buffer, so
// that a large file is never held twice.
class ByteSource {
public:
    explicit ByteSource(std::filesystem::path name) : m_name(std::move(name)) {}
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    const std::filesystem::path& name() const { return m_name; }
    virtual std::uint64_t size() const = 0;
    // Fills `into` from `offset` on. Throws Error{Corrupt} beyond the end, Error{Unreadable} if the system fails.
    void read(std::uint64_t offset, std::span<std::byte> into) const;
    std::string readText(std::uint64_t offset, std::uint64_t length) const;

    // Error{Corrupt | Unsupported} about this source.
    [[noreturn]] void corrupt(const std::string& fault) const;
    [[noreturn]] void unsupported(const std::string& fault) const;

protected:
    virtual void readInside(std::uint64_t offset, std::span<std::byte> into) const = 0;

private:
    std::filesystem::path m_name;
};

// A name out of a file, quoted for a message: on one line and not endless.
std::string shown(const std::string& name);

// Throws Error{NotFound | Unreadable}, and Error{Corrupt} if the file is empty.
std::unique_ptr<ByteSource> openFile(const std::filesystem::path& path);
// `bytes` must outlive the source.
std::unique_ptr<ByteSource> openMemory(std::span<const std::byte> bytes, const std::filesystem::path& name);

// a + b and a * b, or false if the result does not fit.
inline bool addTo(std::uint64_t& a, std::uint64_t b) {
    return !__builtin_add_overflow(a, b, &a);
}
inline bool multiplyBy(std::uint64_t& a, std::uint64_t b) {
    return !__builtin_mul_overflow(a, b, &a);
}

}  // namespace engine
