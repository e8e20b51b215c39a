#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/export.hpp"

namespace jiedui {

/// A stretch of local time: each week on one weekday, on one date, or, as an exception, not then.
struct Window {
  enum class Kind : std::uint8_t { weekly, dated, except };

  Kind kind = Kind::weekly;
  /// weekly: 0 Monday … 6 Sunday; dated and except: days since 1970-01-01.
  std::int32_t day = 0;
  /// Seconds since the midnight that begins the day; 0 ≤ begin < end ≤ 172,800, so that
  /// "22:00-26:00" runs over midnight.
  std::int32_t begin = 0;
  std::int32_t end = 86'400;

  friend constexpr auto operator<=>(const Window&, const Window&) = default;
};

/// Reads one term of the window syntax into one or more windows; empty if it does not fit:
/// "Mon 09:00-11:30", "Mon-Fri 09:00-11:30", "daily 09:00-11:30", "2026-03-05 09:00-12:00",
/// "2026-03-05" (all day), "not 2026-03-05", "not 2026-03-05 09:00-12:00".
JIEDUI_API std::optional<std::vector<Window>> parse_window(std::string_view term);
/// "Mon 09:00-11:30", "2026-03-05 09:00-12:00", "not 2026-03-05 00:00-24:00".
JIEDUI_API std::string format(const Window& window);

/// Half-open stretch of time in seconds.
struct Interval {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend constexpr auto operator<=>(const Interval&, const Interval&) = default;
};

inline constexpr std::int64_t day_seconds = 86'400;
/// The day, from 1970-01-01, of a second of local time.
constexpr std::int64_t local_day(std::int64_t second) {
  return second / day_seconds - (second % day_seconds < 0 ? 1 : 0);
}

/// What the windows open between two local days, in seconds of local time since 1970-01-01T00:00:
/// disjoint, in order, touching ones united, exceptions taken away. No windows at all, or none but
/// exceptions, means any time.
///
/// O(days · windows).
JIEDUI_API std::vector<Interval> open_intervals(std::span<const Window> windows, Date from,
                                                Date until);
/// The common parts of two lists of disjoint, ordered intervals. O(a + b).
JIEDUI_API std::vector<Interval> intersection(std::span<const Interval> a,
                                              std::span<const Interval> b);

}  // namespace jiedui
