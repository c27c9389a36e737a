// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/small_disk.h"

#include <sys/mount.h>

#include <string>

namespace test {

SmallDisk::SmallDisk(const std::filesystem::path& folder, Kind kind, std::size_t kilobytes) : m_folder(folder) {
    std::filesystem::create_directories(folder);
    const std::string size = "size=" + std::to_string(kilobytes) + "k";
    unsigned long flags = MS_NOSUID | MS_NODEV;
    if (kind == Kind::ReadOnly) flags |= MS_RDONLY;
    m_mounted = ::mount("tmpfs", folder.c_str(), "tmpfs", flags, size.c_str()) == 0;
}

SmallDisk::~SmallDisk() {
    if (m_mounted) ::umount2(m_folder.c_str(), MNT_DETACH);
}

}  // namespace test
