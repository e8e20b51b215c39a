#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "hours/served_records.hpp"
#include "jiedui/hours/hours_report.hpp"
#include "jiedui/hours/stars.hpp"
#include "jiedui/hours/supervision.hpp"
#include "jiedui/hours/time_bank.hpp"

// Figures that the programmes have published, by the mechanism or rule they stand for.

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

std::size_t stars_of(Seconds seconds, const StarRules& rules) {
  ServedRecord record = served_on("V", "2026-03-01", 0);
  record.confirmed = seconds;
  return stars(std::vector{record}, rules, latest_date)[0].reached.size();
}

}  // namespace

TEST_CASE("thresholds are not the same everywhere (rule 8)", "[programmes]") {
  const std::initializer_list<int> zhangjiagang{30, 60, 100, 200, 300, 600, 1'000, 1'500, 3'000};
  const std::initializer_list<int> beijing{100, 200, 500, 800, 1'000, 2'000, 3'000, 5'000};
  const std::initializer_list<int> community{10, 20, 30, 40, 50};
  for (const auto& thresholds : {zhangjiagang, beijing, community}) {
    std::size_t level = 0;
    for (const int least : thresholds) {
      CHECK(stars_of(hours(least) - Seconds{1}, levels(thresholds)) == level);
      CHECK(stars_of(hours(least), levels(thresholds)) == ++level);
    }
  }
}

TEST_CASE("clocked hours and back-filled ones are told apart, an hour is a coin (rule 13)",
          "[programmes]") {
  HoursBooks books;
  TimeBank bank(books.ledger, {});
  REQUIRE(bank.enrol({.id = "V"}) == Outcome::booked);
  const Instant noon = parse_instant("2026-03-05T12:00:00Z").value();
  const auto serve = [&](std::uint64_t id, RecordSource source, std::chrono::hours length) {
    const Instant begins = noon + std::chrono::days{id};
    REQUIRE(books.ledger.post(ServiceRecord{.id = {0, id},
                                            .volunteer = "V",
                                            .intervals = {{begins, begins + length}},
                                            .source = source}) == Outcome::booked);
  };
  serve(1, RecordSource::clock, 3h);
  serve(2, RecordSource::backfilled, 2h);
  const auto records = books.ledger.served_records(std::chrono::year{2026});
  const HoursReport report = hours_report(records, {GroupBy::source});
  REQUIRE(report.lines.size() == 2);
  CHECK(report.total.by_source == std::array<Seconds, 4>{hours(3), {}, {}, hours(2)});
  for (const ServedRecord& record : records) {
    if (record.source != RecordSource::clock) continue;  // only these earn
    const RecordPart part = books.ledger.history(record.record)->parts[0];
    const auto earn = [&] {
      return bank.earn(TimeBank::earned_id(part.entry), "V",
                       std::chrono::seconds{part.confirmed.count()}, record.happened);
    };
    CHECK(earn() == Earned{Outcome::booked, 3h, 0h});
    CHECK(earn().outcome == Outcome::exists);
  }
  CHECK(bank.balance("V") == 3h);
  CHECK(books.ledger.balance("V").confirmed == hours(5));  // credits are no hours
}

TEST_CASE("at least 25 hours a head and year, 62.59 % active (rule 16)", "[programmes]") {
  const ActivityRules rules{.least = 25h};
  const CalendarPeriod year = activity_period(rules, day("2026-12-31"));
  CHECK(year == CalendarPeriod(std::chrono::year{2026}));
  std::vector<std::string> registered;
  std::vector<ServedRecord> records;
  for (int i = 0; i < 10'000; ++i) {
    registered.push_back("V" + std::to_string(i));
    if (i < 6'259) records.push_back(served_on(registered.back(), "2026-06-01", 25));
    if (i >= 6'259 && i % 2 == 0) {
      records.push_back(served_on(registered.back(), "2026-06-01", 25));
      records.back().confirmed = hours(25) - Seconds{1};
    }
  }
  CHECK(activity_rate(records, rules, registered).basis_points() == 6'259);
}

TEST_CASE("a window of activity ends on its day", "[programmes]") {
  const auto window = [](int months, std::string_view as_of) {
    return activity_period({.window = std::chrono::months{months}}, day(as_of)).to_string();
  };
  CHECK(window(1, "2026-03-31") == "2026-03-01 to 2026-03-31");
  CHECK(window(1, "2026-02-28") == "2026-01-29 to 2026-02-28");
  CHECK(window(12, "2024-02-29") == "2023-03-01 to 2024-02-29");
  CHECK(window(6, "2026-08-31") == "2026-03-01 to 2026-08-31");
}

TEST_CASE("260 activities, 5,000 person-times, 42,000 served (N10)", "[programmes]") {
  std::vector<ServedRecord> records;
  for (int i = 0; i < 5'000; ++i) {
    ServedRecord record = served_on("V" + std::to_string(i % 700), "2026-05-01", 2);
    record.activity = "A" + std::to_string(i % 260);
    // Who leads the activity writes the heads down, once: 161 or 162 of them.
    if (i < 260) record.people_served = 161 + (i < 42'000 - 161 * 260 ? 1 : 0);
    records.push_back(record);
  }
  const HoursReport report = hours_report(records, {GroupBy::activity});
  CHECK(report.lines.size() == 260);
  CHECK(report.total.person_times == 5'000);
  CHECK(report.total.distinct_persons == 700);
  CHECK(report.total.people_served == 42'000);
}

TEST_CASE("two associations watch a sick man round the clock: 24 hours, split without a rest (G4)",
          "[programmes]") {
  HoursBooks books;
  const Instant begin = parse_instant("2026-03-05T00:00:00Z").value();
  // Seven watches, the last one shorter; the two run them together.
  constexpr std::chrono::seconds watch = std::chrono::seconds{24h} / 7 + 1s;
  for (std::uint64_t i = 0; i < 7; ++i) {
    const Instant from = begin + static_cast<std::int64_t>(i) * watch;
    const Instant until = std::min(from + watch, begin + 24h);
    REQUIRE(books.ledger.post(ServiceRecord{.id = {0, i + 1},
                                            .volunteer = "V" + std::to_string(i),
                                            .activity = "watch",
                                            .organisation = "rescue",
                                            .intervals = {{from, until}},
                                            .planned = {{from, from + watch}},
                                            .co_organisers = {"lions"}}) == Outcome::booked);
  }
  const auto records = books.ledger.served_records(std::chrono::year{2026});
  const HoursReport shares = hours_report(records, {GroupBy::organisation});
  REQUIRE(shares.lines.size() == 2);
  CHECK(shares.total.confirmed == hours(24));
  CHECK(shares.lines[0].confirmed + shares.lines[1].confirmed == hours(24));
  CHECK(shares.lines[0].person_times == 7);
  const HoursReport people = hours_report(records, {GroupBy::volunteer});
  CHECK(people.lines[0].confirmed == Seconds{watch.count()});  // volunteers keep all of theirs
  // Planned against actual (D4): the last watch ended five seconds early.
  CHECK(people.lines[6].planned - people.lines[6].confirmed == Seconds{7 * watch.count() - 86'400});
  CHECK(people.total.planned == Seconds{7 * watch.count()});
}

TEST_CASE("two thousand activities of a hundred associations in a year (G2)", "[programmes]") {
  // About 1,000 of them by volunteer organisations, for 8,000 people.
  std::vector<ServedRecord> records;
  for (int i = 0; i < 2'000; ++i) {
    ServedRecord record = served_on("V" + std::to_string(i % 300), "2021-07-01", 3);
    record.activity = "A" + std::to_string(i);
    record.organisation = (i % 2 == 0 ? "volunteers-" : "association-") + std::to_string(i % 100);
    if (i % 2 == 0) record.people_served = 8;
    records.push_back(record);
  }
  const HoursReport report = hours_report(records, {GroupBy::organisation});
  CHECK(report.lines.size() == 100);
  std::int64_t acts = 0, people = 0;
  for (const HoursLine& line : report.lines) {
    if (!line.keys[0].starts_with("volunteers-")) continue;
    acts += line.person_times;
    people += line.people_served;
  }
  CHECK(acts == 1'000);
  CHECK(people == 8'000);
  CHECK(ranking(report, RankBy::people_served, 1).size() == 50);  // all alike: one place
}

TEST_CASE("six hundred workers lead ten thousand residents, and more (C2)", "[programmes]") {
  CHECK(work_load(10'000, 600, 17) ==
        WorkLoad{.units = 10'000, .workers = 600, .each = 16, .left = 400, .is_over = false});
  CHECK_FALSE(work_load(10'200, 600, 17).is_over);
  CHECK(work_load(10'201, 600, 17).is_over);
}
