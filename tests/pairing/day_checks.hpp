#pragma once

#include <set>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/error_code.hpp"

// Whether a Dispatcher's plan is right.

namespace jiedui::test {

inline std::set<std::pair<std::string, std::string>> pairs_of(const Plan& plan) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const PlannedPair& pair : plan.pairs()) pairs.emplace(pair.need, pair.volunteer);
  return pairs;
}

inline std::size_t changes_between(const Plan& before, const Plan& after) {
  const auto a = pairs_of(before);
  const auto b = pairs_of(after);
  std::size_t kept = 0;
  for (const auto& pair : a) kept += b.count(pair);
  return a.size() + b.size() - 2 * kept;
}

inline void check_change(const PlanChange& change, const Plan& before, const Plan& after) {
  auto pairs = pairs_of(before);
  std::set<std::string> volunteers, needs;
  const auto note = [&](const PairName& pair) {
    volunteers.insert(pair.volunteer);
    needs.insert(pair.need);
  };
  for (const PairName& pair : change.dropped) {
    REQUIRE(pairs.erase({pair.need, pair.volunteer}) == 1);
    note(pair);
  }
  for (const PairName& pair : change.added) {
    REQUIRE(pairs.insert({pair.need, pair.volunteer}).second);
    note(pair);
  }
  const auto listed = [](const auto& of) {
    std::string text;
    for (const auto& [need, volunteer] : of) text += " " + volunteer + "-" + need;
    return text;
  };
  INFO("before, changed:" << listed(pairs) << "; after:" << listed(pairs_of(after)));
  REQUIRE(pairs == pairs_of(after));
  for (const PairName& pair : change.moved) note(pair);
  REQUIRE(change.volunteers == std::vector<std::string>(volunteers.begin(), volunteers.end()));
  REQUIRE(change.needs == std::vector<std::string>(needs.begin(), needs.end()));
}

/// Whether the plan is right, and, if `cold`, as good as one solved anew.
inline void check(const Dispatcher& dispatcher, const PlanChange& change, const Plan& before,
                  bool cold) {
  const Plan plan = dispatcher.plan();
  const Market market = dispatcher.market();
  check_change(change, before, plan);
  const Verification verification = verify(plan, market);
  INFO((verification.findings.empty()
            ? ""
            : verification.findings.front().code + " " + verification.findings.front().place));
  std::string listed;
  for (const PlanData::Entry& entry : plan.data().pairs)
    listed += " " + entry.pair.volunteer + "-" + entry.pair.need + (entry.pinned ? "!" : "");
  INFO("pairs" << listed);
  REQUIRE(verification);
  if (!cold) return;
  SolveOptions options;
  options.before = &before;
  const Plan anew = solve(market, options);
  REQUIRE(anew.tiers() == plan.tiers());
  REQUIRE(anew.points() - anew.data().load_cost == plan.points() - plan.data().load_cost);
  REQUIRE(anew.data().unmet == plan.data().unmet);
  REQUIRE(changes_between(before, anew) == changes_between(before, plan));
}

}  // namespace jiedui::test
