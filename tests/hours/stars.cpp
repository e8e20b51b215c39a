#include "jiedui/hours/stars.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "hours/served_records.hpp"
#include "jiedui/network/builder.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const StarRules china = levels({100, 300, 600, 1'000, 1'500});  // rule 6
const StarRules beijing = levels({100, 200, 500, 800, 1'000});  // rule 8

std::size_t count_of(const std::vector<ServedRecord>& records, const StarRules& rules) {
  return stars(records, rules, latest_date)[0].reached.size();
}

}  // namespace

TEST_CASE("stars of China and of Beijing at their bounds", "[hours]") {
  const auto with = [](std::int64_t seconds) {
    ServedRecord record = served_on("V", "2026-03-01", 0);
    record.confirmed = Seconds{seconds};
    return std::vector<ServedRecord>{record};
  };
  const std::pair<std::int64_t, std::pair<std::size_t, std::size_t>> cases[] = {
      {99, {0, 0}},  {100, {1, 1}}, {200, {1, 2}},   {300, {2, 2}},   {500, {2, 3}},
      {600, {3, 3}}, {800, {3, 4}}, {1'000, {4, 5}}, {1'499, {4, 5}}, {1'500, {5, 5}}};
  for (const auto& [count, expected] : cases) {
    CAPTURE(count);
    CHECK(count_of(with(count * 3'600), china) == expected.first);
    CHECK(count_of(with(count * 3'600), beijing) == expected.second);
  }
  CHECK(count_of(with(360'000 - 1), china) == 0);  // a second less than 100 hours
}

TEST_CASE("a star is reached on the day when the running sum came to it", "[hours]") {
  const std::vector<ServedRecord> records = {
      served_on("V", "2026-05-01", 150), served_on("V", "2026-01-01", 60),
      served_on("V", "2026-02-01", 30),  served_on("V", "2026-03-01", 10),
      served_on("W", "2026-03-01", 20),  served_on("", "2026-03-01", 500)};
  const auto found = stars(records, china, day("2026-12-31"));
  REQUIRE(found.size() == 2);
  CHECK(found[0] == StarStanding{.volunteer = "V",
                                 .counted = hours(250),
                                 .reached = {{"1", day("2026-03-01")}},
                                 .next = "2",
                                 .to_next = hours(50)});
  CHECK(found[1].reached.empty());
  CHECK(found[1].to_next == hours(80));
  CHECK(stars(records, china, day("2026-02-28"))[0].to_next == hours(10));
  CHECK(star_table(found).rows() == 2);
}

TEST_CASE("tenure and hours must both be there, level after level", "[hours]") {
  // Rule 8, Longgang: 100 and 300 hours with half a year registered, 600 with a year.
  StarRules rules = levels({100, 300, 600});
  rules.levels[0].registered_at_least = rules.levels[1].registered_at_least =
      std::chrono::days{183};
  rules.levels[2].registered_at_least = std::chrono::days{365};
  const std::vector<ServedRecord> records = {served_on("V", "2026-02-01", 120),
                                             served_on("V", "2026-08-01", 500)};
  const Registrations registered = {{"V", day("2026-01-01")}, {"W", day("2026-06-01")}};
  const auto found = stars(records, rules, day("2026-12-30"), registered);
  REQUIRE(found.size() == 2);
  CHECK(found[0].reached ==
        std::vector<StarReached>{{"1", day("2026-07-03")}, {"2", day("2026-08-01")}});
  CHECK(found[0].next == "3");
  CHECK(found[0].to_next == hours(0));
  CHECK(found[0].next_from == day("2027-01-01"));
  CHECK(found[1].volunteer == "W");  // registered, without hours
  CHECK(found[1].next_from == day("2026-12-01"));
  const auto later = stars(records, rules, day("2027-01-01"), registered);
  CHECK(later[0].reached.back() == StarReached{"3", day("2027-01-01")});
  CHECK_FALSE(later[0].next);
  // Without a day of registration no level that asks for tenure can be told.
  CHECK(stars(records, rules, latest_date)[0].reached.empty());
}

TEST_CASE("where only clocked hours count for stars", "[hours]") {
  std::vector<ServedRecord> records = {served_on("V", "2026-02-01", 120),
                                       served_on("V", "2026-03-01", 40)};
  records[1].source = RecordSource::clock;
  StarRules rules = china;
  CHECK(stars(records, rules, latest_date)[0].counted == hours(160));
  rules.clocked_only = true;
  CHECK(stars(records, rules, latest_date)[0].counted == hours(40));
}

TEST_CASE("the order of records changes no star, and levels come in order", "[hours]") {
  std::mt19937_64 random(seed());
  const StarRules rules = levels({1, 3, 9, 27});
  for (std::int64_t round = scaled(20); round > 0; --round) {
    auto records = random_served(random, 100);
    const Date as_of = day("2026-01-01") + std::chrono::days{random() % 250};
    const auto found = stars(records, rules, as_of);
    std::shuffle(records.begin(), records.end(), random);
    REQUIRE(stars(records, rules, as_of) == found);
    for (const StarStanding& standing : found) {
      Date last = earliest_date;
      std::size_t level = 0;
      for (const StarReached& star : standing.reached) {
        REQUIRE(star.day >= last);
        last = star.day;
        Seconds by_then, before;
        for (const ServedRecord& record : records) {
          if (record.volunteer != standing.volunteer) continue;
          if (record.day <= star.day) by_then += record.confirmed;
          if (record.day < star.day) before += record.confirmed;
        }
        const Seconds least{rules.levels[level].least.count()};
        REQUIRE(by_then >= least);
        REQUIRE(before < least);
        ++level;
      }
    }
  }
}

TEST_CASE("days of registration of a network", "[hours]") {
  NetworkBuilder builder;
  builder.add(Volunteer{.id = "V1", .registered_since = day("2025-05-01")});
  builder.add(Volunteer{.id = "V2"});
  CHECK(registrations(builder.build()) == Registrations{{"V1", day("2025-05-01")}});
}
