#include "jiedui/base/calendar.hpp"

#include <array>
#include <cstdio>

#include <date/tz.h>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::year_month_day;

/// Reads exactly `digits` decimal digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

const date::time_zone& zone_of(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || Date{date} < earliest_date || Date{date} > latest_date) return std::nullopt;
  return Date{date};
}

std::string format(Date date) {
  const year_month_day ymd{date};
  std::array<char, 32> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                    static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const int hour = number_at(text, 11, 2);
  const int minute = number_at(text, 14, 2);
  const int second = number_at(text, 17, 2);
  const bool real =
      hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!date || !real) return std::nullopt;
  return Instant{*date} + seconds{hour * 3600 + minute * 60 + second};
}

std::string format(Instant instant) {
  const Date date = std::chrono::floor<days>(instant);
  const auto second = (instant - date).count();
  std::array<char, 32> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(second / 3600),
                    static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return format(date) + std::string(text.data(), static_cast<std::size_t>(length));
}

Zone::Zone(std::string_view name) : name_(name) {
  try {
    zone_ = date::locate_zone(name_);
  } catch (const std::runtime_error&) {
    throw Error({.code = "zone_unknown",
                 .place = "zone",
                 .message = "the time zone database has no such name",
                 .allowed = "an IANA name such as Asia/Shanghai",
                 .way_out = "mend the name, or install the package tzdata"});
  }
}

Instant Zone::instant(Date local_day, std::int64_t second_of_day) const {
  const date::local_seconds local{local_day.time_since_epoch() + seconds{second_of_day}};
  const auto info = zone_of(zone_).get_info(local);
  // In a gap `first` still has the offset before the change, which moves the time forward by its
  // length; in a fold it is the earlier of the two.
  return Instant{local.time_since_epoch() - info.first.offset};
}

LocalTime Zone::local_time(Date local_day, std::int64_t second_of_day) const {
  const date::local_seconds local{local_day.time_since_epoch() + seconds{second_of_day}};
  const auto info = zone_of(zone_).get_info(local);
  const Instant earlier{local.time_since_epoch() - info.first.offset};
  if (info.result == date::local_info::nonexistent)
    return {LocalTime::Kind::skipped, earlier, earlier};
  if (info.result == date::local_info::ambiguous)
    return {LocalTime::Kind::repeated, earlier,
            Instant{local.time_since_epoch() - info.second.offset}};
  return {LocalTime::Kind::unique, earlier, earlier};
}

Date Zone::local_date(Instant instant) const {
  return Date{date::floor<date::days>(zone_of(zone_).to_local(instant)).time_since_epoch()};
}

std::string Zone::local_text(Instant instant) const {
  const auto local = zone_of(zone_).to_local(instant);
  const std::string text = format(Instant{local.time_since_epoch()});
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

}  // namespace jiedui
