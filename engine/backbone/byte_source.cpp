// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace engine {

namespace {

class FileSource : public ByteSource {
public:
    explicit FileSource(const std::filesystem::path& path) : ByteSource(path) {
        // Without O_NONBLOCK, opening a pipe would wait for its other end.
        m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (m_descriptor < 0) fail(errno);
        struct stat status = {};
        const bool known = ::fstat(m_descriptor, &status) == 0;
        if (!known || !S_ISREG(status.st_mode)) {
            ::close(m_descriptor);
            throw Error(
                ErrorCode::Unreadable,
                known && S_ISDIR(status.st_mode) ? "is a folder; name a file" : "is not an ordinary file; name a file",
                path);
        }
        m_size = static_cast<std::uint64_t>(status.st_size);
    }
    ~FileSource() override { ::close(m_descriptor); }

    std::uint64_t size() const override { return m_size; }

protected:
    void readInside(std::uint64_t offset, std::span<std::byte> into) const override {
        while (!into.empty()) {
            const ssize_t got = ::pread(m_descriptor, into.data(), into.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) fail(errno);
            if (got == 0) corrupt("became shorter while it was read");
            offset += static_cast<std::uint64_t>(got);
            into = into.subspan(static_cast<std::size_t>(got));
        }
    }

private:
    [[noreturn]] void fail(int error) const {
        if (error == ENOENT || error == ENOTDIR)
            throw Error(ErrorCode::NotFound, "does not exist; check the path", name());
        const std::string reason = error == EACCES ? "no permission" : std::strerror(error);
        throw Error(ErrorCode::Unreadable, "cannot be read: " + reason + "; check the file and its permissions",
                    name());
    }

    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

class MemorySource : public ByteSource {
public:
    MemorySource(std::span<const std::byte> bytes, const std::filesystem::path& path)
        : ByteSource(path), m_bytes(bytes) {}
    std::uint64_t size() const override { return m_bytes.size(); }

protected:
    void readInside(std::uint64_t offset, std::span<std::byte> into) const override {
        std::copy_n(m_bytes.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    }

private:
    std::span<const std::byte> m_bytes;
};

std::unique_ptr<ByteSource> refuseEmpty(std::unique_ptr<ByteSource> source) {
    if (source->size() == 0) source->corrupt("is empty");
    return source;
}

}  // namespace

void ByteSource::read(std::uint64_t offset, std::span<std::byte> into) const {
    std::uint64_t end = offset;
    if (!addTo(end, into.size()) || end > size()) corrupt("ends before its content does");
    readInside(offset, into);
}

std::string ByteSource::readText(std::uint64_t offset, std::uint64_t length) const {
    // Checked before anything is allocated: the length comes out of the file.
    if (offset > size() || length > size() - offset) corrupt("ends before its content does");
    std::string text(static_cast<std::size_t>(length), '\0');
    read(offset, std::as_writable_bytes(std::span(text.data(), text.size())));
    return text;
}

void ByteSource::corrupt(const std::string& fault) const {
    throw Error(ErrorCode::Corrupt, fault + "; the file is damaged, get it again", m_name);
}

void ByteSource::unsupported(const std::string& fault) const {
    throw Error(ErrorCode::Unsupported,
                fault + "; save it again as plain tensors (safetensors, or a state_dict in .pth)", m_name);
}

std::string shown(const std::string& name) {
    constexpr std::size_t longest = 100;
    return "'" + displayPath(name.substr(0, longest)) + (name.size() > longest ? "..." : "") + "'";
}

std::unique_ptr<ByteSource> openFile(const std::filesystem::path& path) {
    return refuseEmpty(std::make_unique<FileSource>(path));
}

std::unique_ptr<ByteSource> openMemory(std::span<const std::byte> bytes, const std::filesystem::path& name) {
    return refuseEmpty(std::make_unique<MemorySource>(bytes, name));
}

}  // namespace engine
