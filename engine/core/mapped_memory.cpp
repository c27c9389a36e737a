// SPDX-License-Identifier: Apache-2.0
#include "engine/core/mapped_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "engine/core/error.h"

namespace engine {

namespace {

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor() {
        if (m_value >= 0) ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value() const { return m_value; }

private:
    int m_value;
};

[[noreturn]] void unreadable(const std::filesystem::path& path, int error) {
    if (error == ENOENT || error == ENOTDIR) throw Error(ErrorCode::NotFound, "does not exist; check the path", path);
    throw Error(ErrorCode::Unreadable,
                std::string("cannot be read: ") + std::strerror(error) + "; check the file and its permissions", path);
}

[[noreturn]] void noScratch(const std::filesystem::path& folder, std::uint64_t bytes, int error) {
    throw Error(ErrorCode::WriteFailed,
                "cannot hold " + std::to_string(bytes / 1'000'000 + 1) + " MB of scratch (" + std::strerror(error) +
                    "); free some room, or name another folder in TMPDIR",
                folder);
}

int openScratch(const std::filesystem::path& folder) {
#ifdef O_TMPFILE
    const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0) return unnamed;
#endif
    std::string name = (folder / "anomaloscope-XXXXXX").string();
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(name.c_str());
    return named;
}

}  // namespace

std::shared_ptr<const MappedMemory> MappedMemory::ofFile(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status = {};
    if (file.value() < 0 || ::fstat(file.value(), &status) != 0) unreadable(path, errno);
    if (!S_ISREG(status.st_mode)) throw Error(ErrorCode::Unreadable, "is not an ordinary file; name a file", path);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) return std::shared_ptr<const MappedMemory>(new MappedMemory(nullptr, 0));
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.value(), 0);
    if (data == MAP_FAILED) unreadable(path, errno);
    return std::shared_ptr<const MappedMemory>(new MappedMemory(static_cast<std::byte*>(data), size));
}

std::shared_ptr<MappedMemory> MappedMemory::scratch(std::uint64_t bytes) {
    const char* named = std::getenv("TMPDIR");
    const std::filesystem::path folder = named != nullptr && *named != '\0' ? named : "/var/tmp";
    const Descriptor file(openScratch(folder));
    if (file.value() < 0) noScratch(folder, bytes, errno);
    if (bytes == 0) return std::shared_ptr<MappedMemory>(new MappedMemory(nullptr, 0));
    // Given to us now: a disk that fills up later would kill whoever writes into the mapping.
    if (const int error = ::posix_fallocate(file.value(), 0, static_cast<off_t>(bytes)); error != 0)
        noScratch(folder, bytes, error);
    void* data = ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE, MAP_SHARED, file.value(), 0);
    if (data == MAP_FAILED) noScratch(folder, bytes, errno);
    return std::shared_ptr<MappedMemory>(
        new MappedMemory(static_cast<std::byte*>(data), static_cast<std::size_t>(bytes)));
}

MappedMemory::~MappedMemory() {
    if (m_data != nullptr) ::munmap(m_data, m_size);
}

}  // namespace engine
