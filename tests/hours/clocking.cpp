#include "jiedui/hours/clocking.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "jiedui/hours/record_table.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

RulePack clock_rules() {
  RulePack pack{.id = "test", .zone = "Asia/Shanghai"};
  pack.clock = {.skew_max = 300s, .pairs_per_day_max = 3, .longest = 16h};
  return pack;
}

ClockEvent press(bool in, std::string_view at, std::string activity = "A") {
  return {.volunteer = "V", .activity = std::move(activity), .clocked_in = in, .at = utc(at)};
}

std::vector<std::string> codes(const ClockedRecords& found) {
  std::vector<std::string> all;
  for (const Problem& one : found.problems) all.push_back(std::to_string(one.row) + ' ' + one.code);
  return all;
}
using Codes = std::vector<std::string>;

std::vector<std::string> table_codes(const Table& table, std::string_view zone = "UTC") {
  std::vector<std::string> all;
  try {
    (void)service_records(table, zone);
  } catch (const InputError& error) {
    for (const Problem& one : error.problems())
      all.push_back(std::to_string(one.row) + ' ' + one.column + ' ' + one.code);
  }
  return all;
}

TextColumn texts(std::initializer_list<const char*> cells) {
  TextColumn column;
  for (const char* cell : cells) column.push_back(cell);
  return column;
}

}  // namespace

TEST_CASE("clocking in and out makes a record of the day with its pairs", "[hours]") {
  const std::vector<ClockEvent> events{
      press(true, "2026-03-05T01:00:00Z"),  press(false, "2026-03-05T03:00:00Z"),
      press(true, "2026-03-05T03:00:00Z"),  press(false, "2026-03-05T04:00:00Z"),
      press(true, "2026-03-05T15:00:00Z"),  // past midnight in Shanghai
      press(false, "2026-03-05T18:30:00Z"), press(true, "2026-03-06T01:00:00Z"),
      press(false, "2026-03-06T02:00:00Z")};
  const ClockedRecords found = clocked_records(events, clock_rules());
  CHECK(found.problems.empty());
  REQUIRE(found.records.size() == 2);
  CHECK(found.records[0].source == RecordSource::clock);
  CHECK(counted_seconds(found.records[0]) == 2h + 1h + 3h + 30min);
  CHECK(counted_seconds(found.records[1]) == 1h);
  // A pair over the change of the clocks counts the time that passed.
  RulePack berlin = clock_rules();
  berlin.zone = "Europe/Berlin";
  const auto night = clocked_records(
      std::vector{press(true, "2026-03-28T22:00:00Z"), press(false, "2026-03-29T04:00:00Z")},
      berlin);
  CHECK(counted_seconds(night.records.at(0)) == 6h);
}

TEST_CASE("each press that makes no pair has an answer with a name", "[hours]") {
  const RulePack pack = clock_rules();
  const auto answer = [&](const std::vector<ClockEvent>& events) {
    return codes(clocked_records(events, pack));
  };
  CHECK(answer({press(true, "2026-03-05T01:00:00Z")}) == Codes{"1 clock_out_missing"});
  CHECK(answer({press(true, "2026-03-05T01:00:00Z"), press(true, "2026-03-05T02:00:00Z"),
                press(false, "2026-03-05T03:00:00Z")}) == Codes{"1 clock_out_missing"});
  CHECK(answer({press(false, "2026-03-05T01:00:00Z")}) == Codes{"1 clock_in_missing"});
  CHECK(answer({press(true, "2026-03-05T03:00:00Z"), press(false, "2026-03-05T01:00:00Z")}) ==
        Codes{"2 clock_out_before_in"});
  CHECK(answer({press(true, "2026-03-05T03:00:00Z"), press(false, "2026-03-05T03:00:00Z")}) ==
        Codes{"2 clock_no_time"});
  CHECK(answer({press(true, "2026-03-05T01:00:00Z"), press(false, "2026-03-05T20:00:00Z")}) ==
        Codes{"2 clock_too_long"});
  CHECK(answer({press(true, "2026-03-05T01:00:00Z"), press(false, "2026-03-05T02:00:00Z", "B")}) ==
        Codes{"1 clock_out_missing", "2 clock_in_missing"});
  std::vector<ClockEvent> many;
  for (int hour = 0; hour < 8; ++hour)
    many.push_back(press(hour % 2 == 0, "2026-03-05T0" + std::to_string(hour) + ":00:00Z"));
  CHECK(answer(many) == Codes{"7 clock_pairs_too_many"});
}

TEST_CASE("a clock that is ahead is set right, one that is far off is not trusted", "[hours]") {
  std::vector<ClockEvent> events{press(true, "2026-03-05T01:02:00Z"),
                                 press(false, "2026-03-05T03:00:00Z")};
  events[0].skew = 120s;
  const auto found = clocked_records(events, clock_rules());
  CHECK(found.records.at(0).intervals ==
        std::vector<ServiceInterval>{{utc("2026-03-05T01:00:00Z"), utc("2026-03-05T03:00:00Z")}});
  events[0].skew = -301s;
  CHECK(codes(clocked_records(events, clock_rules())) ==
        Codes{"1 clock_skew", "2 clock_in_missing"});
}

TEST_CASE("the order of events changes no record", "[hours]") {
  std::mt19937_64 random(seed());
  for (std::int64_t round = 0; round < scaled(200); ++round) {
    std::vector<ClockEvent> events;
    for (std::size_t i = random() % 12; i > 0; --i) {
      ClockEvent one = press(random() % 2 == 0, "2026-03-05T00:00:00Z");
      one.volunteer = random() % 2 == 0 ? "V" : "W";
      one.at += std::chrono::minutes{random() % 4'000};
      events.push_back(one);
    }
    const ClockedRecords before = clocked_records(events, clock_rules());
    std::size_t used = 2 * std::accumulate(before.records.begin(), before.records.end(),
                                           std::size_t{0}, [](std::size_t sum, const auto& one) {
                                             return sum + one.intervals.size();
                                           });
    // Every press is in a pair, or has a problem of its own or with its partner.
    CHECK(used + before.problems.size() <= events.size());
    CHECK(used + 2 * before.problems.size() >= events.size());
    std::shuffle(events.begin(), events.end(), random);
    const ClockedRecords after = clocked_records(events, clock_rules());
    CHECK(after.records == before.records);
    CHECK(after.problems.size() == before.problems.size());
  }
}

TEST_CASE("time sheets are read by column, local times in their zone", "[hours]") {
  Table sheet{.name = "sheet.csv", .first_row = 2};
  sheet.columns.push_back({.name = "volunteer", .cells = texts({"V1", "V2"})});
  sheet.columns.push_back(
      {.name = "begins", .cells = texts({"2026-03-05 09:30", "2026-03-05T01:30:00Z"})});
  sheet.columns.push_back(
      {.name = "ends", .cells = texts({"2026-03-05 11:30:00", "2026-03-05T03:30:00Z"})});
  sheet.columns.push_back({.name = "break_seconds", .cells = std::vector<std::int64_t>{0, 600}});
  sheet.columns.push_back({.name = "source", .cells = texts({"clock", "backfilled"})});
  sheet.columns.push_back({.name = "co_organisers", .cells = texts({"", "B;C"})});
  const auto records = service_records(sheet, "Asia/Shanghai");
  REQUIRE(records.size() == 2);
  CHECK(records[0].intervals == records[1].intervals);
  CHECK(counted_seconds(records[0]) == 2h);
  CHECK(counted_seconds(records[1]) == 110min);
  CHECK(records[1].source == RecordSource::backfilled);
  CHECK(records[1].co_organisers == std::vector<std::string>{"B", "C"});
}

TEST_CASE("every problem of a time sheet is listed at once", "[hours]") {
  Table sheet{.name = "sheet.csv", .first_row = 2};
  sheet.columns.push_back({.name = "volunteer", .cells = texts({"V1", "", "V3", "V4", "V5"})});
  sheet.columns.push_back({.name = "begins",
                           .cells = texts({"2026-03-29 02:30", "2026-03-05 09:30",
                                           "2026-10-25 02:30", "soon", "2026-03-05 09:30"})});
  sheet.columns.push_back(
      {.name = "ends",
       .cells = texts({"2026-03-29 05:30", "2026-03-05 10:30", "2026-10-25 05:30",
                       "2026-03-05 10:30", "2026-03-05 08:30"})});
  CHECK(table_codes(sheet, "Europe/Berlin") ==
        Codes{"2 begins local_time_skipped", "3 volunteer volunteer_missing",
              "4 begins local_time_repeated", "5 begins instant_invalid",
              "6 intervals interval_reversed"});
  sheet.columns[1].name = "beginning";
  const Codes found = table_codes(sheet, "Europe/Berlin");
  REQUIRE(!found.empty());
  CHECK(found[0] == "0 beginning column_unknown");
}
