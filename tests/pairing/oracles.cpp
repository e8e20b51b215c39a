// The two ways in which the tests know the best score, held against each other.

#include <catch2/catch.hpp>

#include "brute_force.hpp"
#include "circulation.hpp"
#include "instances.hpp"
#include "support/run.hpp"

using namespace jiedui;

TEST_CASE("brute force and LEMON agree on markets with all features", "[pairing]") {
  std::mt19937_64 random(301);
  for (std::int64_t run = 0; run < test::scaled(10'000); ++run) {
    test::Shape shape{.volunteers = static_cast<std::uint32_t>(1 + random() % 5),
                      .needs = static_cast<std::uint32_t>(1 + random() % 5),
                      .slots = static_cast<std::uint32_t>(random() % 3),
                      .points_by_slot = random() % 2 == 0,
                      .candidates_max = 24};
    shape = test::with_random_features(shape, random);
    const solver::Instance instance = test::random_instance(shape, random);
    INFO("run " << run);
    test::Circulation circulation(instance);
    REQUIRE(test::weight_of(test::BruteForce(instance).best(), circulation.weights()) ==
            circulation.greatest_weight());
  }
}
