#include "jiedui/base/calendar.hpp"

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"

using jiedui::format;
using jiedui::parse_date;
using jiedui::parse_instant;
using jiedui::Zone;

TEST_CASE("only real days are read", "[base]") {
  CHECK(format(*parse_date("2024-02-29")) == "2024-02-29");
  CHECK(format(*parse_date("1900-01-01")) == "1900-01-01");
  for (const char* wrong :
       {"", "2023-02-29", "2024-2-9", "2024-13-01", "2024-00-10", "2024-01-32", "1899-12-31",
        "2200-01-01", "2024/01/01", "20240101", "2024-01-1x", "+024-01-01", "2024-01-01 "})
    CHECK_FALSE(parse_date(wrong));
  CHECK(format(*parse_instant("2026-03-05T23:59:59Z")) == "2026-03-05T23:59:59Z");
  for (const char* wrong : {"2026-03-05T24:00:00Z", "2026-03-05T23:60:00Z", "2026-03-05T23:59:60Z",
                            "2026-03-05T23:59:59", "2026-03-05 23:59:59Z"})
    CHECK_FALSE(parse_instant(wrong));
}

TEST_CASE("local times become instants, gaps and folds by the stated rule", "[base]") {
  constexpr std::int64_t hour = 3600;
  const Zone shanghai("Asia/Shanghai");
  CHECK(format(shanghai.instant(*parse_date("2026-03-05"), 9 * hour)) == "2026-03-05T01:00:00Z");
  // China set its clocks forward on 1986-05-04 at 02:00 (tz database, PRC rules): 02:30 is not on
  // the clock and moves to 03:30 summer time, 18:30 UTC the day before.
  CHECK(format(shanghai.instant(*parse_date("1986-05-04"), 2 * hour + 1800)) ==
        "1986-05-03T18:30:00Z");
  const Zone new_york("America/New_York");
  // 2025-11-02 01:30 comes twice; the earlier one is daylight time, UTC − 4.
  CHECK(format(new_york.instant(*parse_date("2025-11-02"), hour + 1800)) == "2025-11-02T05:30:00Z");
  // 26:00 of one day is 02:00 of the next.
  CHECK(shanghai.instant(*parse_date("2026-03-05"), 26 * hour) ==
        shanghai.instant(*parse_date("2026-03-06"), 2 * hour));
  CHECK(format(shanghai.local_date(*parse_instant("2026-03-05T16:00:00Z"))) == "2026-03-06");
  CHECK(shanghai.local_text(*parse_instant("2026-03-05T01:05:00Z")) == "2026-03-05 09:05");
  CHECK_THROWS_AS(Zone("Asia/Quzhou"), jiedui::Error);
}
