// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/core/error.h"

namespace cli {

namespace {

constexpr std::size_t bufferBytes = 1U << 16;

bool isSpecial(const std::filesystem::path& path) {
    std::error_code ignored;
    const auto status = std::filesystem::status(path, ignored);
    return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
           !std::filesystem::is_directory(status);
}

std::string remedy(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return "the disk is full; free some space or write elsewhere";
        case EPIPE:
            return "the reader has closed the pipe; keep it reading to the end";
        default:
            return std::string(std::strerror(error)) + "; write elsewhere";
    }
}

}  // namespace

OutputFile::OutputFile(const std::string& name) : m_name(name) {
    if (name == "-") {
        m_name = "standard output";
        m_descriptor = STDOUT_FILENO;
    } else if (isSpecial(m_name)) {
        m_descriptor = ::open(m_name.c_str(), O_WRONLY | O_CLOEXEC);
        if (m_descriptor < 0)
            throw engine::Error(engine::ErrorCode::WriteFailed, "cannot be written: " + remedy(errno), m_name);
        m_ownsDescriptor = true;
    } else {
        m_file = std::make_unique<engine::AtomicFile>(m_name);
    }
}

OutputFile::~OutputFile() {
    if (m_ownsDescriptor) ::close(m_descriptor);
}

void OutputFile::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= bufferBytes) flush();
}

void OutputFile::flush() {
    if (m_file) {
        m_file->write(std::string_view(m_buffer));
    } else {
        writeThrough(m_buffer);
    }
    m_buffer.clear();
}

void OutputFile::commit() {
    flush();
    if (m_file) m_file->commit();
}

void OutputFile::writeThrough(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(m_descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            throw engine::Error(engine::ErrorCode::WriteFailed, "cannot be written: " + remedy(errno), m_name);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void writeOutput(const std::string& name, std::string_view text) {
    OutputFile file(name);
    file.write(text);
    file.commit();
}

void requireWritable(const std::filesystem::path& path) {
    if (isSpecial(path)) throw engine::Error(engine::ErrorCode::WriteFailed, "is no regular file; name another", path);
    // Makes its temporary beside the destination and takes it away again.
    const engine::AtomicFile probe(path);
}

void requireWritableOutput(const std::string& name) {
    if (!name.empty() && name != "-" && !isSpecial(name)) requireWritable(name);
}

void makeFolder(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error && std::filesystem::is_directory(path, error)) return;
    const std::string why = error ? error.message() : std::string("a file has its name");
    throw engine::Error(engine::ErrorCode::WriteFailed, "the folder cannot be made: " + why + "; choose another", path);
}

}  // namespace cli
