// SPDX-License-Identifier: Apache-2.0
#include "engine/core/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <vector>

#include "engine/core/error.h"

namespace engine {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    if (m_state->context == nullptr || EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr) != 1)
        throw Error(ErrorCode::Internal, "SHA-256 is not available in the installed OpenSSL");
}

Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
    if (EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) != 1)
        throw Error(ErrorCode::Internal, "SHA-256 failed");
}

void Sha256::update(std::string_view text) {
    update(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(m_state->context, digest.data(), &size) != 1)
        throw Error(ErrorCode::Internal, "SHA-256 failed");
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02x", digest[i]);
        text += pair;
    }
    return text;
}

std::string sha256OfFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::error_code ignored;
        const bool exists = std::filesystem::exists(path, ignored);
        throw Error(exists ? ErrorCode::Unreadable : ErrorCode::NotFound,
                    exists ? "cannot be read; check its permissions" : "does not exist; check the path", path);
    }
    Sha256 sum;
    std::vector<char> block(1 << 20);
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0)
        sum.update(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
    if (file.bad())
        throw Error(ErrorCode::Unreadable, "cannot be read to its end; is it a folder or a failing disk?", path);
    return sum.hex();
}

}  // namespace engine
