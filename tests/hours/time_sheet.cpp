#include "jiedui/hours/time_sheet.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;
using std::chrono::seconds;

/// The tiers of i志愿 (rule 14): 8 hours a day count, up to 12 the parent organisation, then the
/// province.
RulePack tiers(const std::string& zone = "Asia/Shanghai") {
  RulePack pack{.id = "test", .zone = zone};
  pack.approval.tiers = {{8h, Approver::automatic}, {12h, Approver::parent_organisation}};
  pack.approval.tiers.push_back({{}, Approver::province});
  return pack;
}

ServiceRecord record(std::uint64_t id, std::string_view begins, seconds length) {
  return {.id = {0, id}, .volunteer = "V", .intervals = {{utc(begins), utc(begins) + length}}};
}

struct RandomRecords {
  std::mt19937_64 random;
  Instant start;
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
  }
  std::vector<ServiceInterval> stretches(std::int64_t most, std::int64_t minutes_max) {
    std::vector<ServiceInterval> all;
    for (std::int64_t i = below(most + 1); i > 0; --i) {
      const Instant begins = start + std::chrono::minutes{below(9 * 24 * 60)};
      all.push_back({begins, begins + std::chrono::minutes{1 + below(minutes_max)}});
    }
    return all;
  }
  ServiceRecord next(std::uint64_t id) {
    ServiceRecord made{.id = {0, id}, .volunteer = "V"};
    while (made.intervals.empty()) made.intervals = stretches(2, 20 * 60);
    made.breaks = stretches(2, 90);
    made.travel = stretches(1, 90);
    if (served_intervals(made).empty()) return next(id);
    return made;
  }
};

/// Minutes, each by itself.
std::set<Instant> grid(const ServiceRecord& record) {
  std::set<Instant> minutes;
  for (const auto& [begins, ends] : record.intervals)
    for (Instant at = begins; at < ends; at += 1min) minutes.insert(at);
  for (const auto* pauses : {&record.breaks, &record.travel})
    for (const auto& [begins, ends] : *pauses)
      for (Instant at = begins; at < ends; at += 1min) minutes.erase(at);
  return minutes;
}

Date monday(Date day) {
  while (std::chrono::weekday{day} != std::chrono::Monday) day -= std::chrono::days{1};
  return day;
}

}  // namespace

TEST_CASE("breaks and travel are left out of the time served (rule 6)", "[hours]") {
  ServiceRecord visit = record(1, "2026-03-05T01:00:00Z", 4h);
  visit.travel = {{utc("2026-03-05T01:00:00Z"), utc("2026-03-05T01:20:00Z")},
                  {utc("2026-03-05T04:45:00Z"), utc("2026-03-05T05:30:00Z")}};
  visit.breaks = {{utc("2026-03-05T02:00:00Z"), utc("2026-03-05T02:10:00Z")}};
  CHECK(counted_seconds(visit) == 4h - 20min - 15min - 10min);
  RulePack pack = tiers();
  CHECK(TimeSheet{pack}.add(visit).total() == 195min);
  pack.counting.breaks_count = true;
  CHECK(TimeSheet{pack}.add(visit).total() == 205min);
}

TEST_CASE("a day's first 8 hours count, 12 wait for the parent, the rest for the province",
          "[hours]") {
  const RulePack pack = tiers();
  TimeSheet sheet{pack};
  // 08:00 to 22:00 in Shanghai, with records that meet at 15:00.
  const Assessment first = sheet.add(record(1, "2026-03-05T00:00:00Z", 7h));
  CHECK(first.by_approver == std::array<seconds, 4>{7h, 0h, 0h, 0h});
  const Assessment second = sheet.add(record(2, "2026-03-05T07:00:00Z", 7h));
  CHECK(second.by_approver == std::array<seconds, 4>{1h, 0h, 4h, 2h});
  CHECK(second.disputed == 0s);
}

TEST_CASE("a night is split at the local midnight, not at UTC's", "[hours]") {
  const RulePack pack = tiers();
  TimeSheet sheet{pack};
  // 20:00 to 06:00 in Shanghai: 4 hours on one day, 6 on the next.
  CHECK(sheet.add(record(1, "2026-03-05T12:00:00Z", 10h)).by_approver[0] == 10h);
  using namespace std::chrono;
  CHECK(sheet.covered(2026y / 3 / 5) == 4h);
  CHECK(sheet.covered(2026y / 3 / 6) == 6h);
}

TEST_CASE("days with a change of the clocks have 23 and 25 hours", "[hours]") {
  using namespace std::chrono;
  struct Change {
    const char* zone;
    Date day;
    seconds length;
  };
  // Asia/Shanghai kept summer time from 1986 to 1991.
  const Change changes[] = {{"Asia/Shanghai", 1986y / 5 / 4, 23h},
                            {"Asia/Shanghai", 1986y / 9 / 14, 25h},
                            {"Asia/Shanghai", 1991y / 4 / 14, 23h},
                            {"Asia/Shanghai", 1991y / 9 / 15, 25h},
                            {"Europe/Berlin", 2026y / 3 / 29, 23h},
                            {"Europe/Berlin", 2026y / 10 / 25, 25h},
                            {"America/New_York", 2026y / 3 / 8, 23h},
                            {"America/New_York", 2026y / 11 / 1, 25h},
                            {"Australia/Lord_Howe", 2026y / 10 / 4, 23h + 30min},
                            {"Australia/Lord_Howe", 2026y / 4 / 5, 24h + 30min},
                            {"Africa/Cairo", 2026y / 4 / 24, 23h},
                            {"Africa/Cairo", 2026y / 10 / 29, 25h}};
  for (const auto& [name, day, length] : changes) {
    INFO(name);
    const Zone zone{name};
    const RulePack pack = tiers(name);
    TimeSheet sheet{pack};
    const Instant from = zone.instant(day - days{1}, 0), until = zone.instant(day + days{2}, 0);
    ServiceRecord vigil{.id = {0, 1}, .volunteer = "V", .intervals = {{from, until}}};
    CHECK(sheet.add(vigil).by_approver[0] == 3 * 8h);
    CHECK(sheet.covered(day) == length);
    CHECK(sheet.covered(day - days{1}) == 24h);
    CHECK(sheet.covered(day + days{1}) == 24h);
  }
}

TEST_CASE("seconds that another record covers are in dispute, never merged", "[hours]") {
  const RulePack pack = tiers();
  TimeSheet sheet{pack};
  sheet.add(record(1, "2026-03-05T01:00:00Z", 2h));
  const Assessment late = sheet.add(record(2, "2026-03-05T02:30:00Z", 2h));
  CHECK(late.by_approver[0] == 90min);
  CHECK(late.disputed == 30min);
  CHECK(late.disputed_with == std::vector<Id128>{{0, 1}});
  const Assessment again = sheet.add(record(3, "2026-03-05T01:00:00Z", 3h + 30min));
  CHECK(again.disputed == 3h + 30min);
  CHECK(again.disputed_with == std::vector<Id128>{{0, 1}, {0, 2}});
}

TEST_CASE("back-filled hours wait for the organisation whatever the day's tier", "[hours]") {
  RulePack pack = tiers();
  pack.approval.by_source = {Approver::automatic, Approver::automatic, Approver::automatic,
                             Approver::organisation};
  TimeSheet sheet{pack};
  ServiceRecord late = record(1, "2026-03-05T01:00:00Z", 9h);
  late.source = RecordSource::backfilled;
  CHECK(sheet.add(late).by_approver == std::array<seconds, 4>{0h, 8h, 1h, 0h});
}

TEST_CASE("sheets equal a grid of minutes, in any order of the records", "[hours]") {
  std::mt19937_64 random(seed());
  const char* zones[] = {"Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC",
                         "Australia/Lord_Howe"};
  for (std::int64_t round = 0; round < scaled(150); ++round) {
    RulePack pack = tiers(zones[round % 5]);
    const Zone zone{pack.zone};
    // Around a change of the clocks in each of the zones but one.
    RandomRecords make{std::mt19937_64(random()), utc("2026-03-25T00:00:00Z")};
    if (round % 3 == 1) pack.caps.day = std::chrono::hours{6 + make.below(8)};
    if (round % 3 == 2) pack.caps = {10h, std::chrono::hours{15 + make.below(30)}};
    std::vector<ServiceRecord> records;
    for (std::int64_t i = 1 + make.below(7); i > 0; --i)
      records.push_back(make.next(static_cast<std::uint64_t>(i)));

    std::set<Instant> covered;
    seconds sum{0};
    for (const ServiceRecord& one : records) {
      const auto minutes = grid(one);
      REQUIRE(counted_seconds(one) == minutes.size() * 1min);
      covered.insert(minutes.begin(), minutes.end());
      sum += minutes.size() * 1min;
    }
    std::map<Date, seconds> days, weeks;
    for (const Instant minute : covered) days[zone.local_date(minute)] += 1min;
    seconds under_cap{0};
    for (const auto& [day, length] : days)
      weeks[monday(day)] += std::min(length, pack.caps.day.value_or(seconds::max()));
    for (const auto& [week, length] : weeks)
      under_cap += std::min(length, pack.caps.week.value_or(seconds::max()));

    for (int order = 0; order < 3; ++order) {
      TimeSheet sheet{pack};
      Assessment all;
      for (const ServiceRecord& one : records) {
        const Assessment found = sheet.add(one);
        CHECK(found.total() == counted_seconds(one));
        for (std::size_t i = 0; i < 4; ++i) all.by_approver[i] += found.by_approver[i];
        all.disputed += found.disputed;
        all.over_cap += found.over_cap;
      }
      const seconds united_seconds = covered.size() * 1min;
      CHECK(all.disputed == sum - united_seconds);
      CHECK(all.over_cap == united_seconds - under_cap);
      if (!pack.caps.week) {
        seconds at_once{0}, parent{0};
        for (const auto& [day, length] : days) {
          const seconds counted = std::min(length, pack.caps.day.value_or(seconds::max()));
          at_once += std::min<seconds>(counted, 8h);
          parent += std::min<seconds>(std::max<seconds>(counted - 8h, 0h), 4h);
        }
        CHECK(all.by_approver[0] == at_once);
        CHECK(all.by_approver[2] == parent);
        CHECK(all.by_approver[3] == under_cap - at_once - parent);
      }
      for (const auto& [day, length] : days) CHECK(sheet.covered(day) == length);
      std::shuffle(records.begin(), records.end(), make.random);
    }
  }
}

TEST_CASE("organisations that ran an activity together share its seconds without a rest",
          "[hours]") {
  ServiceRecord joint{.volunteer = "V", .organisation = "A", .co_organisers = {"B", "C"}};
  const auto shares = organisation_shares(joint, 3'601s + 1s);
  REQUIRE(shares.size() == 3);
  CHECK(shares[0] == std::pair{std::string("A"), 1'201s});
  CHECK(shares[1] == std::pair{std::string("B"), 1'201s});
  CHECK(shares[2] == std::pair{std::string("C"), 1'200s});
  std::mt19937_64 random(seed());
  for (int i = 0; i < 1'000; ++i) {
    joint.co_organisers.assign(random() % 16, "X");
    const seconds whole{static_cast<std::int64_t>(random() % 100'000)};
    seconds sum{0}, least = seconds::max(), most{0};
    for (const auto& [organisation, share] : organisation_shares(joint, whole)) {
      sum += share;
      least = std::min(least, share);
      most = std::max(most, share);
    }
    CHECK(sum == whole);
    CHECK(most - least <= 1s);
  }
}

TEST_CASE("seconds are rounded only where they are shown", "[hours]") {
  CHECK(displayed(5'399s, {3600s, Rounding::down}) == 3600s);
  CHECK(displayed(5'399s, {3600s, Rounding::nearest}) == 3600s);
  CHECK(displayed(5'400s, {3600s, Rounding::nearest}) == 7200s);
  CHECK(displayed(3'601s, {3600s, Rounding::up}) == 7200s);
  CHECK(displayed(-1s, {3600s, Rounding::down}) == -3600s);
  CHECK(displayed(5'399s, {}) == 5'399s);
}
