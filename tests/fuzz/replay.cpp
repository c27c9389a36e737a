// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzzing entry point without a fuzzer: usage: replay_<name> MUTATIONS [FILE or FOLDER]...
// Each file is run as it is, then every truncation of its first bytes, then MUTATIONS seeded mutations of it; without a
// file, of nothing. What crashes is found by ctest; what the entry point lets through ends the program.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/core/random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t everyTruncationUpTo = 2000;

void run(const Bytes& bytes) {
    // A copy of exactly this size, so that a sanitizer sees one byte too many.
    const Bytes exact(bytes);
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void changeOnce(Bytes& bytes, engine::Random& random) {
    const auto place = [&] { return static_cast<std::ptrdiff_t>(random.below(bytes.size() + 1)); };
    const auto kind = bytes.empty() ? 3 : random.below(6);
    if (kind == 0) {
        bytes[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
    } else if (kind == 1) {
        bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.next());
    } else if (kind == 2) {
        bytes.resize(random.below(bytes.size() + 1));
    } else if (kind == 3) {
        const Bytes more(1 + random.below(8), static_cast<std::uint8_t>(random.next()));
        bytes.insert(bytes.begin() + place(), more.begin(), more.end());
    } else if (kind == 4) {
        // Lengths and counts are the numbers that readers stumble over.
        static constexpr std::uint8_t extremes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        const std::size_t at = random.below(bytes.size());
        const std::size_t end = std::min(bytes.size(), at + 1 + random.below(8));
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(end),
                  extremes[random.below(std::size(extremes))]);
    } else {
        const auto from = place();
        const auto to = place();
        bytes.erase(bytes.begin() + std::min(from, to), bytes.begin() + std::max(from, to));
    }
}

void runAll(const Bytes& seed, long mutations) {
    run(seed);
    for (std::size_t length = 0; length < std::min(seed.size(), everyTruncationUpTo); ++length)
        run(Bytes(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(length)));
    engine::Random random(seed.size());
    for (long i = 0; i < mutations; ++i) {
        Bytes changed = seed;
        for (std::uint64_t n = 1 + random.below(4); n > 0; --n) changeOnce(changed, random);
        run(changed);
    }
}

void addFiles(const std::filesystem::path& path, std::vector<std::filesystem::path>& files) {
    if (!std::filesystem::is_directory(path)) {
        files.push_back(path);
        return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " MUTATIONS [FILE or FOLDER]...\n";
        return 2;
    }
    const long mutations = std::strtol(argv[1], nullptr, 10);
    std::vector<std::filesystem::path> files;
    for (int i = 2; i < argc; ++i) addFiles(argv[i], files);
    if (files.empty()) runAll({}, mutations);
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            std::cerr << path << ": cannot be read\n";
            return 1;
        }
        runAll({std::istreambuf_iterator<char>(file), {}}, mutations);
    }
    return 0;
}
