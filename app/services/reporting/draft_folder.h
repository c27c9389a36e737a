// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace services {

// A hidden folder of its own within another one, for files that are made there and then renamed into it. Removed with
// what is left in it. One that a killed program left behind is removed by the next: a lock on each says who is alive.
class DraftFolder {
public:
    // Throws std::system_error.
    explicit DraftFolder(const std::filesystem::path& within);
    ~DraftFolder();
    DraftFolder(const DraftFolder&) = delete;
    DraftFolder& operator=(const DraftFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    int m_lock = -1;
};

}  // namespace services
