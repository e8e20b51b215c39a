#include "jiedui/network/window.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "support/run.hpp"

using jiedui::Interval;
using jiedui::parse_date;
using jiedui::Window;

namespace {

std::vector<Window> windows(std::initializer_list<const char*> terms) {
  std::vector<Window> all;
  for (const char* term : terms) {
    const auto parsed = jiedui::parse_window(term);
    REQUIRE(parsed);
    all.insert(all.end(), parsed->begin(), parsed->end());
  }
  return all;
}

std::int64_t second_of(const char* date, int hour, int minute = 0) {
  return parse_date(date)->time_since_epoch().count() * 86'400 + hour * 3600 + minute * 60;
}

}  // namespace

TEST_CASE("the window syntax is read and written back", "[network]") {
  for (const char* term : {"Mon 09:00-11:30", "Sun 00:00-24:00", "2026-03-05 22:00-26:00",
                           "not 2026-03-05 00:00-24:00", "Wed 00:00-48:00"}) {
    const auto parsed = jiedui::parse_window(term);
    REQUIRE(parsed);
    REQUIRE(parsed->size() == 1);
    CHECK(format(parsed->front()) == term);
  }
  CHECK(jiedui::parse_window("Mon-Fri 09:00-11:30")->size() == 5);
  CHECK(jiedui::parse_window("daily 09:00-11:30")->size() == 7);
  CHECK(format(jiedui::parse_window("not 2026-03-05")->front()) == "not 2026-03-05 00:00-24:00");
  for (const char* wrong :
       {"", "Mon9:00-11:30", "Mon 9:00-11:30", "Mon 11:30-09:00", "Mon 09:00-09:00",
        "Mon 09:00-48:01", "Mon 09:60-11:00", "Fri-Mon 09:00-11:00", "Montag 09:00-11:00",
        "2026-02-30 09:00-11:00", "not Mon 09:00-11:00", "not ", "Mon  09:00-11:00"})
    CHECK_FALSE(jiedui::parse_window(wrong));
}

TEST_CASE("open intervals: weekly, dated, exceptions, over midnight", "[network]") {
  const auto from = *parse_date("2026-03-02");  // a Monday
  const auto until = *parse_date("2026-03-08");
  CHECK(jiedui::open_intervals(windows({"Mon 09:00-12:00", "Mon 11:00-13:00"}), from, until) ==
        std::vector<Interval>{{second_of("2026-03-02", 9), second_of("2026-03-02", 13)}});
  // Sunday's night before the horizon reaches into it; that of its last day is cut.
  CHECK(jiedui::open_intervals(windows({"Sun 22:00-26:00"}), from, until) ==
        std::vector<Interval>{{second_of("2026-03-02", 0), second_of("2026-03-02", 2)},
                              {second_of("2026-03-08", 22), second_of("2026-03-08", 24)}});
  CHECK(jiedui::open_intervals(windows({"2026-03-05 09:00-12:00", "not 2026-03-05 10:00-10:30"}),
                               from, until) ==
        std::vector<Interval>{{second_of("2026-03-05", 9), second_of("2026-03-05", 10)},
                              {second_of("2026-03-05", 10, 30), second_of("2026-03-05", 12)}});
  // Nothing but an exception means: any time but then.
  CHECK(jiedui::open_intervals(windows({"not 2026-03-03"}), from, until) ==
        std::vector<Interval>{{second_of("2026-03-02", 0), second_of("2026-03-03", 0)},
                              {second_of("2026-03-04", 0), second_of("2026-03-09", 0)}});
}

TEST_CASE("open intervals and intersections equal a grid of half hours", "[network]") {
  std::mt19937 random(3);
  const auto from = *parse_date("2026-03-02");
  constexpr int days = 9;
  for (std::int64_t run = 0; run < jiedui::test::scaled(300); ++run) {
    const auto draw = [&](int below) { return static_cast<int>(random() % below); };
    const auto any_windows = [&] {
      std::vector<Window> list;
      for (int i = draw(4); i >= 0; --i) {
        Window window;
        window.kind = static_cast<Window::Kind>(draw(3));
        const int first = static_cast<int>(from.time_since_epoch().count());
        window.day = window.kind == Window::Kind::weekly ? draw(7) : first - 1 + draw(days + 1);
        window.begin = draw(95) * 1800;
        window.end = window.begin + (1 + draw(96 - window.begin / 1800)) * 1800;
        if (window.end > 172'800) window.end = 172'800;
        list.push_back(window);
      }
      return list;
    };
    const auto grid_of = [&](const std::vector<Window>& list) {
      std::vector<bool> open(days * 48, false);
      std::vector<bool> closed(days * 48, false);
      bool opening = false;
      for (const Window& window : list) {
        opening = opening || window.kind != Window::Kind::except;
        for (int day = -1; day < days; ++day) {
          const auto date = from + std::chrono::days{day};
          const bool applies =
              window.kind == Window::Kind::weekly
                  ? std::chrono::weekday{date}.iso_encoding() == unsigned(window.day) + 1
                  : date.time_since_epoch().count() == window.day;
          for (int cell = window.begin / 1800; applies && cell < window.end / 1800; ++cell) {
            const int at = day * 48 + cell;
            if (at < 0 || at >= days * 48) continue;
            (window.kind == Window::Kind::except ? closed : open)[static_cast<std::size_t>(at)] =
                true;
          }
        }
      }
      for (std::size_t i = 0; i < open.size(); ++i) open[i] = (open[i] || !opening) && !closed[i];
      return open;
    };
    const auto to_grid = [&](const std::vector<Interval>& intervals) {
      std::vector<bool> grid(days * 48, false);
      const std::int64_t zero = from.time_since_epoch().count() * 86'400;
      std::int64_t last = zero - 1;
      for (const Interval& interval : intervals) {
        CHECK(interval.begin > last);  // disjoint, in order, none touching
        CHECK(interval.begin < interval.end);
        last = interval.end;
        for (std::int64_t at = interval.begin; at < interval.end; at += 1800)
          grid[static_cast<std::size_t>((at - zero) / 1800)] = true;
      }
      return grid;
    };
    const auto a = any_windows();
    const auto b = any_windows();
    const auto until = from + std::chrono::days{days - 1};
    const auto open_a = jiedui::open_intervals(a, from, until);
    const auto open_b = jiedui::open_intervals(b, from, until);
    CHECK(to_grid(open_a) == grid_of(a));
    auto both = grid_of(a);
    const auto grid_b = grid_of(b);
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = both[i] && grid_b[i];
    CHECK(to_grid(jiedui::intersection(open_a, open_b)) == both);
  }
}
