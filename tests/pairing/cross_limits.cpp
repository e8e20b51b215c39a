// Limits that cross the nested ones, against every plan there is.

#include <catch2/catch.hpp>

#include "brute_force.hpp"
#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Instance;
using solver::Status;

namespace {

struct Outcomes {
  std::int64_t optimal = 0, bounded = 0, best = 0, none = 0, missed = 0, priced = 0;
};

void compare(const Instance& instance, Outcomes& outcomes) {
  const test::BruteForce brute(instance);
  std::optional<Plan> plan;
  const ExplicitMarket market = ExplicitMarket::of(instance);
  try {
    plan = solve(market);
  } catch (const Error& error) {
    REQUIRE(error.code() == "changes_infeasible");
    // Beside limits on lending, keeping enough is a hard problem of its own.
    REQUIRE((!brute.has_plan() || !instance.cross.lending.empty() || instance.cross.slots != 0));
    ++(brute.has_plan() ? outcomes.missed : outcomes.none);
    return;
  }
  REQUIRE(brute.has_plan());
  const solver::Solution solution = solver::solve(instance);
  REQUIRE(test::fault_of(instance, solution.pairs) == "");
  const test::Score score = test::score_of(instance, solution.pairs);
  REQUIRE(solution.value == test::weight_of(score, solution.weights));
  const int128 best = test::weight_of(brute.best(), solution.weights);
  REQUIRE(solution.value <= best);
  REQUIRE(best <= solution.bound);
  REQUIRE((solution.status == Status::optimal) == (solution.value == solution.bound));
  if (solution.status == Status::optimal) REQUIRE(score == brute.best());
  ++(solution.status == Status::optimal ? outcomes.optimal : outcomes.bounded);
  if (solution.value == best) ++outcomes.best;
  const auto is_positive = [](int128 price) { return price > 0; };
  if (solution.change_price > 0 ||
      std::any_of(solution.lending_price.begin(), solution.lending_price.end(), is_positive))
    ++outcomes.priced;

  REQUIRE(plan->value() == solution.value);
  REQUIRE(plan->status() == solution.status);
  const Verification verification = verify(*plan, market);
  INFO((verification.findings.empty() ? "" : verification.findings.front().code));
  REQUIRE(verification.feasible);
  REQUIRE(verification.finding_count == 0);
  REQUIRE(verification.optimal == (solution.status == Status::optimal));
}

Outcomes compare_all(test::Shape shape, std::int64_t runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Outcomes outcomes;
  for (std::int64_t run = 0; run < runs; ++run) {
    const bool lending = shape.lending;
    const bool changes = shape.changes;
    const bool spans = shape.spans;
    shape.volunteers = static_cast<std::uint32_t>(2 + random() % 5);
    shape.needs = static_cast<std::uint32_t>(2 + random() % 5);
    shape.slots = static_cast<std::uint32_t>(spans ? 2 + random() % 4 : random() % 3);
    shape = test::with_random_features(shape, random);
    shape.lending = lending;
    shape.changes = changes;
    shape.spans = spans;
    INFO("seed " << seed << ", run " << run);
    compare(test::random_instance(shape, random), outcomes);
  }
  return outcomes;
}

/// Limits that bind: a few pairs of each couple of organisations, a few changes against the best
/// plan for somewhat other points.
Instance middle_sized(bool has_lending, bool has_changes, std::mt19937_64& random) {
  Instance instance = test::random_instance({.volunteers = 400,
                                             .needs = 300,
                                             .demand_max = 2,
                                             .slots = 2,
                                             .points_scale = 100,
                                             .density = 0.03,
                                             .candidates_max = 100'000,
                                             .load_cost = true,
                                             .lending = has_lending},
                                            random);
  for (auto& lending : instance.cross.lending)
    lending.at_most = static_cast<std::int32_t>(3 + random() % 10);
  if (!has_changes) return instance;
  Instance earlier = instance;
  for (solver::Candidate& candidate : earlier.candidates)
    candidate.points += static_cast<std::int64_t>(random() % 1'000);
  for (const solver::ChosenPair& pair : solver::solve(earlier).pairs)
    instance.cross.before.push_back({pair.need, pair.candidate.volunteer});
  instance.cross.before_count = std::ssize(instance.cross.before);
  instance.cross.changes_at_most = 30;
  return instance;
}

}  // namespace

TEST_CASE("limits on lending: value and bound embrace the best plan", "[pairing]") {
  const std::int64_t runs = test::scaled(3'000);
  const Outcomes outcomes = compare_all({.candidates_max = 20, .lending = true}, runs, 1301);
  CHECK(outcomes.best * 100 >= runs * 99);
  CHECK(outcomes.priced * 10 >= runs);
}
TEST_CASE("limits on changes: value and bound embrace the best plan", "[pairing]") {
  const std::int64_t runs = test::scaled(3'000);
  const Outcomes outcomes = compare_all({.candidates_max = 20, .changes = true}, runs, 1302);
  CHECK(outcomes.missed == 0);
  CHECK(outcomes.best * 100 >= (runs - outcomes.none) * 99);
  CHECK(outcomes.priced * 20 >= runs);
}
TEST_CASE("both cross limits: value and bound embrace the best plan", "[pairing]") {
  const std::int64_t runs = test::scaled(3'000);
  const Outcomes outcomes =
      compare_all({.candidates_max = 20, .lending = true, .changes = true}, runs, 1303);
  CHECK(outcomes.missed * 100 <= runs);
}

TEST_CASE("runs of slots: value and bound embrace the best plan", "[pairing]") {
  for (const bool lending : {false, true})
    for (const bool changes : {false, true}) {
      const std::int64_t runs = test::scaled(3'000);
      const Outcomes outcomes = compare_all({.points_by_slot = true,
                                             .candidates_max = 20,
                                             .lending = lending,
                                             .changes = changes,
                                             .spans = true},
                                            runs, 1304);
      INFO("lending " << lending << ", changes " << changes);
      CHECK(outcomes.best * 100 >= (runs - outcomes.none) * 98);
      CHECK(outcomes.optimal * 100 >= (runs - outcomes.none) * 97);
      CHECK(outcomes.missed * 100 <= runs);
    }
}
TEST_CASE("runs of slots in many tiers and slots", "[pairing]") {
  const std::int64_t runs = test::scaled(1'000);
  std::mt19937_64 random(1305);
  Outcomes outcomes;
  for (std::int64_t run = 0; run < runs; ++run) {
    INFO("run " << run);
    const test::Shape shape{.volunteers = static_cast<std::uint32_t>(2 + random() % 3),
                            .needs = 8,
                            .capacity_max = 4,
                            .demand_max = 1,
                            .tiers = 4,
                            .slots = 8,
                            .points_scale = 1 + static_cast<std::int64_t>(random() % 1'000),
                            .density = 0.2,
                            .candidates_max = 24,
                            .spans = true};
    compare(test::random_instance(shape, random), outcomes);
  }
  CHECK(outcomes.best * 100 >= runs * 99);
  CHECK(outcomes.optimal * 100 >= runs * 98);
}

TEST_CASE("a middle-sized market with runs of slots has a small gap", "[pairing]") {
  for (const std::uint32_t needs : {400U, 1'200U}) {
    INFO(needs << " needs");
    std::mt19937_64 random(1306);
    const Instance instance = test::random_instance({.volunteers = 400,
                                                     .needs = needs,
                                                     .capacity_max = 4,
                                                     .demand_max = 2,
                                                     .slots = 6,
                                                     .points_scale = 100,
                                                     .density = 0.005,
                                                     .candidates_max = 100'000,
                                                     .spans = true},
                                                    random);
    const ExplicitMarket market = ExplicitMarket::of(instance);
    const Plan plan = solve(market);
    CHECK(plan.gap() * 50 <= plan.points());
    CHECK(verify(plan, market).feasible);
    CHECK(verify(plan, market).finding_count == 0);
    if (needs == 400) CHECK(solve(market, {.threads = 4}) == plan);
  }
}

TEST_CASE("a stopped solve with runs of slots has no overlap and a bound", "[pairing]") {
  std::mt19937_64 random(1307);
  const ExplicitMarket market = ExplicitMarket::of(test::random_instance({.volunteers = 200,
                                                                          .needs = 400,
                                                                          .slots = 6,
                                                                          .points_scale = 100,
                                                                          .density = 0.02,
                                                                          .candidates_max = 100'000,
                                                                          .spans = true},
                                                                         random));
  for (const int reports : {0, 1, 4, 9}) {
    std::stop_source stop;
    int seen = 0;
    const Plan plan = solve(market, {.stop = stop.get_token(), .progress = [&](const auto&) {
                                       if (seen++ == reports) stop.request_stop();
                                     }});
    INFO(reports << " reports");
    CHECK(plan.status() == PlanStatus::interrupted);
    CHECK(verify(plan, market).feasible);
    CHECK(verify(plan, market).finding_count == 0);
  }
}

TEST_CASE("a middle-sized market under cross limits has a small gap", "[pairing]") {
  for (const bool has_lending : {true, false})
    for (const bool has_changes : {true, false}) {
      if (!has_lending && !has_changes) continue;
      std::mt19937_64 random(1310);
      const Instance instance = middle_sized(has_lending, has_changes, random);
      INFO("lending " << has_lending << ", changes " << has_changes);
      const solver::Solution solution = solver::solve(instance);
      REQUIRE(test::fault_of(instance, solution.pairs) == "");
      const test::Score score = test::score_of(instance, solution.pairs);
      // Less than the points of a few pairs in some hundred.
      CHECK((solution.bound - solution.value) * 50 <= score.back());
      const ExplicitMarket market = ExplicitMarket::of(instance);
      const Plan plan = solve(market);
      CHECK(verify(plan, market).feasible);
      CHECK(verify(plan, market).finding_count == 0);
      CHECK(solve(market, {.threads = 4}) == plan);

      Instance shuffled = instance;
      for (std::size_t n = 0; n < instance.needs(); ++n)
        std::shuffle(
            shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n]),
            shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n + 1]),
            random);
      CHECK(solver::solve(shuffled).pairs == solution.pairs);
    }
}

TEST_CASE("a stopped solve keeps cross limits and has a bound", "[pairing]") {
  std::mt19937_64 random(1311);
  const ExplicitMarket market = ExplicitMarket::of(middle_sized(true, true, random));
  for (const int reports : {0, 1, 4}) {
    std::stop_source stop;
    int seen = 0;
    std::vector<solver::Progress> all;
    const auto progress = [&](const solver::Progress& now) {
      all.push_back(now);
      if (seen++ == reports) stop.request_stop();
    };
    const Plan plan = solve(market, {.stop = stop.get_token(), .progress = progress});
    INFO(reports << " reports");
    CHECK(plan.status() == PlanStatus::interrupted);
    const Verification verification = verify(plan, market);
    CHECK(verification.feasible);
    CHECK(verification.finding_count == 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(all[i].bound >= plan.bound());
      if (i > 0) CHECK(all[i].bound <= all[i - 1].bound);
      if (i > 0) CHECK(all[i].fraction >= all[i - 1].fraction);
    }
  }
}

TEST_CASE("cross limits that cannot be posed are refused", "[pairing]") {
  std::mt19937_64 random(1312);
  const Instance sound = test::random_instance(
      {.volunteers = 5, .needs = 5, .lending = true, .changes = true}, random);
  const auto code = [&](auto change) {
    Instance instance = sound;
    change(instance.cross);
    try {
      solver::check(instance);
    } catch (const Error& error) {
      return error.code();
    }
    return std::string("none");
  };
  using Cross = solver::CrossLimits;
  CHECK(code([](Cross&) {}) == "none");
  CHECK(code([](Cross& cross) { cross.lending = {{0, 0, 1}}; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.lending = {{0, 1, -1}}; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.lending = {{0, 1, 1}, {0, 1, 2}}; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.home.pop_back(); }) == "array_length");
  CHECK(code([](Cross& cross) { cross.asking.pop_back(); }) == "array_length");
  CHECK(code([](Cross& cross) { cross.before = {{9, 0}}; }) == "index_out_of_range");
  CHECK(code([](Cross& cross) { cross.before = {{1, 0}, {0, 0}}; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.before_count = 0; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.changes_at_most = -1; }) == "option_invalid");
  CHECK(code([](Cross& cross) { cross.slots = 65'536; }) == "option_invalid");
  const auto with_slot = [&](std::uint32_t slots, std::uint32_t slot) {
    Instance instance = sound;
    instance.pinned.clear();
    instance.cross = {};
    instance.cross.slots = slots;
    instance.first.assign(6, 1);
    instance.first[0] = 0;
    instance.candidates = {{0, slot, 0}};
    try {
      solver::check(instance);
    } catch (const Error& error) {
      return error.code();
    }
    return std::string("none");
  };
  CHECK(with_slot(3, 3 + 1) == "none");  // slots 1 and 2
  CHECK(with_slot(3, 3 + 2) == "index_out_of_range");
  CHECK(with_slot(3, 9) == "index_out_of_range");
  CHECK(with_slot(3, solver::Candidate::no_slot) == "none");
}
