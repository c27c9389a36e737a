// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace test {

// A small file system in memory over a folder, until destroyed. Only root may mount, and not everywhere: ok() is false
// then, and the test is said to be skipped.
class SmallDisk {
public:
    SmallDisk(const std::filesystem::path& folder, int kib);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool ok() const { return m_mounted; }
    bool setReadOnly(bool readOnly);

private:
    std::filesystem::path m_folder;
    bool m_mounted = false;
};

}  // namespace test
