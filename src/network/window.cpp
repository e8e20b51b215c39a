#include "jiedui/network/window.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace jiedui {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu",
                                                      "Fri", "Sat", "Sun"};
constexpr std::int32_t latest_end = 2 * static_cast<std::int32_t>(day_seconds);

int weekday_of(std::string_view name) {
  const auto* found = std::find(weekdays.begin(), weekdays.end(), name);
  return found == weekdays.end() ? -1 : static_cast<int>(found - weekdays.begin());
}

/// Reads "09:30", 00:00 to 48:00, as seconds, or -1.
std::int32_t clock_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (const std::size_t i : {0, 1, 3, 4})
    if (text[i] < '0' || text[i] > '9') return -1;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const std::int32_t seconds = hours * 3600 + minutes * 60;
  return minutes < 60 && seconds <= latest_end ? seconds : -1;
}

/// Reads "09:00-11:30" into the window.
bool read_clocks(std::string_view text, Window& window) {
  if (text.size() != 11 || text[5] != '-') return false;
  window.begin = clock_of(text.substr(0, 5));
  window.end = clock_of(text.substr(6));
  return window.begin >= 0 && window.begin < window.end;
}

std::optional<std::vector<Window>> parse_weekly(std::string_view days, Window window) {
  int first = 0;
  int last = 6;
  if (days != "daily") {
    const std::size_t hyphen = days.find('-');
    first = weekday_of(days.substr(0, hyphen));
    last = hyphen == std::string_view::npos ? first : weekday_of(days.substr(hyphen + 1));
  }
  if (first < 0 || last < first) return std::nullopt;
  std::vector<Window> windows;
  window.kind = Window::Kind::weekly;
  for (window.day = first; window.day <= last; ++window.day) windows.push_back(window);
  return windows;
}

std::string format_clock(std::int32_t seconds) {
  std::array<char, 16> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%02d:%02d", seconds / 3600, seconds / 60 % 60);
  return {text.data(), static_cast<std::size_t>(length)};
}

/// Sorts, and unites what touches or overlaps.
void unite(std::vector<Interval>& intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::size_t kept = 0;
  for (const Interval& next : intervals) {
    if (kept > 0 && next.begin <= intervals[kept - 1].end)
      intervals[kept - 1].end = std::max(intervals[kept - 1].end, next.end);
    else
      intervals[kept++] = next;
  }
  intervals.resize(kept);
}

}  // namespace

std::optional<std::vector<Window>> parse_window(std::string_view term) {
  Window window;
  const bool except = term.substr(0, 4) == "not ";
  if (except) term.remove_prefix(4);
  const std::size_t space = term.find(' ');
  const std::string_view day = term.substr(0, space);
  if (space != std::string_view::npos && !read_clocks(term.substr(space + 1), window))
    return std::nullopt;
  if (const auto date = parse_date(day)) {
    window.kind = except ? Window::Kind::except : Window::Kind::dated;
    window.day = static_cast<std::int32_t>(date->time_since_epoch().count());
    return std::vector<Window>{window};
  }
  if (except) return std::nullopt;
  return parse_weekly(day, window);
}

std::string format(const Window& window) {
  std::string text;
  if (window.kind == Window::Kind::weekly) {
    text = weekdays[static_cast<std::size_t>(window.day)];
  } else {
    if (window.kind == Window::Kind::except) text = "not ";
    text += format(Date{std::chrono::days{window.day}});
  }
  return text + " " + format_clock(window.begin) + "-" + format_clock(window.end);
}

std::vector<Interval> open_intervals(std::span<const Window> windows, Date from, Date until) {
  const std::int64_t first_day = from.time_since_epoch().count();
  const std::int64_t last_day = until.time_since_epoch().count();
  const Interval horizon{first_day * day_seconds, (last_day + 1) * day_seconds};
  std::vector<Interval> open;
  std::vector<Interval> closed;
  const auto add = [&](std::vector<Interval>& to, std::int64_t day, const Window& window) {
    const Interval cut{std::max(day * day_seconds + window.begin, horizon.begin),
                       std::min(day * day_seconds + window.end, horizon.end)};
    if (cut.begin < cut.end) to.push_back(cut);
  };
  bool any_opening = false;
  for (const Window& window : windows) {
    any_opening |= window.kind != Window::Kind::except;
    if (window.kind != Window::Kind::weekly) {
      add(window.kind == Window::Kind::dated ? open : closed, window.day, window);
      continue;
    }
    // The day before the horizon may reach into it over midnight. 1970-01-01 was a Thursday.
    const std::int64_t start = first_day - 1;
    const std::int64_t weekday = ((start + 3) % 7 + 7) % 7;
    for (std::int64_t day = start + (window.day - weekday + 7) % 7; day <= last_day; day += 7)
      add(open, day, window);
  }
  if (!any_opening) open.push_back(horizon);
  unite(open);
  unite(closed);
  if (closed.empty()) return open;
  std::vector<Interval> gaps;
  std::int64_t at = horizon.begin;
  for (const Interval& hole : closed) {
    if (at < hole.begin) gaps.push_back({at, hole.begin});
    at = hole.end;
  }
  if (at < horizon.end) gaps.push_back({at, horizon.end});
  return intersection(open, gaps);
}

std::vector<Interval> intersection(std::span<const Interval> a, std::span<const Interval> b) {
  std::vector<Interval> common;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const Interval part{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
    if (part.begin < part.end) common.push_back(part);
    (a[i].end < b[j].end ? i : j) += 1;
  }
  return common;
}

}  // namespace jiedui
