// A verifier is worth what it rejects.

#include "jiedui/pairing/verify.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "instances.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;

namespace {

/// Two volunteers, three needs of two tiers, in two slots; the best plan can be seen by eye: v0
/// takes n0 (tier 1) and n1 in another slot, v1 takes n2.
ExplicitMarket market() {
  return {{.volunteer = {0, 0, 0, 1, 1},
           .need = {0, 1, 2, 1, 2},
           .points = {10, 30, 50, 20, 5},
           .slot = {0, 1, 0, 1, 0}},
          {2, 1},
          {1, 1, 1},
          {1, 2, 2},
          {"v0", "v1"},
          {"n0", "n1", "n2"}};
}

std::string first_finding(const PlanData& data) {
  const Verification verification = verify(Plan(data), market());
  CHECK_FALSE(verification);
  return verification.findings.empty() ? "" : verification.findings.front().code;
}

}  // namespace

TEST_CASE("the best plan is found and verified", "[pairing]") {
  const Plan plan = solve(market());
  REQUIRE(plan.size() == 3);
  CHECK(plan.pair(0).need == "n0");
  CHECK(plan.pair(0).volunteer == "v0");
  CHECK(plan.pair(1).volunteer == "v0");
  CHECK(plan.pair(2).volunteer == "v1");
  CHECK(plan.points() == 10 + 30 + 5);
  CHECK(plan.tiers() == std::vector<TierCount>{{1, 1, 1}, {2, 2, 2}});
  CHECK(plan.gap() == 0);
  const Verification verification = verify(plan, market());
  CHECK(verification);
  CHECK(verification.pairs_checked == 5);
}

TEST_CASE("a plan that is not feasible is rejected", "[pairing]") {
  const PlanData good = solve(market()).data();
  PlanData bad = good;
  bad.pairs[2].pair.volunteer = "v0";  // slot 0 taken twice, and v0 has capacity 2
  bad.pairs[2].pair.points = Points{50};
  CHECK(first_finding(bad) == "slot_taken_twice");
  bad = good;
  bad.pairs[0].pair.volunteer = "v1";
  bad.pairs[0].slot = 2;
  CHECK(first_finding(bad) == "capacity_exceeded");
  bad = good;
  bad.pairs[0].pair.volunteer = "somebody";
  CHECK(first_finding(bad) == "id_unknown");
  bad = good;
  bad.pairs[0].pair.points = Points{11};
  CHECK(first_finding(bad) == "points_differ");
  bad = good;
  bad.pairs[1].slot = 0;  // the pair exists in slot 1 only
  CHECK_FALSE(verify(Plan(bad), market()).feasible);
}

TEST_CASE("a feasible plan that is not the best is rejected, whatever its proof", "[pairing]") {
  PlanData bad = solve(market()).data();
  bad.pairs.pop_back();
  bad.tiers.back().filled -= 1;
  const Verification verification = verify(Plan(bad), market());
  CHECK(verification.feasible);
  CHECK_FALSE(verification.optimal);
}

TEST_CASE("a step too small for strict tiers, wrong totals and wrong counts are rejected",
          "[pairing]") {
  const PlanData good = solve(market()).data();
  PlanData bad = good;
  bad.proof.step = 3 * (50 - 0);  // two plans could differ by as much
  CHECK_FALSE(verify(Plan(bad), market()));
  bad = good;
  bad.value += 1;
  bad.bound += 1;
  CHECK_FALSE(verify(Plan(bad), market()));
  bad = good;
  bad.tiers[1].demand += 1;
  CHECK(first_finding(bad) == "tier_counts_differ");
}

TEST_CASE("only the exhaustive check sees pairs that the skill lists leave out", "[pairing]") {
  // With the skill rule taken away everybody may serve, and verify must look at everybody.
  NetworkBuilder builder;
  builder.add(Volunteer{.id = "v",
                        .birth_year = YearRange{1980, 1980},
                        .registered_since = parse_date("2026-01-01")});
  builder.add(Volunteer{.id = "w",
                        .skills = {{"telephone_care", 1}},
                        .training = {"telephone_care"},
                        .birth_year = YearRange{1980, 1980}});
  builder.add(Need{.id = "n", .item = "C5", .demand = 2});
  const Network network = builder.build();
  const Market all(network,
                   standard_rules().without(StandardRule::skill).without(StandardRule::training));
  const Plan plan = solve(all);
  CHECK(plan.size() == 2);
  CHECK(verify(plan, all).pairs_checked == 2);
  const Market skilled(network);
  CHECK(verify(solve(skilled), skilled).pairs_checked == 1);
  CHECK(verify(solve(skilled), skilled, {.exhaustive = true}));
  CHECK_FALSE(verify(plan, skilled).feasible);
}

TEST_CASE("an optimal plan for one market is rejected for another", "[pairing]") {
  const ExplicitMarket richer{{.volunteer = {0, 0, 0, 1, 1},
                               .need = {0, 1, 2, 1, 2},
                               .points = {10, 30, 50, 60, 5},
                               .slot = {0, 1, 0, 1, 0}},
                              {2, 2},
                              {1, 1, 1},
                              {1, 2, 2},
                              {"v0", "v1"},
                              {"n0", "n1", "n2"}};
  const Verification verification = verify(solve(market()), richer);
  CHECK(verification.feasible);
  CHECK_FALSE(verification.optimal);
}

TEST_CASE("a stopped solve keeps a feasible plan and a bound that holds", "[pairing]") {
  std::mt19937_64 random(7);
  for (std::int64_t run = 0; run < test::scaled(100); ++run) {
    const solver::Instance instance = test::random_instance(
        {.volunteers = 12, .needs = 12, .slots = 2, .candidates_max = 200}, random);
    std::stop_source stop;
    stop.request_stop();
    const solver::Solution stopped = solver::solve(instance, {.stop = stop.get_token()});
    const solver::Solution best = solver::solve(instance);
    CHECK(stopped.status == solver::Status::interrupted);
    CHECK(stopped.value <= best.value);
    CHECK(best.value <= stopped.bound);
  }
}

TEST_CASE("arrays that pose no problem are refused with a code", "[pairing]") {
  const auto code = [](auto&& make) -> std::string {
    try {
      (void)make();
      return "none";
    } catch (const Error& error) {
      CHECK_FALSE(error.parts().way_out.empty());
      return error.code();
    }
  };
  const PairColumns one{.volunteer = {0}, .need = {0}, .points = {1}, .slot = {}};
  CHECK(code([&] { return ExplicitMarket(one, {1}, {1}); }) == "none");
  CHECK(code([&] { return ExplicitMarket(one, {-1}, {1}); }) == "capacity_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {-1}); }) == "demand_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {1}, {0}); }) == "tier_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {1}, {17}); }) == "tier_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {1}, {1, 1}); }) == "array_length");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {}); }) == "index_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {}, {1}); }) == "index_out_of_range");
  CHECK(code([&] { return ExplicitMarket(one, {1}, {1}, {}, {"a", "b"}); }) == "array_length");
  const PairColumns twice{.volunteer = {0, 0}, .need = {0, 0}, .points = {1, 2}, .slot = {}};
  CHECK(code([&] { return ExplicitMarket(twice, {1}, {1}); }) == "pair_double");
  const PairColumns huge{
      .volunteer = {0}, .need = {0}, .points = {std::int64_t{1} << 62}, .slot = {}};
  CHECK(code([&] { return ExplicitMarket(huge, {1}, {1}); }) == "none");
  const PairColumns more{
      .volunteer = {0}, .need = {0}, .points = {(std::int64_t{1} << 62) + 1}, .slot = {}};
  CHECK(code([&] { return ExplicitMarket(more, {1}, {1}); }) == "points_out_of_range");
}

TEST_CASE("points at the edges of the range are exact", "[pairing]") {
  const std::int64_t two_62 = std::int64_t{1} << 62;
  for (const std::int64_t a :
       {std::int64_t{0}, std::int64_t{1} << 31, std::int64_t{1} << 53, two_62})
    for (const std::int64_t b : {a, -a, std::int64_t{1}, -two_62, two_62 - 1}) {
      // One volunteer, one place: the better of two needs, and both if there is room for both.
      for (const std::int32_t capacity : {1, 2}) {
        const ExplicitMarket market(
            {.volunteer = {0, 0}, .need = {0, 1}, .points = {a, b}, .slot = {}}, {capacity},
            {1, 1});
        const Plan plan = solve(market);
        CHECK(verify(plan, market));
        CHECK(plan.points() == (capacity == 1 ? int128{std::max(a, b)} : int128{a} + b));
      }
    }
}

TEST_CASE("empty markets have empty plans", "[pairing]") {
  const ExplicitMarket nobody({}, {}, {});
  CHECK(solve(nobody).size() == 0);
  CHECK(verify(solve(nobody), nobody));
  const ExplicitMarket no_pairs({}, {1, 2}, {3}, {2});
  const Plan plan = solve(no_pairs);
  CHECK(plan.tiers() == std::vector<TierCount>{{2, 3, 0}});
  CHECK(verify(plan, no_pairs));
}
