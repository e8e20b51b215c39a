// Plans of random markets with all limits, spoiled at random: verify says that a plan is proved
// exactly if the dual of the linear programme, written down afresh here, equals its value.

#include <map>

#include <catch2/catch.hpp>

#include "brute_force.hpp"
#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;

namespace {

using Numbers = std::map<std::uint32_t, int128>;

/// The prices of a proof by index.
struct Prices {
  explicit Prices(const OptimalityProof& proof) {
    for (const auto& price : proof.prices)
      (price.slot == Candidate::no_slot
           ? capacity[static_cast<std::uint32_t>(std::stoul(price.volunteer))]
           : slot[{static_cast<std::uint32_t>(std::stoul(price.volunteer)), price.slot}]) =
          price.price;
    for (const auto& given : proof.profits)
      profit[static_cast<std::uint32_t>(std::stoul(given.need))] = given.profit;
    for (const auto& given : proof.totals)
      total[static_cast<std::uint32_t>(std::stoul(given.organisation))] = given.price;
  }
  Numbers capacity, profit, total;
  std::map<std::pair<std::uint32_t, std::uint32_t>, int128> slot;
};

/// No plan with these pins weighs more than this, whatever the prices, if none of those that must
/// not be is negative.
int128 dual_total(const solver::Instance& instance, const OptimalityProof& proof) {
  const solver::Weights weights{proof.tiers, proof.step};
  Prices prices(proof);
  // More than there is to be had is of no use.
  std::set<std::uint32_t> needs;
  for (std::uint32_t line = 0; line < instance.needs(); ++line)
    needs.insert(instance.need_of(line));
  std::vector<std::int32_t> capacity;
  std::vector<std::int32_t> demand;
  std::vector<std::int32_t> totals(instance.organisation_total.size(), 0);
  for (const std::int32_t own : instance.capacity)
    capacity.push_back(std::min(own, static_cast<std::int32_t>(needs.size())));
  for (const std::int32_t own : instance.demand)
    demand.push_back(std::min(own, static_cast<std::int32_t>(instance.volunteers())));
  std::vector<std::int32_t> pinned(instance.volunteers(), 0);
  const auto organisation = [&](std::uint32_t v) {
    return instance.organisation.empty() ? solver::Limits::no_organisation
                                         : instance.organisation[v];
  };
  for (std::uint32_t v = 0; v < instance.volunteers(); ++v)
    if (organisation(v) != solver::Limits::no_organisation) totals[organisation(v)] += capacity[v];
  for (std::size_t o = 0; o < totals.size(); ++o)
    totals[o] = std::min(totals[o], instance.organisation_total[o]);
  int128 sum = 0;
  const auto cost = [&](std::uint32_t v, std::int32_t i) {
    const bool counts = !instance.least.empty() && i <= instance.least[v];
    return instance.cost_of(v, i) - (counts ? weights.least_bonus() : 0);
  };
  for (const auto& [line, candidate] : instance.pinned) {
    sum += weights.bonus(instance.tier[line]) + candidate.points -
           cost(candidate.volunteer, ++pinned[candidate.volunteer]);
    --demand[line];
    if (organisation(candidate.volunteer) != solver::Limits::no_organisation)
      --totals[organisation(candidate.volunteer)];
  }
  const auto has_room = [&](std::uint32_t v) {
    const std::uint32_t o = organisation(v);
    return pinned[v] < capacity[v] && (o == solver::Limits::no_organisation || totals[o] > 0);
  };
  for (std::uint32_t v = 0; v < instance.volunteers(); ++v) {
    const int128 own = prices.capacity[v] - (organisation(v) == solver::Limits::no_organisation
                                                 ? int128{0}
                                                 : prices.total[organisation(v)]);
    for (std::int32_t i = pinned[v] + 1; has_room(v) && i <= capacity[v]; ++i)
      sum += std::max<int128>(0, own - cost(v, i));
  }
  for (std::size_t o = 0; o < totals.size(); ++o)
    sum += totals[o] * prices.total[static_cast<std::uint32_t>(o)];
  for (std::uint32_t line = 0; line < instance.needs(); ++line)
    sum += demand[line] * prices.profit[line];
  std::set<std::pair<std::uint32_t, std::uint32_t>> pinned_slots;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pinned_needs;
  for (const auto& [line, candidate] : instance.pinned) {
    if (candidate.slot != Candidate::no_slot)
      pinned_slots.emplace(candidate.volunteer, candidate.slot);
    pinned_needs.emplace(candidate.volunteer, instance.need_of(line));
  }
  for (const auto& [seat, price] : prices.slot)
    if (!pinned_slots.contains(seat)) sum += price;
  std::map<std::pair<std::uint32_t, std::uint32_t>, int128> worth;
  for (std::uint32_t line = 0; line < instance.needs(); ++line)
    for (const Candidate& candidate : instance.candidates_of(line)) {
      const std::pair met(candidate.volunteer, instance.need_of(line));
      const std::pair seat(candidate.volunteer, candidate.slot);
      if (!has_room(candidate.volunteer) || demand[line] <= 0 || pinned_slots.contains(seat) ||
          pinned_needs.contains(met))
        continue;
      int128 margin = weights.bonus(instance.tier[line]) + candidate.points -
                      prices.capacity[candidate.volunteer] - prices.profit[line];
      if (candidate.slot != Candidate::no_slot) margin -= prices.slot[seat];
      worth[met] = std::max(worth[met], margin);
    }
  for (const auto& [met, margin] : worth) sum += margin;
  return sum;
}

bool has_negative(const OptimalityProof& proof) {
  const auto negative = [](const auto& entry) { return entry.price < 0; };
  return std::any_of(proof.prices.begin(), proof.prices.end(),
                     [](const auto& price) {
                       return price.slot != Candidate::no_slot && price.price < 0;
                     }) ||
         std::any_of(proof.totals.begin(), proof.totals.end(), negative) ||
         std::any_of(proof.profits.begin(), proof.profits.end(),
                     [](const auto& profit) { return profit.profit < 0; });
}

solver::Instance random_limits(std::mt19937_64& random) {
  test::Shape shape{.volunteers = static_cast<std::uint32_t>(1 + random() % 5),
                    .needs = static_cast<std::uint32_t>(1 + random() % 5),
                    .slots = static_cast<std::uint32_t>(random() % 3),
                    .points_by_slot = random() % 2 == 0};
  return test::random_instance(test::with_random_features(shape, random), random);
}

template <class List>
auto& pick(List& list, std::mt19937_64& random) {
  return list[random() % list.size()];
}

/// Changes one price, or takes one away.
void spoil_proof(OptimalityProof& proof, std::mt19937_64& random) {
  const int128 change = static_cast<std::int64_t>(random() % 41) - 20;
  const auto spoil = [&](auto& list, auto&& value_of) {
    if (list.empty()) return;
    auto& entry = pick(list, random);
    if (random() % 8 == 0)
      entry = list.back(), list.pop_back();
    else
      value_of(entry) += change;
  };
  switch (random() % 4) {
    case 0:
      return spoil(proof.profits, [](auto& entry) -> int128& { return entry.profit; });
    case 1:
      return spoil(proof.totals, [](auto& entry) -> int128& { return entry.price; });
    default:
      return spoil(proof.prices, [](auto& entry) -> int128& { return entry.price; });
  }
}

/// Changes what the plan says of itself, or who is in it.
void spoil_plan(PlanData& data, const solver::Instance& instance, std::mt19937_64& random) {
  if (data.pairs.empty()) return;
  PlanData::Entry& entry = pick(data.pairs, random);
  const auto bump = [&](auto& number) { number += random() % 2 == 0 ? 1 : -1; };
  switch (random() % 8) {
    case 0:
      entry.pair.points = Points{entry.pair.points.count() + (random() % 2 == 0 ? 1 : -1)};
      return;
    case 1:
      entry.slot =
          random() % 3 == 0 ? Candidate::no_slot : static_cast<std::uint32_t>(random() % 3);
      return;
    case 2:
      entry.pair.volunteer = std::to_string(random() % instance.volunteers());
      return;
    case 3:
      entry.pinned = !entry.pinned;
      return;
    case 4:
      bump(data.value);
      data.bound = data.value;
      return;
    case 5:
      bump(data.load_cost);
      return;
    case 6:
      if (data.unmet.empty())
        data.unmet.push_back({"0", 1});
      else
        bump(pick(data.unmet, random).missing);
      return;
    default:
      bump(pick(data.tiers, random).demand);
  }
}

/// Whether the plan is a best one, and says the truth about itself.
bool is_right(const PlanData& data, const solver::Instance& instance) {
  std::vector<solver::ChosenPair> pairs;
  std::vector<solver::ChosenPair> pins;
  for (const PlanData::Entry& entry : data.pairs) {
    pairs.push_back({static_cast<std::uint32_t>(std::stoul(entry.pair.need)),
                     {static_cast<std::uint32_t>(std::stoul(entry.pair.volunteer)), entry.slot,
                      entry.pair.points.count()}});
    if (entry.pinned) pins.push_back(pairs.back());
  }
  if (!test::fault_of(instance, pairs).empty() || pins.size() != instance.pinned.size())
    return false;
  for (const solver::ChosenPair& pin : instance.pinned)
    if (std::find(pins.begin(), pins.end(), pin) == pins.end()) return false;
  const test::Score score = test::score_of(instance, pairs);
  if (score != test::BruteForce(instance).best()) return false;
  if (data.value != test::weight_of(score, {data.proof.tiers, data.proof.step})) return false;
  std::map<std::int32_t, TierCount> tiers;
  for (std::size_t line = 0; line < instance.needs(); ++line) {
    tiers[instance.tier[line]].tier = instance.tier[line];
    tiers[instance.tier[line]].demand += instance.demand[line];
  }
  for (const solver::ChosenPair& pair : pairs) ++tiers[instance.tier[pair.need]].filled;
  std::vector<TierCount> counts;
  for (const auto& [tier, count] : tiers) counts.push_back(count);
  if (counts != data.tiers) return false;
  const auto used = test::pairs_of_volunteers(instance, pairs);
  std::vector<PlanData::Unmet> unmet;
  int128 load = 0;
  for (std::uint32_t v = 0; v < instance.volunteers(); ++v) {
    if (!instance.least.empty() && used[v] < instance.least[v])
      unmet.push_back({std::to_string(v), instance.least[v] - used[v]});
    for (std::int32_t i = 1; i <= used[v]; ++i) load += instance.cost_of(v, i);
  }
  return unmet == data.unmet && load == data.load_cost;
}

}  // namespace

TEST_CASE("a proof is accepted exactly if its dual total equals the value", "[pairing]") {
  std::mt19937_64 random(8);
  std::int64_t rejected = 0;
  const std::int64_t runs = test::scaled(4'000);
  for (std::int64_t run = 0; run < runs; ++run) {
    const solver::Instance instance = random_limits(random);
    const auto market = ExplicitMarket::of(instance);
    PlanData data = solve(market).data();
    INFO("run " << run);
    REQUIRE(dual_total(instance, data.proof) == data.value);
    REQUIRE(verify(Plan(data), market));
    spoil_proof(data.proof, random);
    const bool is_proved =
        dual_total(instance, data.proof) == data.value && !has_negative(data.proof);
    rejected += is_proved ? 0 : 1;
    CHECK(static_cast<bool>(verify(Plan(data), market)) == is_proved);
    CHECK(verify(Plan(data), market).feasible);

    // The same prices prove a bound for a plan that is not the best.
    data.status = PlanStatus::interrupted;
    data.bound = std::max(data.value, dual_total(instance, data.proof) - 1);
    const bool is_bound = dual_total(instance, data.proof) <= data.bound;
    CHECK((verify(Plan(data), market).finding_count == 0) ==
          (is_bound && !has_negative(data.proof)));
  }
  CHECK(rejected * 8 > runs);
}

TEST_CASE("no spoiled plan passes that is not right all the same", "[pairing]") {
  std::mt19937_64 random(9);
  std::int64_t rejected = 0;
  const std::int64_t runs = test::scaled(4'000);
  for (std::int64_t run = 0; run < runs; ++run) {
    const solver::Instance instance = random_limits(random);
    const auto market = ExplicitMarket::of(instance);
    PlanData data = solve(market).data();
    INFO("run " << run);
    REQUIRE(is_right(data, instance));
    spoil_plan(data, instance, random);
    if (random() % 4 == 0) spoil_proof(data.proof, random);
    try {
      const Verification verification = verify(Plan(data), market);
      rejected += verification ? 0 : 1;
      if (verification) CHECK(is_right(data, instance));
    } catch (const Error& error) {
      CHECK(error.code() == "plan_invalid");  // said before verify is asked
    }
  }
  CHECK(rejected * 2 > runs);
}
