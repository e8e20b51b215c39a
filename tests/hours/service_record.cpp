#include "jiedui/hours/service_record.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

std::vector<std::string> codes(const ServiceRecord& record) {
  ProblemList problems;
  check(record, 1, problems);
  std::vector<std::string> found;
  for (const Problem& problem : problems.listed()) found.push_back(problem.code);
  return found;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a planned pair that was carried out is a record", "[hours]") {
  const ServiceRecord record = served(planned("V-0042", "N-17", "2026-03-05T01:30:00Z"), 90min);
  CHECK(record.volunteer == "V-0042");
  CHECK(record.need == "N-17");
  CHECK(record.id.is_zero());
  CHECK(record.intervals ==
        std::vector<ServiceInterval>{{utc("2026-03-05T01:30:00Z"), utc("2026-03-05T03:00:00Z")}});
  CHECK(counted_seconds(record) == 5'400s);
  CHECK(codes(record).empty());

  const ServiceRecord timeless = served(planned("V-0042", "N-17", ""), 90min);
  CHECK(timeless.intervals.empty());
  CHECK(counted_seconds(timeless) == 5'400s);
  CHECK(codes(timeless).empty());

  const ServiceRecord late =
      served(planned("V", "N", "2026-03-05T01:30:00Z"), 1h, utc("2026-03-05T02:00:00Z"));
  CHECK(late.intervals.front().begins == utc("2026-03-05T02:00:00Z"));
}

TEST_CASE("intervals that overlap or touch are one", "[hours]") {
  const auto at_minute = [](int minute) { return at(60 * minute); };
  CHECK(
      united({{at_minute(30), at_minute(40)},
              {at_minute(0), at_minute(10)},
              {at_minute(10), at_minute(20)},
              {at_minute(35), at_minute(50)},
              {at_minute(36), at_minute(37)}}) ==
      std::vector<ServiceInterval>{{at_minute(0), at_minute(20)}, {at_minute(30), at_minute(50)}});
  CHECK(united({}).empty());
  const ServiceRecord record{
      .volunteer = "V", .intervals = {{at(0), at(100)}, {at(50), at(150)}, {at(200), at(201)}}};
  CHECK(counted_seconds(record) == 151s);
}

TEST_CASE("uniting intervals equals counting seconds one by one", "[hours]") {
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  for (std::int64_t round = scaled(2'000); round > 0; --round) {
    ServiceRecord record{.volunteer = "V"};
    std::vector<bool> grid(200);
    for (unsigned count = random() % 8; count > 0; --count) {
      const auto begin = static_cast<std::int64_t>(random() % 150);
      const auto end = begin + 1 + static_cast<std::int64_t>(random() % 40);
      record.intervals.push_back({at(begin), at(end)});
      std::fill(grid.begin() + begin, grid.begin() + end, true);
    }
    REQUIRE(counted_seconds(record).count() == std::count(grid.begin(), grid.end(), true));
  }
}

TEST_CASE("everything wrong with a record is found at once", "[hours]") {
  ServiceRecord record{.need = std::string(257, 'n'),
                       .intervals = {{at(10), at(10)}, {at(-2'300'000'000), at(5)}},
                       .served = -1s,
                       .source = static_cast<RecordSource>(9)};
  CHECK(codes(record) == Codes{"id_too_long", "volunteer_missing", "source_unknown",
                               "interval_reversed", "time_out_of_range", "served_negative"});
  record = {.volunteer = "V"};
  CHECK(codes(record) == Codes{"served_missing"});
  record.served = 10s;
  CHECK(codes(record).empty());
  record.intervals = {{at(0), at(6)}, {at(4), at(9)}};
  CHECK(codes(record) == Codes{"served_above_intervals"});
  record.served = 9s;
  CHECK(codes(record).empty());
  constexpr int month = 31 * 24 * 3'600;
  record.intervals = {{at(0), at(9)}, {at(month - 9), at(month)}};
  CHECK(codes(record).empty());
  ++record.intervals[1].ends;
  CHECK(codes(record) == Codes{"record_spans_too_long"});
  record.intervals.resize(1'001, {at(0), at(60)});
  CHECK(codes(record) == Codes{"intervals_too_many"});
}
