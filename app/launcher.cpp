// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

// libgomp busy-waits for milliseconds unless OMP_WAIT_POLICY is passive, and as soon as anything else runs on the
// machine a forward pass then takes several times as long. Where it never busy-waits, every layer of the network wakes
// its threads anew, which takes as long as the layers themselves: some microseconds are between the two
// (docs/results.md). It reads the variables while it is loaded, before any code of ours: hence this program, which
// links nothing, sets them and becomes the real one beside it, of the same name and "-program".
int main(int, char** argv) {
    // One who has chosen a policy has chosen this too.
    if (::getenv("OMP_WAIT_POLICY") == nullptr) ::setenv("GOMP_SPINCOUNT", "1000", 0);
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    std::array<char, 4096> self{};
    const ssize_t length = ::readlink("/proc/self/exe", self.data(), self.size() - 1);
    const std::string program =
        std::string(self.data(), length > 0 ? static_cast<std::size_t>(length) : 0) + "-program";
    ::execv(program.c_str(), argv);
    std::fprintf(stderr, "%s: cannot be run: %s; install it again\n", program.c_str(), std::strerror(errno));
    return 1;
}
