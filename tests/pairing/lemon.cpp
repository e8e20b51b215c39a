// The solver against LEMON's network simplex, and against its speed.

#include <chrono>
#include <iostream>

#include <catch2/catch.hpp>

#include "circulation.hpp"
#include "instances.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;
using solver::Instance;

namespace {

void compare(const Instance& instance) {
  const solver::Solution solution = solver::solve(instance);
  REQUIRE(test::fault_of(instance, solution.pairs) == "");
  const test::Score score = test::score_of(instance, solution.pairs);
  test::Circulation circulation(instance);
  REQUIRE(test::weight_of(score, circulation.weights()) == circulation.greatest_weight());
  REQUIRE(solution.value == test::weight_of(score, solution.weights));
  REQUIRE(solution.bound == solution.value);
}

test::Shape middle_size(std::mt19937_64& random) {
  return {.volunteers = static_cast<std::uint32_t>(20 + random() % 60),
          .needs = static_cast<std::uint32_t>(10 + random() % 50),
          .capacity_max = static_cast<std::int32_t>(1 + random() % 4),
          .demand_max = static_cast<std::int32_t>(1 + random() % 4),
          .tiers = static_cast<std::int32_t>(1 + random() % 5),
          .slots = static_cast<std::uint32_t>(random() % 4),
          .points_by_slot = random() % 2 == 0,
          .points_scale = static_cast<std::int64_t>(1 + random() % 1'000),
          .density = 0.02 + 0.1 * static_cast<double>(random() % 8),
          .candidates_max = 100'000};
}

}  // namespace

TEST_CASE("middle-sized markets equal LEMON's network simplex", "[pairing]") {
  std::mt19937_64 random(201);
  for (std::int64_t run = 0; run < test::scaled(250); ++run) {
    INFO("run " << run);
    compare(test::random_instance(middle_size(random), random));
  }
}
TEST_CASE("middle-sized markets with all features equal LEMON's network simplex", "[pairing]") {
  std::mt19937_64 random(203);
  for (std::int64_t run = 0; run < test::scaled(500); ++run) {
    INFO("run " << run);
    const test::Shape shape = test::with_random_features(middle_size(random), random);
    compare(test::random_instance(shape, random));
  }
}

TEST_CASE("a town is paired in at most the time of LEMON's network simplex", "[pairing]") {
  // 40,000 volunteers, 11,000 needs, a million pairs: each need draws the 90 nearest on a line, the
  // points fall with the distance. Scarce: most volunteers have no capacity left.
  for (const bool scarce : {false, true}) {
    std::mt19937_64 random(202);
    Instance instance;
    constexpr std::uint32_t volunteers = 40'000;
    constexpr std::uint32_t needs = 11'000;
    for (std::uint32_t v = 0; v < volunteers; ++v)
      instance.capacity.push_back(scarce && v % 8 != 0 ? 0 : static_cast<int>(1 + random() % 3));
    instance.first = {0};
    for (std::uint32_t n = 0; n < needs; ++n) {
      instance.demand.push_back(static_cast<int>(1 + random() % 3));
      instance.tier.push_back(static_cast<int>(1 + random() % 4));
      const std::int64_t middle = static_cast<std::int64_t>(random() % volunteers);
      for (std::int64_t i = -45; i <= 45; ++i) {
        const auto v = static_cast<std::uint32_t>((middle + i * 7 + volunteers) % volunteers);
        instance.candidates.push_back(
            {v, Candidate::no_slot,
             1'000 - std::abs(i) * 10 + static_cast<std::int64_t>(random() % 100)});
      }
      instance.first.push_back(instance.candidates.size());
    }
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const solver::Solution solution = solver::solve(instance);
    const auto solved = Clock::now();
    test::Circulation circulation(instance);  // building the peer is not counted
    const auto built = Clock::now();
    const int128 peer = circulation.greatest_weight();
    const double own_seconds = std::chrono::duration<double>(solved - start).count();
    const double peer_seconds = std::chrono::duration<double>(Clock::now() - built).count();
    std::cout << "pairing a " << (scarce ? "scarce" : "roomy") << " town of "
              << instance.candidates.size() << " pairs: " << own_seconds << " s, LEMON "
              << peer_seconds << " s, ratio " << peer_seconds / own_seconds << "\n";
    CHECK(test::weight_of(test::score_of(instance, solution.pairs), circulation.weights()) == peer);
    CHECK(solution.bound == solution.value);
#if !defined(__SANITIZE_ADDRESS__)
    CHECK(own_seconds <= peer_seconds);
#endif
  }
}
