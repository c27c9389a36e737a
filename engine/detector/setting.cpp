// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/setting.h"

#include <charconv>
#include <cmath>

#include "engine/core/error.h"

namespace engine {

namespace {

[[noreturn]] void refuse(std::string_view key, std::string_view text, const std::string& takes) {
    throw Error(ErrorCode::InvalidArgument, std::string(key) + " takes " + takes + ", not '" + std::string(text) + "'");
}

template <typename T>
bool parse(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

double numberSetting(std::string_view key, std::string_view text, double low, double high) {
    double value = 0;
    if (!parse(text, value) || !(value >= low && value <= high))
        refuse(key, text, "a number from " + numberText(low) + " to " + numberText(high));
    return value;
}

std::int64_t integerSetting(std::string_view key, std::string_view text, std::int64_t low, std::int64_t high) {
    std::int64_t value = 0;
    if (!parse(text, value) || value < low || value > high)
        refuse(key, text, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
}

bool switchSetting(std::string_view key, std::string_view text) {
    if (text == "true" || text == "on" || text == "1") return true;
    if (text == "false" || text == "off" || text == "0") return false;
    refuse(key, text, "true or false");
}

std::vector<std::string> listSetting(std::string_view text) {
    std::vector<std::string> items(1);
    for (const char c : text) {
        if (c == ',') {
            items.emplace_back();
        } else {
            items.back() += c;
        }
    }
    return items;
}

void refuseSetting(std::string_view method, const std::string& key, const std::map<std::string, std::string>& known) {
    std::string names;
    for (const auto& [name, unused] : known) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::InvalidArgument, std::string(method) + " has no parameter '" + key + "'; it has " + names);
}

std::string numberText(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

}  // namespace engine
