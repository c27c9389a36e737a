// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace engine {

// Writes a file that is either whole or not there: to a temporary in the same folder, fsync, rename, fsync of the
// folder. A destructor without commit() removes the temporary, so a cancelled or failed run leaves what was there
// before.
//
// Even a run that is killed leaves nothing behind: where the file system can, the temporary has no name until it is
// whole. Elsewhere it is called "<destination>.anomaloscope-part" and is locked while its writer lives; what a killed
// one has left is removed by the next write to the same destination.
// Throws Error{WriteFailed | NotFound} naming the destination.
class AtomicFile {
public:
    enum class Temporary { UnnamedIfPossible, Named };

    explicit AtomicFile(std::filesystem::path destination, Temporary kind = Temporary::UnnamedIfPossible);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void commit();

private:
    bool openUnnamed();
    void openNamed();
    void nameTemporary();
    std::filesystem::path partName(int number) const;
    std::filesystem::path folder() const;
    [[noreturn]] void fail(const char* what, int error);

    std::filesystem::path m_destination;
    std::filesystem::path m_temporary;  // empty as long as it has no name
    int m_descriptor = -1;
};

}  // namespace engine
