// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_disk.h"

#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "tests/support/test_data.h"

namespace test {

SmallDisk::SmallDisk(const std::filesystem::path& folder, int kib) : m_folder(folder) {
    std::filesystem::create_directories(folder);
    const std::string options = "size=" + std::to_string(kib) + "k";
    m_mounted = ::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
    if (!m_mounted) skip(std::string("a file system cannot be mounted here: ") + std::strerror(errno));
}

SmallDisk::~SmallDisk() {
    if (m_mounted) ::umount2(m_folder.c_str(), MNT_DETACH);
}

bool SmallDisk::setReadOnly(bool readOnly) {
    return ::mount("tmpfs", m_folder.c_str(), "tmpfs",
                   MS_REMOUNT | (readOnly ? static_cast<unsigned long>(MS_RDONLY) : 0UL), nullptr) == 0;
}

}  // namespace test
