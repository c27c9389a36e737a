// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/sample_store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

std::int64_t bytesOf(const FloatTensor& tensor) {
    return static_cast<std::int64_t>(tensor.values.size() * sizeof(float));
}

[[noreturn]] void refuse(const char* what) {
    throw Error(ErrorCode::WriteFailed,
                std::string("the features of the training images do not fit the memory budget, and ") + what + " (" +
                    std::strerror(errno) + "); make room there, or use fewer images or a smaller size",
                std::filesystem::temp_directory_path());
}

}  // namespace

SampleStore::SampleStore(std::int64_t budgetBytes) : m_budgetBytes(budgetBytes) {}

SampleStore::~SampleStore() {
    if (m_file >= 0) ::close(m_file);
}

SampleStore::SampleStore(SampleStore&& other) noexcept
    : m_budgetBytes(other.m_budgetBytes),
      m_usedBytes(other.m_usedBytes),
      m_fileBytes(other.m_fileBytes),
      m_file(std::exchange(other.m_file, -1)),
      m_entries(std::move(other.m_entries)) {}

void SampleStore::open() {
    const auto folder = std::filesystem::temp_directory_path();
    m_file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (m_file >= 0) return;
    // A file system without files that have no name.
    std::string name = (folder / "anomaloscope-features-XXXXXX").string();
    m_file = ::mkstemp(name.data());
    if (m_file < 0) refuse("no temporary file can be made there");
    ::unlink(name.c_str());
}

void SampleStore::add(Sample sample) {
    std::int64_t bytes = 0;
    for (const FloatTensor& tensor : sample) bytes += bytesOf(tensor);
    if (m_usedBytes + bytes <= m_budgetBytes) {
        m_usedBytes += bytes;
        m_entries.push_back({std::move(sample), -1});
        return;
    }
    if (m_file < 0) open();
    Entry entry{{}, m_fileBytes};
    for (FloatTensor& tensor : sample) {
        const auto* from = reinterpret_cast<const char*>(tensor.values.data());
        for (std::int64_t left = bytesOf(tensor); left > 0;) {
            const ssize_t written = ::pwrite(m_file, from, static_cast<std::size_t>(left), m_fileBytes);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) refuse("the temporary file cannot be written");
            from += written;
            left -= written;
            m_fileBytes += written;
        }
        entry.sample.push_back({std::move(tensor.shape), {}});
    }
    m_entries.push_back(std::move(entry));
}

Sample SampleStore::get(std::size_t index) const {
    const Entry& entry = m_entries.at(index);
    Sample sample = entry.sample;
    if (entry.offset < 0) return sample;
    std::int64_t offset = entry.offset;
    for (FloatTensor& tensor : sample) {
        std::size_t count = 1;
        for (const std::int64_t side : tensor.shape) count *= static_cast<std::size_t>(side);
        tensor.values.resize(count);
        auto* to = reinterpret_cast<char*>(tensor.values.data());
        for (std::int64_t left = bytesOf(tensor); left > 0;) {
            const ssize_t got = ::pread(m_file, to, static_cast<std::size_t>(left), offset);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) refuse("the temporary file cannot be read back");
            to += got;
            left -= got;
            offset += got;
        }
    }
    return sample;
}

}  // namespace engine
