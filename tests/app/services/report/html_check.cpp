// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/report/html_check.h"

#include <algorithm>
#include <regex>
#include <set>

namespace test {

namespace {

std::string around(std::string_view page, std::size_t place) {
    return " at \"" + std::string(page.substr(place, 60)) + "\"";
}

std::string faultOfAttributes(std::string_view tag) {
    static const std::regex attribute(R"re(\s+([A-Za-z][A-Za-z0-9-]*)="([^"<]*)")re");
    std::set<std::string> seen;
    std::string rest(tag);
    for (std::smatch match; std::regex_search(rest, match, attribute, std::regex_constants::match_continuous);) {
        const std::string name = match[1];
        const std::string value = match[2];
        if (!seen.insert(name).second) return "twice " + name;
        if (name.rfind("on", 0) == 0) return "a handler " + name;
        if ((name == "src" || name == "href") && value.rfind("data:image/jpeg;base64,", 0) != 0 && value[0] != '#') {
            return "a reference to " + value;
        }
        rest = match.suffix();
    }
    return rest.empty() || rest == "/" ? "" : "odd attributes " + rest;
}

std::string faultOfText(std::string_view text) {
    static const std::regex entity("&(amp|lt|gt|quot|#39);.*", std::regex::extended);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 && byte != '\n') return "control character" + around(text, i);
        if (text[i] == '&') {
            const std::string here(text.substr(i, 6));
            if (!std::regex_match(here, entity)) return "bare ampersand" + around(text, i);
        }
    }
    return {};
}

}  // namespace

std::string faultOf(std::string_view page) {
    if (page.rfind("<!DOCTYPE html>\n", 0) != 0) return "no doctype";
    std::vector<std::string> open;
    std::size_t place = 15;
    while (place < page.size()) {
        const std::size_t next = std::min(page.find('<', place), page.size());
        if (const std::string fault = faultOfText(page.substr(place, next - place)); !fault.empty()) return fault;
        if (next == page.size()) break;
        const std::size_t end = page.find('>', next);
        if (end == std::string_view::npos) return "tag without end" + around(page, next);
        std::string_view tag = page.substr(next + 1, end - next - 1);
        place = end + 1;
        if (tag.front() == '/') {
            if (open.empty() || open.back() != tag.substr(1)) return "closes another tag" + around(page, next);
            open.pop_back();
            continue;
        }
        const std::size_t nameEnd = tag.find_first_of(" \n/");
        const std::string name(tag.substr(0, nameEnd));
        if (nameEnd != std::string_view::npos) {
            // A picture's bytes are checked as such and would only slow the regular expression down.
            std::string attributes(tag.substr(nameEnd));
            if (const std::size_t data = attributes.find("base64,"); data != std::string::npos) {
                const std::size_t quote = attributes.find('"', data);
                const std::string bytes = attributes.substr(data + 7, quote - data - 7);
                if (bytes.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") !=
                    std::string::npos) {
                    return "bytes that are not base64";
                }
                attributes.erase(data + 7, quote - data - 7);
            }
            if (const std::string fault = faultOfAttributes(attributes); !fault.empty()) return name + ": " + fault;
        }
        if (tag.back() == '/') continue;
        if (name == "style" || name == "script") place = page.find("</" + name, place);
        open.push_back(name);
    }
    return open.empty() ? "" : "left open: " + open.back();
}

std::string textOf(std::string_view page) {
    std::string text;
    std::size_t place = 0;
    while (place < page.size()) {
        const std::size_t tag = std::min(page.find('<', place), page.size());
        text += page.substr(place, tag - place);
        if (tag == page.size()) break;
        for (const std::string_view skipped : {"style", "script"}) {
            if (page.substr(tag + 1, skipped.size()) == skipped) place = page.find("</" + std::string(skipped), tag);
        }
        place = page.find('>', std::max(place, tag)) + 1;
    }
    const std::pair<const char*, const char*> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities) {
        for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
            text.replace(at, std::string_view(entity).size(), character);
        }
    }
    return text;
}

}  // namespace test
