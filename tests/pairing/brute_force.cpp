// The solver against every plan there is.

#include "brute_force.hpp"

#include <catch2/catch.hpp>

#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Instance;

namespace {

void compare(const Instance& instance) {
  const solver::Solution solution = solver::solve(instance);
  REQUIRE(test::fault_of(instance, solution.pairs) == "");
  const test::Score score = test::score_of(instance, solution.pairs);
  REQUIRE(score == test::BruteForce(instance).best());
  REQUIRE(solution.status == solver::Status::optimal);
  REQUIRE(solution.value == test::weight_of(score, solution.weights));
  REQUIRE(solution.bound == solution.value);
}

/// With verify, which ExplicitMarket allows for capacity, demand, tiers and slots.
void compare_and_verify(const test::Shape& shape, std::int64_t runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (std::int64_t run = 0; run < runs; ++run) {
    const Instance instance = test::random_instance(shape, random);
    INFO("seed " << seed << ", run " << run);
    compare(instance);
    const ExplicitMarket market = test::market_of(instance);
    const Plan plan = solve(market);
    const Verification verification = verify(plan, market);
    INFO((verification.findings.empty() ? "" : verification.findings.front().code));
    REQUIRE(verification);
    REQUIRE(plan.value() == solver::solve(instance).value);
  }
}

/// Every feature of the model, each in half of the instances.
void compare_with_features(test::Shape shape, std::int64_t runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (std::int64_t run = 0; run < runs; ++run) {
    shape.volunteers = static_cast<std::uint32_t>(1 + random() % 6);
    shape.needs = static_cast<std::uint32_t>(1 + random() % 6);
    shape.slots = static_cast<std::uint32_t>(random() % 4);
    shape.points_by_slot = random() % 2 == 0;
    shape = test::with_random_features(shape, random);
    const Instance instance = test::random_instance(shape, random);
    INFO("seed " << seed << ", run " << run);
    compare(instance);
  }
}

}  // namespace

TEST_CASE("small markets equal brute force", "[pairing]") {
  compare_and_verify({}, test::scaled(6'000), 101);
}
TEST_CASE("small markets with slots equal brute force", "[pairing]") {
  compare_and_verify({.volunteers = 3, .needs = 3, .slots = 2}, test::scaled(5'000), 102);
}
TEST_CASE("small markets whose points differ by slot equal brute force", "[pairing]") {
  compare_and_verify(
      {.volunteers = 2, .needs = 4, .slots = 3, .points_by_slot = true, .density = 0.4},
      test::scaled(5'000), 103);
}
TEST_CASE("small markets with points up to 2^60 equal brute force", "[pairing]") {
  compare_and_verify({.points_scale = std::int64_t{1} << 56U}, test::scaled(2'000), 104);
}
TEST_CASE("small markets of ties equal brute force", "[pairing]") {
  compare_and_verify(
      {.volunteers = 5, .needs = 5, .capacity_max = 2, .demand_max = 2, .points_scale = 0},
      test::scaled(2'000), 105);
}

TEST_CASE("small markets with all features equal brute force", "[pairing]") {
  compare_with_features({.candidates_max = 24}, test::scaled(12'000), 111);
}
TEST_CASE("small markets with all features and few places equal brute force", "[pairing]") {
  compare_with_features({.capacity_max = 2, .demand_max = 1, .tiers = 16, .candidates_max = 24},
                        test::scaled(3'000), 112);
}
TEST_CASE("small markets of ties with all features equal brute force", "[pairing]") {
  compare_with_features({.tiers = 2, .points_scale = 0, .candidates_max = 24}, test::scaled(3'000),
                        113);
}
TEST_CASE("small markets with extreme points and all features equal brute force", "[pairing]") {
  compare_with_features({.points_scale = std::int64_t{1} << 40U, .extreme_points = true},
                        test::scaled(2'000), 114);
}

TEST_CASE("the order of the candidates does not change the plan", "[pairing]") {
  std::mt19937_64 random(106);
  for (std::int64_t run = 0; run < test::scaled(500); ++run) {
    const test::Shape shape = test::with_random_features(
        {.volunteers = 6, .needs = 6, .slots = 2, .candidates_max = 60}, random);
    const Instance instance = test::random_instance(shape, random);
    Instance shuffled = instance;
    for (std::size_t n = 0; n < instance.needs(); ++n)
      std::shuffle(shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n]),
                   shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n + 1]),
                   random);
    INFO("run " << run);
    REQUIRE(solver::solve(instance).pairs == solver::solve(shuffled).pairs);
  }
}
