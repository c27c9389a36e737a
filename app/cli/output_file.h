// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/atomic_file.h"

namespace cli {

// Where a result goes. "-" is standard output. A path is written atomically: whole after commit(), and as it was
// before without. What exists and is no regular file (a device, a pipe) is written through, because a rename would put
// a file in its place. Throws engine::Error{WriteFailed, NotFound}, on construction already if nothing could be
// written.
class OutputFile {
public:
    explicit OutputFile(const std::string& name);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    // Whether somebody may be reading as it is written.
    bool isStream() const { return !m_file; }
    void write(std::string_view text);
    // Gives what was written so far to the system: a reader at the other end of a pipe sees it.
    void flush();
    void commit();

private:
    void writeThrough(std::string_view text);

    std::filesystem::path m_name;
    std::unique_ptr<engine::AtomicFile> m_file;  // empty: written through m_descriptor
    int m_descriptor = -1;
    bool m_ownsDescriptor = false;
    std::string m_buffer;
};

// One whole result.
void writeOutput(const std::string& name, std::string_view text);

// Throws what writing the file would throw, before hours of work; also refuses what is no regular file. Leaves nothing.
void requireWritable(const std::filesystem::path& path);
// The same for a file that may go to standard output or nowhere ("").
void requireWritableOutput(const std::string& name);

// Makes the folder, with those above it. Throws engine::Error{WriteFailed}.
void makeFolder(const std::filesystem::path& path);

}  // namespace cli
