// What must not change, or must change in a known way, when an instance is changed.

#include <functional>
#include <numeric>

#include <catch2/catch.hpp>

#include "instances.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;
using solver::Instance;

namespace {

test::Score solved(const Instance& instance) {
  const solver::Solution solution = solver::solve(instance);
  REQUIRE(test::fault_of(instance, solution.pairs) == "");
  REQUIRE(solution.bound == solution.value);
  return test::score_of(instance, solution.pairs);
}

test::Score sum_of(const test::Score& a, const test::Score& b) {
  test::Score sum;
  std::transform(a.begin(), a.end(), b.begin(), sum.begin(), std::plus<>{});
  return sum;
}

test::Shape middle_size(std::mt19937_64& random) {
  const test::Shape shape{.volunteers = static_cast<std::uint32_t>(5 + random() % 30),
                          .needs = static_cast<std::uint32_t>(5 + random() % 20),
                          .slots = static_cast<std::uint32_t>(random() % 4),
                          .points_by_slot = random() % 2 == 0,
                          .points_scale = 100,
                          .density = 0.1 + 0.2 * static_cast<double>(random() % 4),
                          .candidates_max = 10'000};
  return test::with_random_features(shape, random);
}

/// Calls the test with random instances; the message names the run that fails.
template <class Test>
void each_instance(std::uint64_t seed, Test test) {
  std::mt19937_64 random(seed);
  for (std::int64_t run = 0; run < test::scaled(300); ++run) {
    INFO("seed " << seed << ", run " << run);
    test(test::random_instance(middle_size(random), random), random);
  }
}

std::vector<std::uint32_t> random_order(std::size_t count, std::mt19937_64& random) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

template <class Value>
std::vector<Value> rows_of(const std::vector<Value>& column,
                           const std::vector<std::uint32_t>& rows) {
  std::vector<Value> picked;
  if (!column.empty())
    for (const std::uint32_t row : rows) picked.push_back(column[row]);
  return picked;
}

/// The instance of the volunteers and lines named, in that order; pairs with others are left out.
Instance part_of(const Instance& whole, const std::vector<std::uint32_t>& volunteers,
                 const std::vector<std::uint32_t>& lines) {
  constexpr std::uint32_t none = ~0U;
  std::vector<std::uint32_t> new_volunteer(whole.volunteers(), none);
  std::vector<std::uint32_t> new_line(whole.needs(), none);
  for (std::uint32_t i = 0; i < volunteers.size(); ++i) new_volunteer[volunteers[i]] = i;
  for (std::uint32_t i = 0; i < lines.size(); ++i) new_line[lines[i]] = i;
  Instance part;
  part.capacity = rows_of(whole.capacity, volunteers);
  part.least = rows_of(whole.least, volunteers);
  part.load_before = rows_of(whole.load_before, volunteers);
  part.organisation = rows_of(whole.organisation, volunteers);
  part.demand = rows_of(whole.demand, lines);
  part.tier = rows_of(whole.tier, lines);
  std::map<std::uint32_t, std::uint32_t> new_need;
  for (const std::uint32_t need : rows_of(whole.need, lines))
    part.need.push_back(
        new_need.emplace(need, static_cast<std::uint32_t>(new_need.size())).first->second);
  part.load_cost = whole.load_cost;
  part.organisation_total = whole.organisation_total;
  part.first = {0};
  for (const std::uint32_t line : lines) {
    for (Candidate candidate : whole.candidates_of(line)) {
      candidate.volunteer = new_volunteer[candidate.volunteer];
      if (candidate.volunteer != none) part.candidates.push_back(candidate);
    }
    part.first.push_back(part.candidates.size());
  }
  for (solver::ChosenPair pin : whole.pinned) {
    pin.need = new_line[pin.need];
    pin.candidate.volunteer = new_volunteer[pin.candidate.volunteer];
    if (pin.need != none && pin.candidate.volunteer != none) part.pinned.push_back(pin);
  }
  return part;
}

/// All ids changed: volunteers, lines, needs, slots and organisations.
Instance renumbered(const Instance& instance, std::mt19937_64& random) {
  Instance other = part_of(instance, random_order(instance.volunteers(), random),
                           random_order(instance.needs(), random));
  const auto organisation = random_order(other.organisation_total.size(), random);
  for (std::uint32_t i = 0; i < organisation.size(); ++i)
    other.organisation_total[organisation[i]] = instance.organisation_total[i];
  for (std::uint32_t& number : other.organisation)
    if (number != Instance::no_organisation) number = organisation[number];
  const auto slot = random_order(10, random);
  for (Candidate& candidate : other.candidates)
    if (candidate.slot != Candidate::no_slot) candidate.slot = slot[candidate.slot];
  for (solver::ChosenPair& pin : other.pinned)
    if (pin.candidate.slot != Candidate::no_slot) pin.candidate.slot = slot[pin.candidate.slot];
  return other;
}

/// Two instances of one shape and one load cost side by side.
Instance merged(Instance one, const Instance& other) {
  const auto volunteers = static_cast<std::uint32_t>(one.volunteers());
  const auto lines = static_cast<std::uint32_t>(one.needs());
  const auto organisations = static_cast<std::uint32_t>(one.organisation_total.size());
  const auto append = [](auto& to, const auto& from, auto shift) {
    for (auto value : from) to.push_back(static_cast<decltype(value)>(value + shift));
  };
  append(one.capacity, other.capacity, 0);
  append(one.least, other.least, 0);
  append(one.load_before, other.load_before, 0);
  append(one.demand, other.demand, 0);
  append(one.tier, other.tier, 0);
  append(one.need, other.need, lines);
  append(one.organisation_total, other.organisation_total, 0);
  for (const std::uint32_t number : other.organisation)
    one.organisation.push_back(number == Instance::no_organisation ? number
                                                                   : number + organisations);
  const auto moved = [&](Candidate candidate) {
    candidate.volunteer += volunteers;
    return candidate;
  };
  const std::uint64_t candidates = one.candidates.size();
  for (std::size_t line = 1; line < other.first.size(); ++line)
    one.first.push_back(candidates + other.first[line]);
  for (const Candidate& candidate : other.candidates) one.candidates.push_back(moved(candidate));
  for (const solver::ChosenPair& pin : other.pinned)
    one.pinned.push_back({pin.need + lines, moved(pin.candidate)});
  return one;
}

}  // namespace

TEST_CASE("other ids do not change the value", "[pairing]") {
  each_instance(401, [](const Instance& instance, std::mt19937_64& random) {
    REQUIRE(solved(renumbered(instance, random)) == solved(instance));
  });
}

TEST_CASE("a constant added to all points changes the value by that for each pair", "[pairing]") {
  each_instance(402, [](const Instance& instance, std::mt19937_64& random) {
    const auto shift = static_cast<std::int64_t>(random() % 10'001) - 5'000;
    Instance shifted = instance;
    for (Candidate& candidate : shifted.candidates) candidate.points += shift;
    for (solver::ChosenPair& pin : shifted.pinned) pin.candidate.points += shift;
    test::Score expected = solved(instance);
    const int128 pairs = std::accumulate(expected.begin() + 1, expected.end() - 1, int128{0});
    expected.back() += pairs * shift;
    REQUIRE(solved(shifted) == expected);
  });
}

TEST_CASE("all points and load costs times a number give so many times the points", "[pairing]") {
  each_instance(403, [](const Instance& instance, std::mt19937_64& random) {
    const std::int64_t times = random() % 2 == 0 ? 2 : std::int64_t{1} << 40U;
    Instance scaled = instance;
    for (Candidate& candidate : scaled.candidates) candidate.points *= times;
    for (solver::ChosenPair& pin : scaled.pinned) pin.candidate.points *= times;
    for (std::int64_t& cost : scaled.load_cost) cost *= times;
    test::Score expected = solved(instance);
    expected.back() *= times;
    REQUIRE(solved(scaled) == expected);
  });
}

TEST_CASE("the values of independent markets add up", "[pairing]") {
  std::mt19937_64 random(404);
  for (std::int64_t run = 0; run < test::scaled(300); ++run) {
    INFO("run " << run);
    const test::Shape shape = middle_size(random);
    const Instance one = test::random_instance(shape, random);
    Instance other = test::random_instance(shape, random);
    other.load_cost = one.load_cost;
    REQUIRE(solved(renumbered(merged(one, other), random)) == sum_of(solved(one), solved(other)));
  }
}

TEST_CASE("a market split in two is never better than the whole", "[pairing]") {
  each_instance(405, [](Instance whole, std::mt19937_64& random) {
    whole.organisation.clear();  // a total cannot be split
    whole.organisation_total.clear();
    whole.pinned.clear();  // nor can a pin that crosses the border
    std::vector<std::uint32_t> volunteers[2];
    std::vector<std::uint32_t> lines[2];
    for (std::uint32_t v = 0; v < whole.volunteers(); ++v) volunteers[random() % 2].push_back(v);
    for (std::uint32_t line = 0; line < whole.needs(); ++line)
      lines[whole.need_of(line) % 2].push_back(line);
    const test::Score halves = sum_of(solved(part_of(whole, volunteers[0], lines[0])),
                                      solved(part_of(whole, volunteers[1], lines[1])));
    REQUIRE(halves <= solved(whole));
    // Without the pairs across the border the two are the same.
    REQUIRE(solved(merged(part_of(whole, volunteers[0], lines[0]),
                          part_of(whole, volunteers[1], lines[1]))) == halves);
  });
}

TEST_CASE("pairs of the best plan can be pinned, others taken away", "[pairing]") {
  each_instance(406, [](const Instance& instance, std::mt19937_64& random) {
    const solver::Solution solution = solver::solve(instance);
    const test::Score score = test::score_of(instance, solution.pairs);
    Instance pinned = instance;
    for (const solver::ChosenPair& pair : solution.pairs)
      if (random() % 2 == 0 &&
          std::find(pinned.pinned.begin(), pinned.pinned.end(), pair) == pinned.pinned.end())
        pinned.pinned.push_back(pair);
    REQUIRE(solved(pinned) == score);

    Instance fewer = instance;
    fewer.candidates.clear();
    for (std::uint32_t line = 0; line < instance.needs(); ++line) {
      for (const Candidate& candidate : instance.candidates_of(line)) {
        const solver::ChosenPair pair{line, candidate};
        const bool chosen =
            std::find(solution.pairs.begin(), solution.pairs.end(), pair) != solution.pairs.end();
        if (chosen || random() % 2 == 0) fewer.candidates.push_back(candidate);
      }
      fewer.first[line + 1] = fewer.candidates.size();
    }
    REQUIRE(solved(fewer) == score);
  });
}
