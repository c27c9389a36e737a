// SPDX-License-Identifier: Apache-2.0
#include "engine/core/atomic_file.h"

#include <fcntl.h>
#include <sys/file.h>
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
        case EBUSY:
            return "many programs write it at once; try again later";
        case ENOTDIR:
            return "a file stands where a folder is needed; choose another path";
        default:
            return std::strerror(error);
    }
}

// So many writers of one destination at once get a temporary of their own.
constexpr int mostParts = 16;

// Removes a part that nobody holds; true when its name is free now. The lock is taken before, so that of two who find
// the same part only one removes it, and a living writer's part stays.
bool removeStalePart(const std::filesystem::path& part) {
    const int handle = ::open(part.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (handle < 0) return errno == ENOENT;
    struct stat opened {};
    struct stat named {};
    const bool ours = ::flock(handle, LOCK_EX | LOCK_NB) == 0 && ::fstat(handle, &opened) == 0 &&
                      S_ISREG(opened.st_mode) && ::lstat(part.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
                      opened.st_dev == named.st_dev;
    const bool removed = ours && ::unlink(part.c_str()) == 0;
    ::close(handle);
    return removed;
}

// A name in /proc by which the open file can be linked into a folder.
std::string linkableName(int descriptor) {
    return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path destination, Temporary kind) : m_destination(std::move(destination)) {
    std::error_code ignored;
    if (std::filesystem::is_directory(m_destination, ignored))
        throw Error(ErrorCode::WriteFailed, "is a folder; name a file", m_destination);
    // A rename over /dev/null would replace the device for the whole machine.
    if (std::filesystem::is_other(m_destination, ignored))
        throw Error(ErrorCode::WriteFailed, "is a device or a pipe; name a file", m_destination);
    if (kind == Temporary::Named || !openUnnamed()) openNamed();
}

AtomicFile::~AtomicFile() {
    if (m_descriptor < 0) return;
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
    ::close(m_descriptor);
}

std::filesystem::path AtomicFile::folder() const {
    return m_destination.has_parent_path() ? m_destination.parent_path() : std::filesystem::path(".");
}

std::filesystem::path AtomicFile::partName(int number) const {
    return m_destination.string() + ".anomaloscope-part" + (number > 0 ? std::to_string(number) : "");
}

// False when this file system, or a system without /proc, cannot.
bool AtomicFile::openUnnamed() {
    // A name that is too long should show before the work and not after it.
    struct stat status {};
    if (::lstat(partName(0).c_str(), &status) != 0 && errno != ENOENT) fail("cannot be written", errno);
    m_descriptor = ::open(folder().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (m_descriptor < 0) return false;
    if (::access(linkableName(m_descriptor).c_str(), F_OK) == 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
        return true;
    ::close(std::exchange(m_descriptor, -1));
    return false;
}

void AtomicFile::openNamed() {
    for (int number = 0; number < mostParts; ++number) {
        const auto part = partName(number);
        // Twice: before and after a stale one is removed.
        for (int attempt = 0; attempt < 2; ++attempt) {
            m_descriptor = ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
            if (m_descriptor >= 0 && (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)) {
                m_temporary = part;
                return;
            }
            // Somebody took it for a stale one between the two calls, and removes it.
            if (m_descriptor >= 0)
                ::close(std::exchange(m_descriptor, -1));
            else if (errno != EEXIST)
                fail("cannot be written", errno);
            if (!removeStalePart(part)) break;
        }
    }
    fail("cannot be written", EBUSY);
}

// Gives the whole file its name. A link cannot replace a file: if there is one, the new one gets a name from which it
// can be renamed over it.
void AtomicFile::nameTemporary() {
    const std::string source = linkableName(m_descriptor);
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, m_destination.c_str(), AT_SYMLINK_FOLLOW) == 0) return;
    if (errno != EEXIST) fail("cannot be put in place", errno);
    for (int number = 0; number < mostParts; ++number) {
        const auto part = partName(number);
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, part.c_str(), AT_SYMLINK_FOLLOW) == 0) {
                m_temporary = part;
                return;
            }
            if (errno != EEXIST) fail("cannot be put in place", errno);
            if (!removeStalePart(part)) break;
        }
    }
    fail("cannot be put in place", EBUSY);
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
    if (m_temporary.empty()) nameTemporary();
    if (!m_temporary.empty() && ::rename(m_temporary.c_str(), m_destination.c_str()) != 0)
        fail("cannot be put in place", errno);
    ::close(std::exchange(m_descriptor, -1));
    if (const int handle = ::open(folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

void AtomicFile::fail(const char* what, int error) {
    throw Error(ErrorCode::WriteFailed, std::string(what) + ": " + remedy(error), m_destination);
}

}  // namespace engine
