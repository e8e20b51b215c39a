#pragma once

#include <charconv>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "jiedui/wire/csv.hpp"
#include "support/run.hpp"

namespace jiedui::test {

/// Solves, and holds the plan to its proof.
inline Plan solved_and_proved(const Market& market) {
  Plan plan = solve(market);
  REQUIRE(plan.is_optimal());
  const Verification verification = verify(plan, market);
  for (const Verification::Finding& finding : verification.findings)
    UNSCOPED_INFO(finding.code << " " << finding.place);
  REQUIRE(verification.feasible);
  REQUIRE(verification.optimal);
  return plan;
}

/// What everybody expects of a plan, counted without verify: nobody is in two places at once or
/// serves more needs than he said, and no need gets more people than it asked for.
inline void check_by_hand(const Plan& plan, const Network& network) {
  std::map<std::string, std::vector<std::pair<Instant, Instant>>> visits;
  std::map<std::string, std::int64_t> taken;
  std::map<std::string, std::int64_t> got;
  for (const PlannedPair& pair : plan.pairs()) {
    ++taken[pair.volunteer];
    ++got[pair.need];
    if (pair.begins) visits[pair.volunteer].emplace_back(*pair.begins, *pair.ends);
  }
  std::int64_t overlaps = 0;
  for (auto& [volunteer, stretches] : visits) {
    std::sort(stretches.begin(), stretches.end());
    for (std::size_t i = 1; i < stretches.size(); ++i)
      overlaps += stretches[i].first < stretches[i - 1].second ? 1 : 0;
  }
  CHECK(overlaps == 0);
  std::int64_t over_capacity = 0;
  for (const auto& [volunteer, count] : taken)
    over_capacity +=
        count > network.volunteers().capacity[network.volunteer_index(volunteer).value()];
  CHECK(over_capacity == 0);
  std::int64_t over_demand = 0;
  for (const auto& [need, count] : got)
    over_demand += count > network.needs().demand[network.need_index(need).value()];
  CHECK(over_demand == 0);
}

/// The texts of a column of a real file.
inline const TextColumn& texts(const Table& table, std::string_view column) {
  const Column* found = table.find(column);
  REQUIRE(found != nullptr);
  return std::get<TextColumn>(found->cells);
}

inline double real_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  INFO(text);
  REQUIRE(error == std::errc{});
  REQUIRE(end == text.data() + text.size());
  return value;
}

inline std::int64_t whole_number(std::string_view text) {
  return static_cast<std::int64_t>(real_number(text));
}

}  // namespace jiedui::test
