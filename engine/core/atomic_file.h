// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace engine {

// Writes a file that is either whole or not there: to a temporary beside it, fsync, rename, fsync of the folder.
// A destructor without commit() removes the temporary, so a cancelled or failed run leaves what was there before.
// Throws Error{WriteFailed | NotFound} naming the destination.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path destination);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void commit();

private:
    [[noreturn]] void fail(const char* what, int error);

    std::filesystem::path m_destination;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

}  // namespace engine
