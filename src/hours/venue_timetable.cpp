#include "jiedui/hours/venue_timetable.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "jiedui/network/window.hpp"

namespace jiedui {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes day_length{1'440};
constexpr minutes longest{2'880};                // of a need
constexpr std::size_t longest_session_id = 117;  // with "@2026-03-07" an id of the network
constexpr std::size_t longest_id = 128;
constexpr std::int32_t demand_max = 100'000;

void check_id(const std::string& id, const char* column, std::size_t bytes_max, std::int64_t row,
              ProblemList& problems) {
  const auto bad = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == ';'; };
  if (id.empty())
    problems.add({"sessions", row, column, "id_missing", "an id"});
  else if (id.size() > bytes_max)
    problems.add({"sessions", row, column, "id_too_long",
                  "at most " + std::to_string(bytes_max) + " bytes"});
  else if (std::any_of(id.begin(), id.end(), bad) || id.front() == ' ' || id.back() == ' ')
    problems.add({"sessions", row, column, "id_invalid",
                  "no control characters, no ';', no spaces at the ends"});
}

void check_session(const TimetableSession& session, std::int64_t row, ProblemList& problems) {
  check_id(session.id, "id", longest_session_id, row, problems);
  check_id(session.venue, "venue", longest_id, row, problems);
  if (!session.weekday.ok())
    problems.add({"sessions", row, "weekday", "weekday_invalid", "Monday to Sunday"});
  for (const auto& [column, time] :
       {std::pair{"begins", session.begins}, std::pair{"ends", session.ends}})
    if (time < minutes{0} || time >= day_length)
      problems.add({"sessions", row, column, "number_out_of_range", "0 to 1439 minutes"});
  if (session.demand < 1 || session.demand > demand_max)
    problems.add({"sessions", row, "demand", "number_out_of_range", "1 to 100000"});
}

/// The session that begins on a day.
VenueSession on(Date day, const TimetableSession& session, const Zone& zone) {
  const minutes length = session.ends > session.begins ? session.ends - session.begins
                                                       : session.ends + day_length - session.begins;
  const auto local = [&](minutes time) { return zone.local_time(day, seconds{time}.count()); };
  const LocalTime begins = local(session.begins);
  const LocalTime ends = local(session.begins + length);
  // With its begin moved past the gap, its end on the clock may lie before it.
  const bool moved = begins.kind == LocalTime::Kind::skipped;
  return {.id = session.id + '@' + format(day),
          .venue = session.venue,
          .interval = {begins.earlier, moved ? begins.earlier + length : ends.earlier},
          .demand = session.demand,
          .item = session.item,
          .place = session.place,
          .begins_is = begins.kind,
          .ends_is = ends.kind};
}

}  // namespace

void check(const VenueTimetable& timetable, ProblemList& problems) {
  try {
    const Zone zone{timetable.zone};
  } catch (const Error& error) {
    problems.add({"timetable", 0, "zone", error.code(), error.parts().allowed});
  }
  const auto real = [](Date day) { return day >= earliest_date && day <= latest_date; };
  const char* real_days = "1900-01-01 to 2199-12-31";
  if (!real(timetable.valid_from))
    problems.add({"timetable", 0, "valid_from", "date_invalid", real_days});
  if (!real(timetable.valid_to))
    problems.add({"timetable", 0, "valid_to", "date_invalid", real_days});
  if (timetable.valid_to < timetable.valid_from)
    problems.add({"timetable", 0, "valid_to", "ends_before_start", "valid_from or later"});
  std::set<std::string_view> ids;
  std::int64_t row = 0;
  for (const TimetableSession& session : timetable.sessions) {
    check_session(session, ++row, problems);
    if (!session.id.empty() && !ids.insert(session.id).second)
      problems.add({"sessions", row, "id", "id_duplicate", "an id for each session"});
  }
  row = 0;
  for (const Date day : timetable.closed)
    if (++row; !real(day)) problems.add({"closed", row, "closed", "date_invalid", real_days});
}

std::vector<VenueSession> venue_sessions(const VenueTimetable& timetable,
                                         const CalendarPeriod& period) {
  ProblemList problems;
  check(timetable, problems);
  problems.throw_if_any();
  const Zone zone{timetable.zone};
  const std::set<Date> closed(timetable.closed.begin(), timetable.closed.end());
  const Date last = std::min(period.last(), timetable.valid_to);
  std::vector<VenueSession> sessions;
  for (Date day = std::max(period.first(), timetable.valid_from); day <= last; day += days{1}) {
    if (closed.contains(day)) continue;
    for (const TimetableSession& session : timetable.sessions)
      if (session.weekday == std::chrono::weekday{day}) sessions.push_back(on(day, session, zone));
  }
  std::sort(sessions.begin(), sessions.end(), [](const VenueSession& a, const VenueSession& b) {
    return std::tie(a.interval.begins, a.id) < std::tie(b.interval.begins, b.id);
  });
  return sessions;
}

namespace {

[[noreturn]] void refuse(const char* code, std::size_t place, const char* message,
                         const char* allowed, const char* way_out) {
  throw Error({.code = code,
               .place = "session " + std::to_string(place + 1),
               .message = message,
               .allowed = allowed,
               .way_out = way_out});
}

/// The stretch of local time that a session is; empty if no window means its times.
std::optional<Window> window_of(const ServiceInterval& interval, const Zone& zone) {
  const Date day = zone.local_date(interval.begins);
  const auto clock_of = [&](Instant instant) -> std::int64_t {
    const std::string text = zone.local_text(instant);  // "2026-03-05 09:30"
    const Date date = parse_date(text.substr(0, 10)).value_or(day);
    return (date - day) / seconds{1} + 3'600 * std::stoi(text.substr(11, 2)) +
           60 * std::stoi(text.substr(14, 2));
  };
  const std::int64_t begin = clock_of(interval.begins);
  const std::int64_t end = clock_of(interval.ends);
  if (zone.instant(day, begin) != interval.begins || zone.instant(day, end) != interval.ends ||
      end <= begin || end > 2 * day_seconds)
    return std::nullopt;
  return Window{.kind = Window::Kind::dated,
                .day = static_cast<std::int32_t>(day.time_since_epoch().count()),
                .begin = static_cast<std::int32_t>(begin),
                .end = static_cast<std::int32_t>(end)};
}

}  // namespace

Table session_needs(std::span<const VenueSession> sessions, std::string_view zone_name) {
  const Zone zone{zone_name};
  TextColumn id, item, place, windows;
  std::vector<std::int64_t> duration, demand;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    const VenueSession& session = sessions[i];
    const seconds length = session.interval.ends - session.interval.begins;
    if (session.id.empty() || length < minutes{1} || length > longest ||
        length % minutes{1} != seconds{0})
      refuse("session_invalid", i, "no session that a network takes",
             "an id, and 1 to 2880 whole minutes", "take it from venue_sessions");
    const auto window = window_of(session.interval, zone);
    if (!window)
      refuse("session_not_local", i, "the clocks of the zone show its times twice",
             "times that are the first of their name in the market's zone",
             "plan this session by hand, or in the zone of the timetable");
    id.push_back(session.id);
    item.push_back(session.item);
    place.push_back(session.place);
    windows.push_back(format(*window));
    duration.push_back(length / minutes{1});
    demand.push_back(session.demand);
  }
  Table table{.name = "needs"};
  table.columns.push_back({.name = "id", .cells = std::move(id)});
  table.columns.push_back({.name = "item", .cells = std::move(item)});
  table.columns.push_back({.name = "place", .cells = std::move(place)});
  table.columns.push_back({.name = "windows", .cells = std::move(windows)});
  table.columns.push_back({.name = "duration_minutes", .cells = std::move(duration)});
  table.columns.push_back({.name = "demand", .cells = std::move(demand)});
  return table;
}

}  // namespace jiedui
