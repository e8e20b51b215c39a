#include "jiedui/hours/venue_timetable.hpp"

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "jiedui/hours/reciprocal_service.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/error_code.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;
using std::chrono::Friday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::Thursday;
using std::chrono::Wednesday;
using Kind = LocalTime::Kind;

Date day(std::string_view text) {
  return parse_date(text).value();
}

/// The session of one day under a timetable of one session.
VenueSession on(std::string_view date, const std::string& zone, std::chrono::weekday weekday,
                std::chrono::minutes begins, std::chrono::minutes ends) {
  VenueTimetable timetable{.zone = zone};
  timetable.sessions = {
      {.id = "S", .venue = "O", .weekday = weekday, .begins = begins, .ends = ends}};
  const auto sessions = venue_sessions(timetable, CalendarPeriod{day(date), day(date)});
  REQUIRE(sessions.size() == 1);
  CHECK(sessions[0].id == "S@" + std::string(date));
  return sessions[0];
}

std::string times(const VenueSession& session) {
  return format(session.interval.begins) + "/" + format(session.interval.ends);
}

VenueTimetable reading_room() {
  return {.zone = "Asia/Shanghai",
          .valid_from = day("2026-03-02"),
          .valid_to = day("2026-06-30"),
          .sessions = {{.id = "SAT-READING",
                        .venue = "O-1",
                        .weekday = Saturday,
                        .begins = 9h,
                        .ends = 11h,
                        .demand = 2,
                        .item = "D2",
                        .place = "P-1"},
                       {.id = "WED-READING",
                        .venue = "O-1",
                        .weekday = Wednesday,
                        .begins = 14h + 30min,
                        .ends = 16h,
                        .item = "D2",
                        .place = "P-1"}},
          .closed = {day("2026-03-11")}};
}

}  // namespace

TEST_CASE("sessions of a timetable come on their days, but not on closed ones", "[timetable]") {
  const auto sessions = venue_sessions(reading_room(), {2026y / 3});
  std::vector<std::string> ids;
  for (const VenueSession& session : sessions) ids.push_back(session.id);
  // The Saturdays and Wednesdays of March 2026; the 11th is closed.
  CHECK(ids == std::vector<std::string>{"WED-READING@2026-03-04", "SAT-READING@2026-03-07",
                                        "SAT-READING@2026-03-14", "WED-READING@2026-03-18",
                                        "SAT-READING@2026-03-21", "WED-READING@2026-03-25",
                                        "SAT-READING@2026-03-28"});
  CHECK(sessions[1] ==
        VenueSession{.id = "SAT-READING@2026-03-07",
                     .venue = "O-1",
                     .interval = {utc("2026-03-07T01:00:00Z"), utc("2026-03-07T03:00:00Z")},
                     .demand = 2,
                     .item = "D2",
                     .place = "P-1"});
  CHECK(venue_sessions(reading_room(), {2026y / 7}).empty());
  CHECK(venue_sessions(reading_room(), {2026y / 2}).empty());
}

TEST_CASE("a session over midnight ends on the next day", "[timetable]") {
  CHECK(times(on("2026-03-07", "Asia/Shanghai", Saturday, 22h, 6h)) ==
        "2026-03-07T14:00:00Z/2026-03-07T22:00:00Z");
  CHECK(times(on("2026-03-07", "Asia/Shanghai", Saturday, 9h, 9h)) ==
        "2026-03-07T01:00:00Z/2026-03-08T01:00:00Z");
  CHECK(times(on("2026-03-07", "Asia/Shanghai", Saturday, 21h, 0h)) ==
        "2026-03-07T13:00:00Z/2026-03-07T16:00:00Z");
}

// tz database: Berlin 2026-03-29 02:00 CET to 03:00 CEST, 2026-10-25 03:00 CEST to 02:00 CET.
TEST_CASE("sessions where Berlin's clocks change", "[timetable]") {
  const auto berlin = [](std::string_view date, std::chrono::weekday weekday,
                         std::chrono::minutes begins, std::chrono::minutes ends) {
    return on(date, "Europe/Berlin", weekday, begins, ends);
  };
  SECTION("in the gap: moved forward as a whole") {
    const auto inside = berlin("2026-03-29", Sunday, 2h + 15min, 2h + 45min);
    CHECK(times(inside) == "2026-03-29T01:15:00Z/2026-03-29T01:45:00Z");  // 03:15 to 03:45
    CHECK(inside.begins_is == Kind::skipped);
    CHECK(inside.ends_is == Kind::skipped);
    const auto out_of_it = berlin("2026-03-29", Sunday, 2h + 30min, 3h + 15min);
    CHECK(times(out_of_it) == "2026-03-29T01:30:00Z/2026-03-29T02:15:00Z");  // 03:30 to 04:15
    CHECK(out_of_it.begins_is == Kind::skipped);
    CHECK(out_of_it.ends_is == Kind::unique);
  }
  SECTION("into the gap and over it") {
    const auto into = berlin("2026-03-29", Sunday, 1h + 30min, 2h + 30min);
    CHECK(times(into) == "2026-03-29T00:30:00Z/2026-03-29T01:30:00Z");  // 01:30 to 03:30
    CHECK(into.begins_is == Kind::unique);
    CHECK(into.ends_is == Kind::skipped);
    CHECK(times(berlin("2026-03-28", Saturday, 22h, 6h)) ==
          "2026-03-28T21:00:00Z/2026-03-29T04:00:00Z");  // seven hours
  }
  SECTION("in the fold: the earlier time") {
    const auto inside = berlin("2026-10-25", Sunday, 2h + 15min, 2h + 45min);
    CHECK(times(inside) == "2026-10-25T00:15:00Z/2026-10-25T00:45:00Z");
    CHECK(inside.begins_is == Kind::repeated);
    CHECK(inside.ends_is == Kind::repeated);
    CHECK(times(berlin("2026-10-25", Sunday, 2h + 30min, 3h + 30min)) ==
          "2026-10-25T00:30:00Z/2026-10-25T02:30:00Z");  // two hours
    CHECK(times(berlin("2026-10-24", Saturday, 22h, 6h)) ==
          "2026-10-24T20:00:00Z/2026-10-25T05:00:00Z");  // nine hours
  }
}

// tz database: 1986-05-04 02:00 forward to 03:00, 1986-09-14 02:00 back to 01:00.
TEST_CASE("sessions in the summer time of Shanghai, 1986", "[timetable]") {
  const auto gap = on("1986-05-04", "Asia/Shanghai", Sunday, 2h + 30min, 4h + 30min);
  CHECK(times(gap) == "1986-05-03T18:30:00Z/1986-05-03T20:30:00Z");
  CHECK(gap.begins_is == Kind::skipped);
  const auto fold = on("1986-09-14", "Asia/Shanghai", Sunday, 1h + 30min, 2h + 30min);
  CHECK(times(fold) == "1986-09-13T16:30:00Z/1986-09-13T18:30:00Z");
  CHECK(fold.begins_is == Kind::repeated);
  CHECK(fold.ends_is == Kind::unique);
  CHECK(times(on("1986-07-06", "Asia/Shanghai", Sunday, 9h, 11h)) ==
        "1986-07-06T00:00:00Z/1986-07-06T02:00:00Z");
}

// tz database: Cairo 2026-04-24 00:00 forward to 01:00, 2026-10-29 24:00 back to 23:00.
TEST_CASE("sessions where Cairo's clocks change at midnight", "[timetable]") {
  const auto cairo = [](std::string_view date, std::chrono::weekday weekday,
                        std::chrono::minutes begins, std::chrono::minutes ends) {
    return on(date, "Africa/Cairo", weekday, begins, ends);
  };
  CHECK(times(cairo("2026-04-23", Thursday, 23h + 30min, 1h)) ==
        "2026-04-23T21:30:00Z/2026-04-23T22:00:00Z");  // the hour after midnight never was
  const auto gap = cairo("2026-04-24", Friday, 15min, 45min);
  CHECK(times(gap) == "2026-04-23T22:15:00Z/2026-04-23T22:45:00Z");
  CHECK(gap.begins_is == Kind::skipped);
  const auto fold = cairo("2026-10-29", Thursday, 23h + 15min, 23h + 45min);
  CHECK(times(fold) == "2026-10-29T20:15:00Z/2026-10-29T20:45:00Z");
  CHECK(fold.begins_is == Kind::repeated);
  CHECK(times(cairo("2026-10-29", Thursday, 22h, 0h)) ==
        "2026-10-29T19:00:00Z/2026-10-29T22:00:00Z");  // three hours to midnight
}

TEST_CASE("all problems of a timetable are listed at once", "[timetable]") {
  VenueTimetable bad{
      .zone = "Asia/Nowhere", .valid_from = day("2026-06-30"), .valid_to = day("2026-03-02")};
  bad.sessions = {{.id = "", .venue = "O"},
                  {.id = "S;1", .venue = ""},
                  {.id = "S", .venue = "O", .weekday = std::chrono::weekday{9}},
                  {.id = "S", .venue = "O", .begins = 24h, .ends = -1min, .demand = 0},
                  {.id = std::string(118, 'x'), .venue = "O"}};
  bad.closed = {day("2026-03-02"), latest_date + std::chrono::days{1}};
  ProblemList problems;
  check(bad, problems);
  std::vector<std::string> found;
  for (const Problem& problem : problems.listed())
    found.push_back(problem.table + " " + std::to_string(problem.row) + " " + problem.column + " " +
                    problem.code);
  CHECK(found == std::vector<std::string>{
                     "timetable 0 zone zone_unknown",
                     "timetable 0 valid_to ends_before_start",
                     "sessions 1 id id_missing",
                     "sessions 2 id id_invalid",
                     "sessions 2 venue id_missing",
                     "sessions 3 weekday weekday_invalid",
                     "sessions 4 begins number_out_of_range",
                     "sessions 4 ends number_out_of_range",
                     "sessions 4 demand number_out_of_range",
                     "sessions 4 id id_duplicate",
                     "sessions 5 id id_too_long",
                     "closed 2 closed date_invalid",
                 });
  CHECK_THROWS_AS(venue_sessions(bad, {2026y / 3}), InputError);
}

TEST_CASE("sessions become needs of the market's zone", "[timetable]") {
  const auto sessions = venue_sessions(reading_room(), {2026y / 3});
  const Table needs = session_needs(std::span(sessions).first(2), "Asia/Shanghai");
  REQUIRE(needs.rows() == 2);
  const auto text = [&](const char* column, std::size_t row) {
    return std::string(std::get<TextColumn>(needs.find(column)->cells)[row]);
  };
  CHECK(text("windows", 0) == "2026-03-04 14:30-16:00");
  CHECK(text("windows", 1) == "2026-03-07 09:00-11:00");
  CHECK(std::get<std::vector<std::int64_t>>(needs.find("duration_minutes")->cells) ==
        std::vector<std::int64_t>{90, 120});
  const auto night = on("2026-03-07", "Asia/Shanghai", Saturday, 22h, 6h);
  const Table over = session_needs(std::span(&night, 1), "Asia/Shanghai");
  CHECK(std::get<TextColumn>(over.find("windows")->cells)[0] == "2026-03-07 22:00-30:00");

  // 00:45 UTC is the first 02:45 in Berlin, 01:45 UTC the second, which no window means.
  VenueSession second = on("2026-10-25", "UTC", Sunday, 1h + 15min, 1h + 45min);
  const auto code = [&] {
    return error_code([&] { (void)session_needs(std::span(&second, 1), "Europe/Berlin"); });
  };
  CHECK(code() == "session_not_local");
  second.interval.ends += 30s;
  CHECK(code() == "session_invalid");
}

TEST_CASE("one solve proposes who comes when, and its pairs can be scheduled (G11)",
          "[timetable]") {
  const auto sessions = venue_sessions(reading_room(), {day("2026-03-02"), day("2026-03-15")});
  REQUIRE(sessions.size() == 3);  // one for one pair of hands, two for two
  NetworkBuilder builder;
  builder.add(Place{.id = "P-1", .level = 4, .position = Position{289'405'180, 1'188'955'180}});
  // F-2 cannot come on Wednesdays; F-3 comes once at most; F-4 lives nearby but cannot read.
  for (const char* id : {"F-1", "F-2", "F-3", "F-4"}) {
    Volunteer family{.id = id,
                     .place = "P-1",
                     .skills = {{"reading", 1}},
                     .training = {"child_protection"},
                     .birth_year = YearRange{1985, 1985},
                     .capacity = 2};
    if (family.id == "F-2") family.availability = *parse_window("Sat 08:00-12:00");
    if (family.id == "F-3") family.capacity = 1;
    if (family.id == "F-4") family.skills.clear();
    builder.add(family);
  }
  builder.add(Entity::need, session_needs(sessions, "Asia/Shanghai"));
  const Market market(builder.build());
  const Plan plan = solve(market);
  REQUIRE(verify(plan, market));
  // F-1 and F-2 come twice, F-3 once: five hands are welcome, and all are found.
  CHECK(plan.pairs().size() == 5);

  HoursBooks books{"Asia/Shanghai"};
  ReciprocalService service(books.ledger);
  std::uint64_t id = 0;
  for (const char* family : {"F-1", "F-2", "F-3"})
    REQUIRE(service.accrue({1, ++id}, family, "O-1", 4h, utc("2026-03-01T01:00:00Z"), family) ==
            Outcome::booked);
  for (const PlannedPair& pair : plan.pairs()) {
    const auto session = std::find_if(sessions.begin(), sessions.end(),
                                      [&](const VenueSession& one) { return one.id == pair.need; });
    REQUIRE(session != sessions.end());
    CHECK(pair.begins == session->interval.begins);
    CHECK(pair.ends == session->interval.ends);
    CHECK(service.schedule({1, ++id}, pair.volunteer, *session, pair.volunteer).outcome ==
          Outcome::booked);
  }
  CHECK(service.schedules("O-1", {2026y / 3}).rows() == 5);
}
