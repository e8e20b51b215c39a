// Each kind of fault has its finding: one number of a right plan is spoiled at a time. The plans
// and their prices are worked out by hand.

#include <algorithm>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"

using namespace jiedui;
using solver::Candidate;

namespace {

using Codes = std::vector<std::string>;
constexpr std::uint32_t no_slot = Candidate::no_slot;

Codes findings(const PlanData& data, const Market& market) {
  Codes codes;
  for (const auto& finding : verify(Plan(data), market).findings) codes.push_back(finding.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

bool has(const Codes& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

PlanData::Entry entry(std::string volunteer, std::string need, std::int64_t points,
                      std::uint32_t slot = no_slot, bool pinned = false) {
  return {{.volunteer = std::move(volunteer),
           .need = std::move(need),
           .points = Points{points},
           .metres = {},
           .begins = {},
           .ends = {}},
          slot,
          pinned};
}

/// One volunteer for two needs of one tier, worth 10 and 4 points.
struct Pair {
  // step = 1 · 10 + 1 = 11, so the weights are 21 and 15; price 15, profits 6 and 0.
  ExplicitMarket market{{.volunteer = {0, 0}, .need = {0, 1}, .points = {10, 4}, .slot = {}},
                        {1},
                        {1, 1},
                        {},
                        {"v"},
                        {"n0", "n1"}};
  PlanData plan{.status = PlanStatus::optimal,
                .pairs = {entry("v", "n0", 10)},
                .tiers = {{1, 2, 1}},
                .proof = {.tiers = 1,
                          .step = 11,
                          .prices = {{.volunteer = "v", .price = 15}},
                          .profits = {{"n0", 6}}},
                .value = 21,
                .bound = 21};
};

/// A small problem with one more limit, tiers 1 and step 100.
solver::Instance instance(std::vector<std::int32_t> capacity, std::vector<std::int32_t> demand,
                          const std::vector<solver::ChosenPair>& candidates) {
  solver::Instance made;
  made.capacity = std::move(capacity);
  made.tier.assign(demand.size(), 1);
  made.demand = std::move(demand);
  made.first = {0};
  for (std::uint32_t line = 0; line < made.needs(); ++line) {
    for (const solver::ChosenPair& pair : candidates)
      if (pair.need == line) made.candidates.push_back(pair.candidate);
    made.first.push_back(made.candidates.size());
  }
  return made;
}

PlanData plan_of(std::vector<PlanData::Entry> pairs, std::int64_t demand, int128 value) {
  const auto filled = static_cast<std::int64_t>(pairs.size());
  return {.status = PlanStatus::optimal,
          .pairs = std::move(pairs),
          .tiers = {{1, demand, filled}},
          .proof = {.tiers = 1, .step = 100},
          .value = value,
          .bound = value};
}

}  // namespace

TEST_CASE("totals and weights of a plan are counted again", "[pairing]") {
  const auto [small, good] = Pair();
  REQUIRE(verify(Plan(good), small));

  PlanData bad = good;  // all is consistent with a smaller step, but tiers need not be strict
  bad.proof.step = 10;
  bad.proof.prices[0].price = 14;
  bad.value = bad.bound = 20;
  CHECK(findings(bad, small) == Codes{"step_too_small"});
  bad = good;
  bad.proof.tiers = 2;  // one more tier than there is: weights 32 and 26, as good a proof
  bad.proof.prices[0].price = 26;
  bad.value = bad.bound = 32;
  CHECK(findings(bad, small).empty());
  bad = good;
  bad.proof.tiers = 0;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad.proof.tiers = 17;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad = good;
  bad.proof.step = int128{1} << 124U;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad = good;
  bad.proof.prices[0].price = int128{1} << 124U;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad.proof.prices[0].price = -(int128{1} << 126U) * 2;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad = good;
  bad.proof.profits[0].profit = int128{1} << 124U;
  CHECK(findings(bad, small) == Codes{"proof_out_of_range"});
  bad = good;
  bad.value = bad.bound = 22;
  CHECK(findings(bad, small) == Codes{"bound_differs", "value_differs"});
  bad = good;
  bad.tiers[0].demand = 3;
  CHECK(findings(bad, small) == Codes{"tier_counts_differ"});
  bad = good;
  bad.without_slot = {"ghost"};
  CHECK(findings(bad, small) == Codes{"needs_without_slot_differ"});
  bad = good;
  bad.unmet = {{"v", 1}};
  CHECK(findings(bad, small) == Codes{"unmet_differ"});
  bad = good;
  bad.load_cost = 1;
  CHECK(findings(bad, small) == Codes{"load_cost_differs"});

  const ExplicitMarket tiers({.volunteer = {0, 0}, .need = {0, 1}, .points = {10, 4}, .slot = {}},
                             {1}, {1, 1}, {1, 2}, {"v"}, {"n0", "n1"});
  bad = good;
  bad.tiers = {{1, 1, 1}, {2, 1, 0}};  // the weight of n1 would be 0 · 11 + 4
  CHECK(findings(bad, tiers) == Codes{"tiers_too_few"});
}

TEST_CASE("prices and profits that do not fit the pairs are found", "[pairing]") {
  const auto [small, good] = Pair();
  const Codes totals = {"bound_differs", "primal_below_dual"};
  const auto and_totals = [&](const std::string& code) {
    Codes codes = totals;
    codes.push_back(code);
    std::sort(codes.begin(), codes.end());
    return codes;
  };
  PlanData bad = good;
  bad.proof.prices[0].price = 14;  // n1 could pay 15
  CHECK(findings(bad, small) == and_totals("weight_above_price"));
  bad = good;
  bad.proof.prices[0].price = 22;  // more than anybody pays
  bad.proof.profits.clear();
  CHECK(findings(bad, small) == and_totals("weight_below_price"));
  bad = good;
  bad.proof.profits.push_back({"n1", 1});
  CHECK(findings(bad, small) == and_totals("profit_without_full_need"));
  bad = good;
  bad.proof.profits[0].profit = -6;
  CHECK(findings(bad, small) == Codes{"profit_invalid"});
  bad = good;
  bad.proof.profits.push_back({"n0", 6});
  CHECK(findings(bad, small) == Codes{"profit_invalid"});
  bad.proof.profits[1].need = "ghost";
  CHECK(findings(bad, small) == Codes{"profit_invalid"});
  bad = good;
  bad.proof.prices.push_back({.volunteer = "v", .price = 15});
  CHECK(findings(bad, small) == Codes{"price_invalid"});
  bad.proof.prices[1].volunteer = "ghost";
  CHECK(findings(bad, small) == Codes{"price_invalid"});
  bad.proof.prices[1] = {.volunteer = "v", .slot = 3, .price = -1};
  CHECK(findings(bad, small) == Codes{"price_invalid"});
  bad = good;
  bad.proof.totals = {{"0", 1}};
  CHECK(findings(bad, small) == Codes{"price_invalid"});
  bad = good;
  bad.status = PlanStatus::interrupted;  // proved all the same, but it does not claim to be
  CHECK(findings(bad, small).empty());
  CHECK(verify(Plan(bad), small).feasible);
  CHECK_FALSE(verify(Plan(bad), small).optimal);

  // An idle volunteer with a price: 2 volunteers, one need.
  const ExplicitMarket idle({.volunteer = {0}, .need = {0}, .points = {10}, .slot = {}}, {1, 1},
                            {1}, {}, {"v", "w"}, {"n0"});
  PlanData priced = good;
  priced.tiers = {{1, 1, 1}};
  REQUIRE(verify(Plan(priced), idle));
  priced.proof.prices.push_back({.volunteer = "w", .price = 1});
  CHECK(findings(priced, idle) == and_totals("price_without_full_volunteer"));
}

TEST_CASE("slots have prices of their own", "[pairing]") {
  // v may take two pairs; n0 and n1 want the same slot, n2 another. Step 100.
  const auto market = ExplicitMarket::of(
      instance({2}, {1, 1, 1}, {{0, {0, 0, 10}}, {1, {0, 0, 4}}, {2, {0, 1, 1}}, {2, {0, 2, 1}}}),
      {"v"}, {"n0", "n1", "n2"});
  PlanData good = plan_of({entry("v", "n0", 10, 0), entry("v", "n2", 1, 1)}, 3, 211);
  good.proof.prices = {{.volunteer = "v", .slot = 0, .price = 104}};
  good.proof.profits = {{"n0", 6}, {"n2", 101}};
  REQUIRE(verify(Plan(good), market));

  PlanData bad = good;
  bad.proof.prices.push_back({.volunteer = "v", .slot = 0, .price = 1});
  CHECK(has(findings(bad, market), "price_invalid"));
  bad = good;
  bad.proof.prices.push_back({.volunteer = "v", .slot = 2, .price = 3});
  CHECK(findings(bad, market) ==
        Codes{"bound_differs", "primal_below_dual", "slot_price_without_pair"});
  bad = good;  // slot 1 costs what slot 2 would not
  bad.proof.prices.push_back({.volunteer = "v", .slot = 1, .price = 101});
  bad.proof.profits.pop_back();
  CHECK(findings(bad, market) == Codes{"bound_differs", "primal_below_dual", "slot_better"});
  bad = good;
  bad.pairs[1].slot = 0;
  CHECK_FALSE(verify(Plan(bad), market).feasible);
  CHECK(has(findings(bad, market), "slot_taken_twice"));
}

TEST_CASE("a need of several lines is served once by each volunteer", "[pairing]") {
  // One need: a social worker (line 0) and a helper (line 1). v can be either, w only the helper.
  solver::Instance lines =
      instance({2, 1}, {1, 1}, {{0, {0, no_slot, 5}}, {1, {0, no_slot, 20}}, {1, {1, no_slot, 3}}});
  lines.need = {0, 0};
  const auto market = ExplicitMarket::of(lines, {"v", "w"}, {"l0", "l1"});
  PlanData good = plan_of({entry("v", "l0", 5), entry("w", "l1", 3)}, 2, 208);
  // As a helper v were worth 17 more than w, so that line 0 may ask for no more than 88 of him.
  good.proof.profits = {{"l0", 88}, {"l1", 103}};
  REQUIRE(verify(Plan(good), market));
  PlanData bad = good;
  bad.proof.profits[0].profit = 89;
  CHECK(findings(bad, market) == Codes{"bound_differs", "line_better", "primal_below_dual"});
  bad = plan_of({entry("v", "l0", 5), entry("v", "l1", 20)}, 2, 225);
  CHECK_FALSE(verify(Plan(bad), market).feasible);
  CHECK(has(findings(bad, market), "volunteer_twice"));
}

TEST_CASE("an organisation's total has a price", "[pairing]") {
  // v and w are of one organisation that may have one pair; x is of none.
  solver::Instance totals = instance(
      {1, 1, 1}, {1, 1, 1}, {{0, {0, no_slot, 10}}, {1, {1, no_slot, 7}}, {2, {2, no_slot, 1}}});
  totals.organisation = {0, 0, solver::Limits::no_organisation};
  totals.organisation_total = {1};
  const auto market = ExplicitMarket::of(totals, {"v", "w", "x"}, {"n0", "n1", "n2"});
  PlanData good = plan_of({entry("v", "n0", 10), entry("x", "n2", 1)}, 3, 211);
  good.proof.totals = {{"0", 107}};
  good.proof.prices = {{.volunteer = "v", .price = 107}, {.volunteer = "w", .price = 107}};
  good.proof.profits = {{"n0", 3}, {"n2", 101}};
  REQUIRE(verify(Plan(good), market));

  PlanData bad = good;
  bad.proof.totals.clear();  // v is full, so that his own price may be 107; w is not
  CHECK(findings(bad, market) ==
        Codes{"bound_differs", "price_without_full_volunteer", "primal_below_dual"});
  bad = good;
  bad.proof.totals[0].price = -1;
  CHECK(has(findings(bad, market), "price_invalid"));
  bad = good;
  bad.proof.totals.push_back({"0", 1});
  CHECK(findings(bad, market) == Codes{"price_invalid"});
  bad = good;
  bad.pairs.push_back(entry("w", "n1", 7));
  bad.tiers[0].filled = 3;
  CHECK(has(findings(bad, market), "total_exceeded"));
  CHECK_FALSE(verify(Plan(bad), market).feasible);
  totals.organisation_total = {2};
  const auto room = ExplicitMarket::of(totals, {"v", "w", "x"}, {"n0", "n1", "n2"});
  CHECK(has(findings(good, room), "total_price_without_full_total"));
}

TEST_CASE("load cost and least pairs move the price of a volunteer", "[pairing]") {
  // The first pair of v costs 2 points, the second 7. The points are worth more, step 100.
  solver::Instance load = instance({3}, {1, 1, 1}, {{0, {0, no_slot, 10}}, {1, {0, no_slot, 4}}});
  load.load_cost = {2, 7};
  const auto market = ExplicitMarket::of(load, {"v"}, {"n0", "n1", "n2"});
  PlanData good = plan_of({entry("v", "n0", 10), entry("v", "n1", 4)}, 3, 214 - 9);
  good.load_cost = 9;
  good.proof.prices = {{.volunteer = "v", .price = 7}};  // what his next pair would cost, too
  good.proof.profits = {{"n0", 103}, {"n1", 97}};
  REQUIRE(verify(Plan(good), market));
  PlanData bad = good;
  bad.proof.prices[0].price = 8;
  bad.proof.profits = {{"n0", 102}, {"n1", 96}};
  CHECK(findings(bad, market) ==
        Codes{"bound_differs", "price_without_full_volunteer", "primal_below_dual"});
  bad = good;
  bad.proof.prices[0].price = 6;
  bad.proof.profits = {{"n0", 104}, {"n1", 98}};
  CHECK(findings(bad, market) ==
        Codes{"bound_differs", "price_below_last_cost", "primal_below_dual"});
  bad = good;
  bad.load_cost = 8;
  CHECK(findings(bad, market) == Codes{"load_cost_differs"});

  // Two may serve one need: v, of whom a pair is wanted at least, brings 10 points less than w.
  solver::Instance least = instance({1, 1, 1}, {1}, {{0, {0, no_slot, 0}}, {0, {1, no_slot, 10}}});
  least.least = {1, 0, 1};
  const auto newcomers = ExplicitMarket::of(least, {"v", "w", "x"}, {"n"});
  PlanData fair = plan_of({entry("v", "n", 0)}, 1, 100 + 200);
  fair.unmet = {{"x", 1}};
  fair.proof.prices = {{.volunteer = "v", .price = -10}, {.volunteer = "x", .price = -200}};
  fair.proof.profits = {{"n", 110}};
  REQUIRE(verify(Plan(fair), newcomers));
  bad = fair;
  bad.unmet.clear();
  CHECK(findings(bad, newcomers) == Codes{"unmet_differ"});
  bad = fair;
  bad.proof.prices.pop_back();  // one pair of x were worth 200
  CHECK(findings(bad, newcomers) ==
        Codes{"bound_differs", "price_without_full_volunteer", "primal_below_dual"});
  bad = fair;
  bad.proof.prices[0].price = -201;
  CHECK(findings(bad, newcomers) ==
        Codes{"bound_differs", "price_below_last_cost", "primal_below_dual"});
  bad = fair;
  bad.pairs = {entry("w", "n", 10)};
  CHECK_FALSE(verify(Plan(bad), newcomers).optimal);
}

TEST_CASE("pinned pairs are those of the market, and have no price", "[pairing]") {
  // v is pinned to n0 for 1 point, though n1 would bring 40, and though n0 wants w.
  solver::Instance pins = instance(
      {1, 1}, {1, 1}, {{0, {0, no_slot, 1}}, {0, {1, no_slot, 30}}, {1, {0, no_slot, 40}}});
  pins.pinned = {{0, {0, no_slot, 1}}};
  const auto market = ExplicitMarket::of(pins, {"v", "w"}, {"n0", "n1"});
  const PlanData good = plan_of({entry("v", "n0", 1, no_slot, true)}, 2, 101);
  REQUIRE(verify(Plan(good), market));
  PlanData bad = good;
  bad.pairs[0].pinned = false;
  CHECK(has(findings(bad, market), "pins_differ"));
  CHECK_FALSE(verify(Plan(bad), market).feasible);
  bad = good;
  bad.pairs[0].pair.points = Points{2};
  bad.value = bad.bound = 102;
  CHECK_FALSE(verify(Plan(bad), market).feasible);
  bad = plan_of({entry("w", "n0", 30), entry("v", "n1", 40)}, 2, 270);
  CHECK(has(findings(bad, market), "pins_differ"));
  bad = plan_of({entry("v", "n0", 1, no_slot, true)}, 2, 101);
  pins.pinned.clear();
  CHECK_FALSE(verify(Plan(bad), ExplicitMarket::of(pins, {"v", "w"}, {"n0", "n1"})).feasible);
}

TEST_CASE("a plan of a stopped solve needs a bound that its prices prove", "[pairing]") {
  const auto [small, good] = Pair();
  PlanData stopped = good;
  stopped.status = PlanStatus::interrupted;
  stopped.pairs = {entry("v", "n1", 4)};
  stopped.value = 15;
  CHECK(findings(stopped, small).empty());
  CHECK(verify(Plan(stopped), small).feasible);
  CHECK_FALSE(verify(Plan(stopped), small));
  stopped.bound = 20;
  CHECK(findings(stopped, small) == Codes{"bound_not_proved"});
  // Without any price each pair is worth all its weight, but v has room for one only.
  stopped.proof.prices.clear();
  stopped.proof.profits.clear();
  stopped.bound = 35;
  CHECK(findings(stopped, small) == Codes{"bound_not_proved"});
  stopped.bound = 36;
  CHECK(findings(stopped, small).empty());
  stopped.value = 16;
  CHECK(findings(stopped, small) == Codes{"value_differs"});
}

TEST_CASE("limits exceeded, and pairs that are not what the market says", "[pairing]") {
  const auto [small, good] = Pair();
  PlanData bad = good;
  bad.pairs[0].pair.metres = Metres{5};
  CHECK(findings(bad, small) == Codes{"metres_differ"});
  bad = good;
  bad.pairs[0].pair.begins = Instant{};
  bad.pairs[0].pair.ends = Instant{} + std::chrono::hours{1};
  CHECK(findings(bad, small) == Codes{"time_differs"});
  bad = good;
  bad.pairs[0].pair.points = Points{11};
  bad.value = bad.bound = 22;
  CHECK(has(findings(bad, small), "points_differ"));
  bad = good;
  bad.pairs[0].pair.volunteer = "ghost";
  CHECK(has(findings(bad, small), "id_unknown"));
  bad = good;
  bad.pairs[0].slot = 2;
  CHECK(has(findings(bad, small), "pair_not_eligible"));
  bad = good;
  bad.pairs.push_back(entry("v", "n1", 4));
  bad.tiers[0].filled = 2;
  CHECK(has(findings(bad, small), "capacity_exceeded"));

  const ExplicitMarket two({.volunteer = {0, 1}, .need = {0, 0}, .points = {1, 1}, .slot = {0, 0}},
                           {2, 1}, {1}, {}, {"v", "w"}, {"n"});
  bad = solve(two).data();
  REQUIRE(bad.pairs.size() == 1);
  bad.pairs = {entry("v", "n", 1, 0), entry("w", "n", 1, 0)};
  bad.tiers[0] = {1, 2, 2};
  CHECK(has(findings(bad, two), "demand_exceeded"));

  // Times that overlap are found even where the slots differ.
  const ExplicitMarket day({.volunteer = {0, 0}, .need = {0, 1}, .points = {1, 1}, .slot = {0, 1}},
                           {2}, {1, 1}, {}, {"v"}, {"n0", "n1"});
  bad = solve(day).data();
  REQUIRE(bad.pairs.size() == 2);
  for (PlanData::Entry& each : bad.pairs) {
    each.pair.begins = Instant{};
    each.pair.ends = Instant{} + std::chrono::hours{1};
  }
  CHECK(findings(bad, day) == Codes{"time_differs", "visits_overlap"});
}

TEST_CASE("at most 100 findings are kept, the first ones, and all are counted", "[pairing]") {
  PairColumns columns;
  for (std::uint32_t n = 0; n < 3'000; ++n) {
    columns.volunteer.push_back(0);
    columns.need.push_back(n);
    columns.points.push_back(1);
  }
  const ExplicitMarket market(columns, {1}, std::vector<std::int32_t>(3'000, 1));
  PlanData data = solve(market).data();
  data.proof.prices.clear();
  for (const int threads : {1, 2, 4}) {
    const Verification found = verify(Plan(data), market, {.threads = threads});
    CHECK(found.finding_count >= 2'999);
    REQUIRE(found.findings.size() == 100);
    CHECK(found.findings == verify(Plan(data), market).findings);
  }
  CHECK_THROWS_AS(verify(Plan(data), market, {.threads = 0}), Error);
  CHECK_THROWS_AS(verify(Plan(data), market, {.threads = 65}), Error);
}
