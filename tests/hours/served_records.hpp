#pragma once

#include <random>

#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/served_record.hpp"

namespace jiedui::test {

inline Seconds hours(std::int64_t count) {
  return Seconds{3'600 * count};
}

inline Date day(std::string_view text) {
  return parse_date(text).value();
}

/// Stars "1", "2" … at so many hours.
inline StarRules levels(std::initializer_list<int> hours_of_levels) {
  StarRules rules;
  for (const int count : hours_of_levels)
    rules.levels.push_back({std::to_string(rules.levels.size() + 1), std::chrono::hours{count}});
  return rules;
}

/// A record of so many confirmed hours.
inline ServedRecord served_on(std::string volunteer, std::string_view when, std::int64_t count) {
  return {.volunteer = std::move(volunteer), .day = day(when), .confirmed = hours(count)};
}

/// Records of which anything may be the same.
inline std::vector<ServedRecord> random_served(std::mt19937_64& random, std::size_t count) {
  const auto below = [&](std::size_t bound) { return random() % bound; };
  const auto one_of = [&](std::string kind, std::size_t bound) {
    const std::size_t number = below(bound + 1);
    return number == 0 ? std::string() : kind.append(std::to_string(number));
  };
  std::vector<ServedRecord> records;
  for (std::size_t i = 0; i < count; ++i) {
    ServedRecord record{.record = {i, 7},
                        .account = {below(4), 9},
                        .volunteer = one_of("V", 6),
                        .need = one_of("N", 20),
                        .activity = one_of("A", 4),
                        .organisation = one_of("O", 4),
                        .place = one_of("P", 8),
                        .item = one_of("I", 4),
                        .beneficiary = one_of("B", 4),
                        .source = static_cast<RecordSource>(1 + below(4)),
                        .day = day("2026-01-01") + std::chrono::days{below(200)},
                        .confirmed = Seconds{below(3) == 0 ? 0 : below(20'000)},
                        .claimed = Seconds{below(3) == 0 ? below(9'000) : 0},
                        .people_served = static_cast<std::int64_t>(below(4))};
    if (below(3) == 0) record.co_organisers = {"O5", "O6"};
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace jiedui::test
