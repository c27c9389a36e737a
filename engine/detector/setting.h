// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

// Values of `--set key=value`, checked. Each throws Error{InvalidArgument} that names the key and what it takes.
double numberSetting(std::string_view key, std::string_view text, double low, double high);
std::int64_t integerSetting(std::string_view key, std::string_view text, std::int64_t low, std::int64_t high);
bool switchSetting(std::string_view key, std::string_view text);  // true|false|on|off|1|0
std::vector<std::string> listSetting(std::string_view text);      // comma-separated

// Throws Error{InvalidArgument} that lists the names in `known`, a method's complete settings.
[[noreturn]] void refuseSetting(std::string_view method, const std::string& key,
                                const std::map<std::string, std::string>& known);

// The shortest text that reads back as the same number.
std::string numberText(double value);

}  // namespace engine
