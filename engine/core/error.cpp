// SPDX-License-Identifier: Apache-2.0
#include "engine/core/error.h"

#include <cstdio>
#include <utility>

namespace engine {

namespace {

std::string line(const std::string& message, const std::filesystem::path& path) {
    return path.empty() ? message : displayPath(path) + ": " + message;
}

}  // namespace

Error::Error(ErrorCode code, const std::string& message, std::filesystem::path path)
    : std::runtime_error(line(message, path)), m_code(code), m_path(std::move(path)) {}

std::string displayPath(const std::filesystem::path& path) {
    std::string shown;
    for (const char c : path.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            shown += c;
        } else {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, c == '\n' ? "\\n" : "\\x%02x", byte);
            shown += escaped;
        }
    }
    return shown;
}

}  // namespace engine
