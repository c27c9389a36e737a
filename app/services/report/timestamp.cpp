// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/timestamp.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <regex>

#include "engine/core/error.h"

namespace services {

namespace {

struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

Parts localParts(const Timestamp& moment) {
    using namespace std::chrono;
    const sys_seconds local{seconds(moment.secondsUtc) + minutes(moment.offsetMinutes)};
    const sys_days day = floor<days>(local);
    return {year_month_day(day), hh_mm_ss<seconds>(local - day)};
}

std::string digits(std::int64_t value, std::size_t count) {
    const std::string text = std::to_string(value);
    return text.size() < count ? std::string(count - text.size(), '0') + text : text;
}

std::string date(const Parts& parts, const char* between) {
    return digits(static_cast<int>(parts.date.year()), 4) + between +
           digits(static_cast<unsigned>(parts.date.month()), 2) + between +
           digits(static_cast<unsigned>(parts.date.day()), 2);
}

std::string time(const Parts& parts, const char* between) {
    return digits(parts.time.hours().count(), 2) + between + digits(parts.time.minutes().count(), 2) + between +
           digits(parts.time.seconds().count(), 2);
}

std::string zone(int offsetMinutes, const char* between) {
    const int size = std::abs(offsetMinutes);
    return (offsetMinutes < 0 ? "-" : "+") + digits(size / 60, 2) + between + digits(size % 60, 2);
}

}  // namespace

std::string Timestamp::iso() const {
    const Parts parts = localParts(*this);
    return date(parts, "-") + "T" + time(parts, ":") + zone(offsetMinutes, ":");
}

std::string Timestamp::people() const {
    const Parts parts = localParts(*this);
    return date(parts, "-") + " " + time(parts, ":") + " (UTC" + zone(offsetMinutes, ":") + ")";
}

std::string Timestamp::pdf() const {
    const Parts parts = localParts(*this);
    return "D:" + date(parts, "") + time(parts, "") + zone(offsetMinutes, "'") + "'";
}

Timestamp timestampNow() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return {now, static_cast<int>(local.tm_gmtoff / 60)};
}

Timestamp timestampFromIso(std::string_view text) {
    using namespace std::chrono;
    static const std::regex form(R"((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|([+-])(\d\d):(\d\d)))");
    std::match_results<std::string_view::const_iterator> parts;
    const auto number = [&parts](int i) { return std::stoi(parts[static_cast<std::size_t>(i)].str()); };
    if (std::regex_match(text.begin(), text.end(), parts, form)) {
        const year_month_day date(year(number(1)), month(static_cast<unsigned>(number(2))),
                                  day(static_cast<unsigned>(number(3))));
        const bool utc = parts[7].str() == "Z";
        const int offset = utc ? 0 : (parts[8].str() == "-" ? -1 : 1) * (number(9) * 60 + number(10));
        const bool fits = number(4) < 24 && number(5) < 60 && number(6) < 60 && (utc || number(10) < 60);
        if (date.ok() && fits && std::abs(offset) <= 14 * 60) {
            const auto local = sys_days(date).time_since_epoch() + hours(number(4)) + minutes(number(5));
            return {duration_cast<seconds>(local).count() + number(6) - offset * 60, offset};
        }
    }
    throw engine::Error(engine::ErrorCode::InvalidArgument,
                        "'" + std::string(text) + "' is no time such as 2026-11-25T12:40:05+09:00; write it like that");
}

}  // namespace services
