// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace test {

// Tells when files directly in a folder are opened, by this process or another: how a test knows, without a sleep, how
// far somebody is who reads them. Links show under the name of the file that they lead to.
class OpenWatch {
public:
    explicit OpenWatch(const std::filesystem::path& folder);
    ~OpenWatch();
    OpenWatch(const OpenWatch&) = delete;
    OpenWatch& operator=(const OpenWatch&) = delete;

    // Forgets what has been seen so far.
    void restart();
    // Waits until the file has been opened so many times; false after 20 s without an event.
    bool waitFor(const std::string& name, int times = 1);
    int count(const std::string& name);

private:
    bool take(int timeoutMs);

    int m_descriptor = -1;
    std::map<std::string, int> m_counts;
};

}  // namespace test
