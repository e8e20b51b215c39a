#include "jiedui/hours/exchange_cycles.hpp"

#include <algorithm>
#include <ctime>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using Random = std::mt19937;

/// 0 to below.
std::int64_t draw(Random& random, std::int64_t below) {
  return static_cast<std::int64_t>(random()) % below;
}

std::string name(std::size_t participant) {
  return "P" + std::to_string(100'000 + participant);
}

/// Offers as a matrix of weights, 0 for none.
using Weights = std::vector<std::vector<std::int64_t>>;

std::vector<HelpOffer> offers_of(const Weights& weights) {
  std::vector<HelpOffer> offers;
  for (std::size_t a = 0; a < weights.size(); ++a)
    for (std::size_t b = 0; b < weights.size(); ++b)
      if (weights[a][b] > 0) offers.push_back({name(a), name(b), weights[a][b]});
  return offers;
}

/// The best value with the participants from `next` on of whom none is in `taken`.
std::int64_t best_by_trying_all(const Weights& w, std::size_t next, unsigned taken) {
  if (next == w.size()) return 0;
  std::int64_t best = best_by_trying_all(w, next + 1, taken);
  if ((taken >> next & 1U) != 0) return best;
  for (std::size_t b = next + 1; b < w.size(); ++b) {
    if ((taken >> b & 1U) != 0) continue;
    const unsigned two = taken | 1U << next | 1U << b;
    if (w[next][b] > 0 && w[b][next] > 0)
      best = std::max(best, w[next][b] + w[b][next] + best_by_trying_all(w, next + 1, two));
    for (std::size_t c = next + 1; c < w.size(); ++c)
      if (c != b && (taken >> c & 1U) == 0 && w[next][b] > 0 && w[b][c] > 0 && w[c][next] > 0)
        best = std::max(best, w[next][b] + w[b][c] + w[c][next] +
                                  best_by_trying_all(w, next + 1, two | 1U << c));
  }
  return best;
}

Weights random_weights(Random& random) {
  const auto size = static_cast<std::size_t>(2 + draw(random, 9));
  const std::int64_t chance = 1 + draw(random, 9);
  const std::int64_t heaviest = draw(random, 2) == 0 ? 1 : 1 + draw(random, 9);
  Weights weights(size, std::vector<std::int64_t>(size, 0));
  for (std::size_t a = 0; a < size; ++a)
    for (std::size_t b = 0; b < size; ++b)
      if (a != b && draw(random, 10) < chance) weights[a][b] = 1 + draw(random, heaviest);
  return weights;
}

constexpr std::size_t people = 2'000;

/// Offers of help from anyone to anyone, so many of each on the average.
std::vector<HelpOffer> anyone(Random& random, std::size_t degree) {
  Weights drawn(people, std::vector<std::int64_t>(people, 0));
  for (std::size_t count = 0; count < people * degree;) {
    const auto a = static_cast<std::size_t>(draw(random, people));
    const auto b = static_cast<std::size_t>(draw(random, people));
    if (a == b || drawn[a][b] != 0) continue;
    drawn[a][b] = 1;
    ++count;
  }
  return offers_of(drawn);
}

/// Offers to half of those who live nearest in a plane, so many of each on the average.
std::vector<HelpOffer> neighbours(Random& random, std::ptrdiff_t degree) {
  Weights drawn(people, std::vector<std::int64_t>(people, 0));
  std::vector<std::pair<std::int64_t, std::int64_t>> homes(people);
  for (auto& home : homes) home = {draw(random, 10'000), draw(random, 10'000)};
  for (std::size_t a = 0; a < people; ++a) {
    std::vector<std::pair<std::int64_t, std::size_t>> near;
    for (std::size_t b = 0; b < people; ++b) {
      const auto x = homes[a].first - homes[b].first;
      const auto y = homes[a].second - homes[b].second;
      if (a != b) near.emplace_back(x * x + y * y, b);
    }
    std::partial_sort(near.begin(), near.begin() + 2 * degree, near.end());
    for (std::ptrdiff_t i = 0; i < 2 * degree; ++i)
      if (draw(random, 2) == 0) drawn[a][near[static_cast<std::size_t>(i)].second] = 1;
  }
  return offers_of(drawn);
}

}  // namespace

TEST_CASE("A helps B, B helps C, C helps A", "[exchange]") {
  const std::vector<HelpOffer> offers{{"A", "B"}, {"B", "C"}, {"C", "A"}, {"C", "D"}};
  const ExchangePlan plan = plan_exchanges(offers);
  REQUIRE(plan.cycles.size() == 1);
  CHECK(plan.cycles[0].participants == std::vector<std::string>{"A", "B", "C"});
  CHECK(plan.value == 3);
  CHECK(plan.gap() == 0);
  CHECK(plan.possible == 1);
  CHECK(check_exchanges(offers, plan).empty());
  CHECK(plan_exchanges({}).value == 0);
}

TEST_CASE("two cycles of two beat one of three between them", "[exchange]") {
  const std::vector<HelpOffer> offers{{"B", "C"}, {"C", "D"}, {"D", "B"}, {"A", "B"},
                                      {"B", "A"}, {"C", "E"}, {"E", "C"}};
  CHECK(plan_exchanges(offers).value == 4);
  const std::vector<HelpOffer> heavier{{"B", "C", 3}, {"C", "D"}, {"D", "B"}, {"A", "B"},
                                       {"B", "A"},    {"C", "E"}, {"E", "C"}};
  CHECK(plan_exchanges(heavier).value == 5);
}

TEST_CASE("cycles are the best there are, by trying all on small graphs", "[exchange]") {
  Random random(test::seed());
  for (std::int64_t i = 0; i < test::scaled(1'000); ++i) {
    const Weights weights = random_weights(random);
    std::vector<HelpOffer> offers = offers_of(weights);
    const ExchangePlan plan = plan_exchanges(offers);
    REQUIRE(plan.value == best_by_trying_all(weights, 0, 0));
    REQUIRE(plan.gap() == 0);
    REQUIRE(check_exchanges(offers, plan).empty());
    std::shuffle(offers.begin(), offers.end(), random);
    REQUIRE(plan_exchanges(offers) == plan);
  }
}

TEST_CASE("a search cut short still says how far it may be off", "[exchange]") {
  Random random(test::seed());
  for (std::int64_t i = 0; i < test::scaled(500); ++i) {
    const Weights weights = random_weights(random);
    const std::vector<HelpOffer> offers = offers_of(weights);
    std::stop_source stop;
    if (i % 2 == 0) stop.request_stop();
    const ExchangePlan plan = plan_exchanges(
        offers, {.steps_max = 1, .control = {.stop = stop.get_token(), .progress = {}}});
    REQUIRE(check_exchanges(offers, plan).empty());
    const std::int64_t best = best_by_trying_all(weights, 0, 0);
    REQUIRE(plan.value <= best);
    REQUIRE(best <= plan.bound);
  }
}

TEST_CASE("a ring of five pairs: a set of five proves that one stays alone", "[exchange]") {
  std::vector<HelpOffer> offers;
  const std::vector<std::string> ring{"A", "B", "C", "D", "E"};
  for (std::size_t i = 0; i < ring.size(); ++i) {
    offers.push_back({ring[i], ring[(i + 1) % 5]});
    offers.push_back({ring[(i + 1) % 5], ring[i]});
  }
  const ExchangePlan plan = plan_exchanges(offers);
  CHECK(plan.value == 4);  // prices of participants alone prove no less than 5
  CHECK(plan.price_bound == 4);
  REQUIRE(plan.set_prices.size() == 1);
  CHECK(plan.set_prices[0].participants == ring);
  CHECK(check_exchanges(offers, plan).empty());
}

TEST_CASE("2,000 wishes with a mean degree up to 8 are solved to a gap of 0", "[exchange]") {
  const std::size_t degree = GENERATE(2, 4, 6, 8);
  const bool near = GENERATE(false, true);
  if (near && degree > 4 && test::scaled(1) < 10) return;  // up to half a minute each: long runs
  Random random(test::seed());
  const std::vector<HelpOffer> offers =
      near ? neighbours(random, static_cast<std::ptrdiff_t>(degree)) : anyone(random, degree);
  REQUIRE(offers.size() > people * degree * 9 / 10);
  const std::clock_t begin = std::clock();  // of this process: the machine may be busy
  const ExchangePlan plan = plan_exchanges(offers);
  const std::clock_t took = (std::clock() - begin) / CLOCKS_PER_SEC;
  CAPTURE(degree, near, took);
  CHECK(plan.gap() == 0);
  CHECK_FALSE(plan.stopped);
  CHECK(check_exchanges(offers, plan).empty());
  CHECK(took < 60);
}

TEST_CASE("a town of neighbours stopped at once still has a plan and a bound", "[exchange]") {
  Random random(7);
  const std::vector<HelpOffer> offers = neighbours(random, 4);
  std::stop_source stop;
  stop.request_stop();
  const ExchangeOptions stopped{.control = {.stop = stop.get_token(), .progress = {}}};
  const ExchangePlan plan = plan_exchanges(offers, stopped);
  CHECK(plan.stopped);
  CHECK(plan.gap() > 0);
  CHECK(plan.gap() * 10 <= plan.bound);
  CHECK(check_exchanges(offers, plan).empty());
  CHECK(plan_exchanges(offers, stopped) == plan);
  const ExchangePlan whole = plan_exchanges(offers);
  CHECK(whole.value > plan.value);
  CHECK(whole.value <= plan.bound);
}

TEST_CASE("the check finds what is wrong with a plan", "[exchange]") {
  const std::vector<HelpOffer> offers{{"A", "B"}, {"B", "C"}, {"C", "A"}, {"C", "B"}, {"B", "A"}};
  const ExchangePlan good = plan_exchanges(offers);
  REQUIRE(check_exchanges(offers, good).empty());
  const auto wrong = [&](auto change) {
    ExchangePlan plan = good;
    change(plan);
    return !check_exchanges(offers, plan).empty();
  };
  CHECK(wrong([](ExchangePlan& plan) { ++plan.value; }));
  CHECK(wrong([](ExchangePlan& plan) { plan.bound = plan.value - 1; }));
  CHECK(wrong([](ExchangePlan& plan) { plan.bound = plan.price_bound + 1; }));
  CHECK(wrong([](ExchangePlan& plan) { ++plan.price_bound; }));
  CHECK(wrong([](ExchangePlan& plan) { plan.prices.pop_back(); }));
  CHECK(wrong([](ExchangePlan& plan) { plan.prices[0].price = -1; }));
  CHECK(wrong([](ExchangePlan& plan) {
    plan.set_prices.push_back({{"A", "B"}, 0});  // not odd
  }));
  CHECK(wrong([](ExchangePlan& plan) { plan.set_prices.push_back({{"A", "A", "B"}, 0}); }));
  CHECK(wrong([](ExchangePlan& plan) { plan.cycles.push_back(plan.cycles[0]); }));
  CHECK(wrong([](ExchangePlan& plan) {
    std::swap(plan.cycles[0].participants[0], plan.cycles[0].participants[1]);
  }));
  CHECK(wrong([](ExchangePlan& plan) { ++plan.cycles[0].weight; }));
  CHECK(wrong([](ExchangePlan& plan) { plan.cycles[0].participants = {"A"}; }));
}

TEST_CASE("offers that make no sense are refused, all at once", "[exchange]") {
  try {
    (void)plan_exchanges(std::vector<HelpOffer>{
        {"A", "A"}, {"", "B"}, {"A", "B", 0}, {"A", "B"}, {"A", "C", 1'000'001}});
    FAIL("accepted");
  } catch (const InputError& error) {
    std::vector<std::string> codes;
    for (const Problem& problem : error.problems()) codes.push_back(problem.code);
    CHECK(codes == std::vector<std::string>{"offer_to_self", "id_missing", "number_out_of_range",
                                            "offer_duplicate", "number_out_of_range"});
  }
  CHECK_THROWS_AS(plan_exchanges({}, {.steps_max = 0}), Error);
}
