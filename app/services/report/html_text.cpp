// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace services {

namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0;  // 0: not UTF-8
};

// The shortest form only, no surrogates (RFC 3629).
CodePoint codePointAt(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
    char32_t value = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        value = value << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[length] || value > 0x10FFFF || surrogate) return {};
    return {value, length};
}

bool turnsDirection(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c & 0xFFFE) == 0xFFFE;
}

std::string visible(char32_t c) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = c < 0x100 ? "\\x" : "\\u";
    for (int shift = c < 0x100 ? 4 : c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) text += digits[c >> shift & 0xF];
    return text;
}

std::string_view entity(char32_t c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

}  // namespace

namespace {

// `put` appends a character that is UTF-8.
template <typename Put>
std::string rewritten(std::string_view text, const Put& put) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const CodePoint c = codePointAt(text);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length == 0)
            out += "\xEF\xBF\xBD";
        else
            put(out, c.value, text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

void putReadable(std::string& out, char32_t value, std::string_view bytes) {
    if (isControl(value) || turnsDirection(value))
        out += visible(value);
    else
        out += bytes;
}

}  // namespace

std::string escaped(std::string_view text) {
    return rewritten(text, [](std::string& out, char32_t value, std::string_view bytes) {
        if (const auto name = entity(value); !name.empty())
            out += name;
        else
            putReadable(out, value, bytes);
    });
}

std::string readable(std::string_view text) {
    return rewritten(text, putReadable);
}

std::string validUtf8(std::string_view text) {
    return rewritten(text, [](std::string& out, char32_t, std::string_view bytes) { out += bytes; });
}

std::string fixed(double value, int decimals) {
    std::array<char, 400> buffer;  // the largest double has 309 digits before the point
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals).ptr;
    std::string text(buffer.data(), end);
    if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
    return text;
}

std::string percent(double share) {
    int decimals = 1;
    const double rest = std::min(share, 1 - share) * 100;
    for (double least = 0.05; decimals < 5 && rest > 0 && rest < least; least /= 10) ++decimals;
    return fixed(share * 100, decimals) + "\u00A0%";
}

std::string grouped(std::int64_t count) {
    std::string digits = std::to_string(count);
    if (digits.size() < 5) return digits;
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > (count < 0 ? 1 : 0); place -= 3) {
        digits.insert(static_cast<std::size_t>(place), "\u202F");
    }
    return digits;
}

std::string base64(std::span<const std::byte> bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < n ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
        for (std::size_t k = 0; k < 4; ++k) out += k <= n ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

}  // namespace services
