// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace engine {

// A file seen as memory: what is looked at is read, what is not needed any more the system may drop.
class MappedMemory {
public:
    // An existing file, to be read. It may be replaced by rename meanwhile, but must not be cut short in place.
    // Throws Error{NotFound | Unreadable}.
    static std::shared_ptr<const MappedMemory> ofFile(const std::filesystem::path& path);
    // Room of that size on disk, all zero, in a file without a name that goes with the object: in the folder that
    // TMPDIR names, or /var/tmp (/tmp is often memory itself). Throws Error{WriteFailed} if the disk has no room.
    static std::shared_ptr<MappedMemory> scratch(std::uint64_t bytes);

    ~MappedMemory();
    MappedMemory(const MappedMemory&) = delete;
    MappedMemory& operator=(const MappedMemory&) = delete;

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    std::span<std::byte> writable() { return {m_data, m_size}; }  // of scratch alone

private:
    MappedMemory(std::byte* data, std::size_t size) : m_data(data), m_size(size) {}

    std::byte* m_data;
    std::size_t m_size;
};

}  // namespace engine
