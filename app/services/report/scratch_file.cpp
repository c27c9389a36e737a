// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "engine/core/error.h"

namespace services {

namespace {

[[noreturn]] void fail(const std::filesystem::path& folder) {
    throw engine::Error(engine::ErrorCode::WriteFailed,
                        "temporary files cannot be written there: " + std::string(std::strerror(errno)) +
                            "; free some space or point TMPDIR elsewhere",
                        folder);
}

std::filesystem::path folder() {
    std::error_code error;
    auto path = std::filesystem::temp_directory_path(error);
    return error ? std::filesystem::path("/tmp") : path;
}

}  // namespace

ScratchFile::ScratchFile() {
    std::string name = (folder() / "anomaloscope-XXXXXX").string();
    m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (m_descriptor < 0) fail(folder());
    ::unlink(name.c_str());
}

ScratchFile::~ScratchFile() {
    ::close(m_descriptor);
}

std::int64_t ScratchFile::append(std::span<const std::byte> bytes) {
    const std::int64_t start = m_size;
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(m_descriptor, bytes.data(), bytes.size(), m_size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(folder());
        m_size += written;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return start;
}

std::vector<std::byte> ScratchFile::read(std::int64_t offset, std::int64_t length) const {
    if (offset < 0 || length < 0 || offset + length > m_size)
        throw engine::Error(engine::ErrorCode::Internal, "a temporary file is shorter than it should be; report it");
    std::vector<std::byte> bytes(static_cast<std::size_t>(length));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got =
            ::pread(m_descriptor, bytes.data() + done, bytes.size() - done, offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) throw engine::Error(engine::ErrorCode::Unreadable, "a temporary file was lost; try again");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::filesystem::path ScratchFile::path() const {
    return "/proc/self/fd/" + std::to_string(m_descriptor);
}

void ScratchFile::takeOver() {
    m_size = ::lseek(m_descriptor, 0, SEEK_END);
}

}  // namespace services
