// The solver against every plan there is.

#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;
using solver::Instance;

namespace {

/// Tries to take or leave each candidate; keeps the best score.
class BruteForce {
 public:
  explicit BruteForce(const Instance& instance)
      : instance_(instance), capacity_(instance.capacity), demand_(instance.demand) {
    for (std::uint32_t n = 0; n < instance.needs(); ++n)
      for (const Candidate& candidate : instance.candidates_of(n)) all_.push_back({n, candidate});
    decide(0);
  }
  const test::Score& best() const { return best_; }

 private:
  void decide(std::size_t i) {
    if (i == all_.size()) {
      if (!any_ || score_ > best_) best_ = score_;
      any_ = true;
      return;
    }
    decide(i + 1);
    const auto& [n, candidate] = all_[i];
    std::int32_t& capacity = capacity_[candidate.volunteer];
    const std::pair seat{candidate.volunteer, candidate.slot};
    const std::pair pair{candidate.volunteer, n};
    const bool slotted = candidate.slot != Candidate::no_slot;
    if (capacity == 0 || demand_[n] == 0 || pairs_.contains(pair) ||
        (slotted && seats_.contains(seat)))
      return;
    --capacity;
    --demand_[n];
    pairs_.insert(pair);
    if (slotted) seats_.insert(seat);
    int128& tier = score_[static_cast<std::size_t>(instance_.tier[n] - 1)];
    ++tier;
    score_.back() += candidate.points;
    decide(i + 1);
    score_.back() -= candidate.points;
    --tier;
    if (slotted) seats_.erase(seat);
    pairs_.erase(pair);
    ++demand_[n];
    ++capacity;
  }

  const Instance& instance_;
  std::vector<solver::ChosenPair> all_;
  std::vector<std::int32_t> capacity_, demand_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seats_, pairs_;
  test::Score score_{}, best_{};
  bool any_ = false;
};

void compare(const test::Shape& shape, std::int64_t runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (std::int64_t run = 0; run < runs; ++run) {
    const Instance instance = test::random_instance(shape, random);
    const solver::Solution solution = solver::solve(instance);
    INFO("seed " << seed << ", run " << run);
    REQUIRE(test::score_of(instance, solution.pairs) == BruteForce(instance).best());
    REQUIRE(solution.value == solution.bound);
    const ExplicitMarket market = test::market_of(instance);
    const Plan plan = solve(market);
    const Verification verification = verify(plan, market);
    INFO((verification.findings.empty() ? "" : verification.findings.front().code));
    REQUIRE(verification);
    REQUIRE(plan.value() == solution.value);
  }
}

}  // namespace

TEST_CASE("small markets equal brute force", "[pairing]") {
  compare({}, test::scaled(6'000), 101);
}
TEST_CASE("small markets with slots equal brute force", "[pairing]") {
  compare({.volunteers = 3, .needs = 3, .slots = 2}, test::scaled(5'000), 102);
}
TEST_CASE("small markets whose points differ by slot equal brute force", "[pairing]") {
  compare({.volunteers = 2, .needs = 4, .slots = 3, .points_by_slot = true, .density = 0.4},
          test::scaled(5'000), 103);
}
TEST_CASE("small markets with points up to 2^60 equal brute force", "[pairing]") {
  compare({.points_scale = std::int64_t{1} << 56}, test::scaled(2'000), 104);
}
TEST_CASE("small markets of ties equal brute force", "[pairing]") {
  compare({.volunteers = 5, .needs = 5, .capacity_max = 2, .demand_max = 2, .points_scale = 0},
          test::scaled(2'000), 105);
}

TEST_CASE("the order of the candidates does not change the plan", "[pairing]") {
  std::mt19937_64 random(106);
  for (std::int64_t run = 0; run < test::scaled(500); ++run) {
    const Instance instance = test::random_instance(
        {.volunteers = 6, .needs = 6, .slots = 2, .candidates_max = 60}, random);
    Instance shuffled = instance;
    for (std::size_t n = 0; n < instance.needs(); ++n)
      std::shuffle(shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n]),
                   shuffled.candidates.begin() + static_cast<std::ptrdiff_t>(shuffled.first[n + 1]),
                   random);
    CHECK(solver::solve(instance).pairs == solver::solve(shuffled).pairs);
  }
}
