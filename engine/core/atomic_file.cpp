// SPDX-License-Identifier: Apache-2.0
#include "engine/core/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

std::string remedy(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return "the disk is full; free some space or write elsewhere";
        case EACCES:
        case EPERM:
        case EROFS:
            return "no permission to write here; choose another folder";
        case ENOENT:
            return "the folder does not exist; create it first";
        case ENOTDIR:
            return "a file stands where a folder is needed; choose another path";
        default:
            return std::strerror(error);
    }
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path destination) : m_destination(std::move(destination)) {
    std::error_code ignored;
    if (std::filesystem::is_directory(m_destination, ignored))
        throw Error(ErrorCode::WriteFailed, "is a folder; name a file", m_destination);
    // A rename over /dev/null would replace the device for the whole machine.
    if (std::filesystem::is_other(m_destination, ignored))
        throw Error(ErrorCode::WriteFailed, "is a device or a pipe; name a file", m_destination);
    m_temporary = m_destination.string() + ".XXXXXX";
    std::string pattern = m_temporary.string();
    m_descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (m_descriptor < 0) fail("cannot be written", errno);
    m_temporary = pattern;
    // mkostemp makes the file private to its owner; a finished file has the permissions that open() would give.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(m_descriptor, static_cast<mode_t>(0666 & ~mask));
}

AtomicFile::~AtomicFile() {
    if (m_descriptor < 0) return;
    ::close(m_descriptor);
    ::unlink(m_temporary.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    const std::byte* next = bytes.data();
    std::size_t left = bytes.size();
    while (left > 0) {
        const ssize_t written = ::write(m_descriptor, next, left);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("cannot be written", errno);
        next += written;
        left -= static_cast<std::size_t>(written);
    }
}

void AtomicFile::write(std::string_view text) {
    write(std::as_bytes(std::span(text.data(), text.size())));
}

void AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0) fail("cannot be written", errno);
    if (::rename(m_temporary.c_str(), m_destination.c_str()) != 0) fail("cannot be put in place", errno);
    ::close(std::exchange(m_descriptor, -1));
    const auto folder = m_destination.has_parent_path() ? m_destination.parent_path() : std::filesystem::path(".");
    if (const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

void AtomicFile::fail(const char* what, int error) {
    throw Error(ErrorCode::WriteFailed, std::string(what) + ": " + remedy(error), m_destination);
}

}  // namespace engine
