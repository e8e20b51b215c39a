// What a solve tells of itself on the way.

#include <catch2/catch.hpp>

#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Instance;

namespace {

/// Solves, and holds each report against the plan in the end. Returns how many there were.
std::size_t check_reports(const Instance& instance) {
  std::vector<solver::Progress> reports;
  const solver::Solution solution = solver::solve(
      instance, {.progress = [&](const solver::Progress& now) { reports.push_back(now); }});
  REQUIRE_FALSE(reports.empty());
  CHECK(reports.front().fraction == 0);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    INFO("report " << i << " of " << reports.size());
    REQUIRE(reports[i].bound >= solution.value);
    if (i == 0) continue;
    REQUIRE(reports[i].bound <= reports[i - 1].bound);
    REQUIRE(reports[i].fraction > reports[i - 1].fraction);
  }
  return reports.size();
}

/// Half as many places as people are asked for: prices rise everywhere.
Instance scarce_instance(std::uint32_t volunteers, std::mt19937_64& random) {
  Instance instance;
  instance.first = {0};
  instance.capacity.assign(volunteers, 1);
  for (std::uint32_t n = 0; n < volunteers; ++n) {
    instance.demand.push_back(2);
    instance.tier.push_back(static_cast<std::int32_t>(1 + random() % 4));
    std::set<std::uint32_t> known;
    while (known.size() < 12) known.insert(static_cast<std::uint32_t>(random() % volunteers));
    for (const std::uint32_t v : known)
      instance.candidates.push_back(
          {v, solver::Candidate::no_slot, static_cast<std::int64_t>(random() % 100'000)});
    instance.first.push_back(instance.candidates.size());
  }
  return instance;
}

}  // namespace

TEST_CASE("the first report bounds the plan, whatever the limits", "[pairing]") {
  std::mt19937_64 random(1201);
  for (std::int64_t run = 0; run < test::scaled(2'000); ++run) {
    const test::Shape shape = test::with_random_features(
        {.volunteers = 5, .needs = 5, .slots = 2, .points_by_slot = true}, random);
    INFO("run " << run);
    CHECK(check_reports(test::random_instance(shape, random)) == 1);
  }
}

TEST_CASE("reports on the way bound the plan, ever closer", "[pairing]") {
  std::mt19937_64 random(1202);
  CHECK(check_reports(scarce_instance(8'000, random)) >= 1);
}

TEST_CASE("a plan before changes nothing about the bound", "[pairing]") {
  std::mt19937_64 random(1203);
  for (std::int64_t run = 0; run < test::scaled(200); ++run) {
    const Instance instance =
        test::random_instance({.volunteers = 5, .needs = 5, .points_by_slot = true}, random);
    const ExplicitMarket market = test::market_of(instance);
    const Plan before = solve(market);
    std::optional<solver::Progress> first;
    const Plan plan = solve(
        market, {.progress = [&](const solver::Progress& now) { first = now; }, .before = &before});
    REQUIRE(first);
    CHECK(first->bound >= plan.value());
  }
}
