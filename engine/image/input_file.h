// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace engine {

// A regular file opened for reading; pipes and devices are refused rather than waited for.
class InputFile {
public:
    // Throws Error{NotFound | Unreadable}, and Error{Corrupt} when the file is empty.
    explicit InputFile(std::filesystem::path path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    int descriptor() const { return m_descriptor; }
    std::uint64_t size() const { return m_size; }
    // The whole file. Throws Error{Unreadable | Corrupt | OutOfMemory}.
    std::vector<std::byte> content() const;

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

}  // namespace engine
