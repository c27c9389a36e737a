// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace test {

// A file system of its own, of a few kilobytes or read-only, mounted on a folder while it lives. Only root may mount,
// and not everywhere: see isThere().
class SmallDisk {
public:
    enum class Kind { Small, ReadOnly };

    SmallDisk(const std::filesystem::path& folder, Kind kind, std::size_t kilobytes = 64);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isThere() const { return m_mounted; }

private:
    std::filesystem::path m_folder;
    bool m_mounted = false;
};

}  // namespace test
