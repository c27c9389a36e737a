// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace engine {

enum class ErrorCode {
    InvalidArgument,  // a parameter is outside its documented range
    NotFound,         // a file, folder, tensor or name does not exist
    Unreadable,       // it exists, but the system does not let us read it
    Corrupt,          // truncated, inconsistent, or not the format that it claims
    Unsupported,      // well-formed, but of a kind that we do not read
    Mismatch,         // two things that must fit together do not (weights and backbone, mask and image)
    NotEnoughData,    // too few images for what is asked
    OutOfMemory,      // would not fit the budget or the machine
    WriteFailed,      // disk full, read-only folder, no permission
    NoDevice,         // the compute device asked for is not there
    Internal,         // a fault of this program or of a library below it
};

// Everything that the engine throws, besides Cancelled. what() is one line for people: what is wrong, with which
// file, and what to do about it; it already names the path.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message, std::filesystem::path path = {});

    ErrorCode code() const noexcept { return m_code; }
    const std::filesystem::path& path() const noexcept { return m_path; }

private:
    ErrorCode m_code;
    std::filesystem::path m_path;
};

// A path for a message: control characters escaped, so that a name with a newline stays on one line.
std::string displayPath(const std::filesystem::path& path);

}  // namespace engine
