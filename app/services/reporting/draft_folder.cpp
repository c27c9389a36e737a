// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/draft_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace services {

namespace {

constexpr const char* prefix = ".anomaloscope-report-";

// The lock of a folder, free again when it is closed or its process dies; -1 if somebody else has it.
int lockOf(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
    if (file >= 0) ::close(file);
    return -1;
}

void removeAbandoned(const std::filesystem::path& within) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(within, ignored)) {
        if (!entry.path().filename().string().starts_with(prefix)) continue;
        const int lock = lockOf(entry.path());
        if (lock < 0) continue;
        std::filesystem::remove_all(entry.path(), ignored);
        ::close(lock);
    }
}

}  // namespace

DraftFolder::DraftFolder(const std::filesystem::path& within) {
    removeAbandoned(within);
    // Between its making and its lock another program may take a new folder for an abandoned one.
    for (bool exists = false; !exists;) {
        std::string name = (within / prefix).string() + "XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category());
        m_path = name;
        m_lock = lockOf(m_path);
        exists = std::filesystem::exists(m_path);
    }
}

DraftFolder::~DraftFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
    if (m_lock >= 0) ::close(m_lock);
}

}  // namespace services
