// SPDX-License-Identifier: Apache-2.0
#include "engine/image/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

[[noreturn]] void failToOpen(int error, const std::filesystem::path& path) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            throw Error(ErrorCode::NotFound, "does not exist; check the path", path);
        case EACCES:
        case EPERM:
            throw Error(ErrorCode::Unreadable, "no permission to read it; change its permissions", path);
        case ELOOP:
            throw Error(ErrorCode::Unreadable, "is a loop of links; link to the file itself", path);
        case ENAMETOOLONG:
            throw Error(ErrorCode::NotFound, "does not exist (the name is too long)", path);
        default:
            throw Error(ErrorCode::Unreadable, std::string("cannot be read (") + std::strerror(error) + "); try again",
                        path);
    }
}

}  // namespace

InputFile::InputFile(std::filesystem::path path) : m_path(std::move(path)) {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
    m_descriptor = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0) failToOpen(errno, m_path);
    struct stat status {};
    const bool known = ::fstat(m_descriptor, &status) == 0;
    const char* fault = nullptr;
    if (known && S_ISDIR(status.st_mode))
        fault = "is a folder; name a file";
    else if (!known || !S_ISREG(status.st_mode))
        fault = "is no regular file; name an image file";
    if (fault != nullptr || status.st_size == 0) {
        ::close(std::exchange(m_descriptor, -1));
        if (fault != nullptr) throw Error(ErrorCode::Unreadable, fault, m_path);
        throw Error(ErrorCode::Corrupt, "is empty; copy or export it again", m_path);
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

std::vector<std::byte> InputFile::content() const {
    std::vector<std::byte> bytes;
    try {
        bytes.resize(m_size);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "is too large for the free memory; use a smaller image", m_path);
    }
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(m_descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) failToOpen(errno, m_path);
        if (got == 0) throw Error(ErrorCode::Corrupt, "became shorter while it was read; try again", m_path);
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace engine
