#include "jiedui/hours/calendar_period.hpp"

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

CalendarPeriod taken(const CalendarPeriod& period) {
  return period;
}

}  // namespace

TEST_CASE("a period is named by year, month, day or two days", "[hours]") {
  CHECK(taken({2026y / 3}).to_string() == "2026-03-01 to 2026-03-31");
  CHECK(taken({2024y / 2}).to_string() == "2024-02-01 to 2024-02-29");
  CHECK(taken({2026y}).to_string() == "2026-01-01 to 2026-12-31");
  CHECK(taken({2026y / 3 / 5}).to_string() == "2026-03-05 to 2026-03-05");
  CHECK(taken({*parse_date("2026-01-05"), *parse_date("2026-02-04")}).to_string() ==
        "2026-01-05 to 2026-02-04");
}

TEST_CASE("a period's days are those of a zone", "[hours]") {
  const Period march = taken({2026y / 3}).instants(Zone{"Asia/Shanghai"});
  CHECK(march.from == utc("2026-02-28T16:00:00Z"));
  CHECK(march.until == utc("2026-03-31T16:00:00Z"));
  // New York's clocks go forward on 8 March 2026: the month is an hour short.
  const Period short_month = taken({2026y / 3}).instants(Zone{"America/New_York"});
  CHECK(short_month.until - short_month.from == std::chrono::hours{31 * 24 - 1});
}

TEST_CASE("a period is of real days in order", "[hours]") {
  CHECK_THROWS_AS(taken({2026y / 13}), Error);
  CHECK_THROWS_AS(taken({2026y / 2 / 30}), Error);
  CHECK_THROWS_AS(taken({1899y}), Error);
  CHECK_THROWS_AS(taken({2200y}), Error);
  CHECK_THROWS_AS(taken({*parse_date("2026-01-02"), *parse_date("2026-01-01")}), Error);
}
