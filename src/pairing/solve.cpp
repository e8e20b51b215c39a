#include "jiedui/pairing/solve.hpp"

#include <algorithm>

#include "market_state.hpp"
#include "plan_of.hpp"
#include "solver/solve_problem.hpp"

namespace jiedui {

namespace {

std::vector<TierCount> count_tiers(const solver::Limits& limits,
                                   const std::vector<solver::ChosenPair>& pairs,
                                   std::span<const std::uint8_t> gone) {
  std::vector<TierCount> counts(solver::Limits::tiers_max);
  std::vector<std::uint8_t> occurs(counts.size(), 0);
  for (std::size_t n = 0; n < limits.needs(); ++n) {
    if (!gone.empty() && gone[n] != 0) continue;
    const auto tier = static_cast<std::size_t>(limits.tier[n] - 1);
    counts[tier].demand += limits.demand[n];
    occurs[tier] = 1;
  }
  for (const solver::ChosenPair& pair : pairs)
    ++counts[static_cast<std::size_t>(limits.tier[pair.need] - 1)].filled;
  std::vector<TierCount> found;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    counts[t].tier = static_cast<std::int32_t>(t + 1);
    if (occurs[t] != 0) found.push_back(counts[t]);
  }
  return found;
}

/// By its row in the network, or its number in decimal.
std::string organisation_of_row(const Market& market, std::uint32_t row) {
  return market.is_explicit() ? std::to_string(row)
                              : std::string(market.network().ids(Entity::organisation)[row]);
}

OptimalityProof proof_of(const Market& market, const solver::Solution& solution) {
  OptimalityProof proof;
  proof.tiers = solution.weights.tiers;
  proof.step = solution.weights.step;
  auto slot_price = solution.slot_price.begin();
  for (std::uint32_t v = 0; v < solution.price.size(); ++v) {
    const bool has_slot_price =
        slot_price != solution.slot_price.end() && slot_price->volunteer == v;
    if (solution.price[v] == 0 && !has_slot_price) continue;
    const std::string id = market.volunteer_id(VolunteerIndex{v});
    for (; slot_price != solution.slot_price.end() && slot_price->volunteer == v; ++slot_price)
      proof.prices.push_back({id, slot_price->slot, slot_price->price});
    if (solution.price[v] != 0)
      proof.prices.push_back({id, solver::Candidate::no_slot, solution.price[v]});
  }
  for (std::uint32_t n = 0; n < solution.profit.size(); ++n)
    if (solution.profit[n] > 0)
      proof.profits.push_back({market.need_id(NeedIndex{n}), solution.profit[n]});
  proof.bonuses = solution.weights.bonuses;
  proof.change_price = solution.change_price;
  for (std::size_t k = 0; k < solution.lending_price.size(); ++k) {
    const auto& lending = market.limits().cross.lending[k];
    if (solution.lending_price[k] > 0)
      proof.lending.push_back({organisation_of_row(market, lending.from),
                               organisation_of_row(market, lending.to), solution.lending_price[k]});
  }
  for (std::uint32_t o = 0; o < solution.organisation_price.size(); ++o)
    if (solution.organisation_price[o] > 0)
      proof.totals.push_back({market.organisation_id(o), solution.organisation_price[o]});
  return proof;
}

/// Rows come in the order of their ids, but for those of a market that is edited.
void sort_by_id(PlanData& data) {
  std::sort(data.without_slot.begin(), data.without_slot.end());
  std::sort(data.proof.prices.begin(), data.proof.prices.end(), [](const auto& a, const auto& b) {
    return std::tie(a.volunteer, a.slot) < std::tie(b.volunteer, b.slot);
  });
  std::sort(data.proof.profits.begin(), data.proof.profits.end(),
            [](const auto& a, const auto& b) { return a.need < b.need; });
}

/// What the limits say of the plan as a whole: who has less than the least, what the load costs.
void read_loads(const Market& market, const solver::Solution& solution, PlanData& data) {
  const solver::Limits& limits = market.limits();
  if (limits.least.empty() && limits.load_cost.empty()) return;
  std::vector<std::int32_t> pairs(limits.volunteers(), 0);
  for (const solver::ChosenPair& pair : solution.pairs)
    data.load_cost += limits.cost_of(pair.candidate.volunteer, ++pairs[pair.candidate.volunteer]);
  for (std::uint32_t v = 0; v < limits.least.size(); ++v)
    if (pairs[v] < limits.least[v])
      data.unmet.push_back({market.volunteer_id(VolunteerIndex{v}), limits.least[v] - pairs[v]});
}

PlannedPair planned(const Market& market, const solver::ChosenPair& chosen) {
  const VolunteerIndex volunteer{chosen.candidate.volunteer};
  const NeedIndex need{chosen.need};
  PlannedPair pair{.volunteer = market.volunteer_id(volunteer),
                   .need = market.need_id(need),
                   .points = Points{chosen.candidate.points},
                   .metres = market.metres(volunteer, need),
                   .begins = {},
                   .ends = {}};
  if (const auto time = market.time_of(volunteer, need, chosen.candidate.slot)) {
    pair.begins = time->first;
    pair.ends = time->second;
  }
  return pair;
}

}  // namespace

std::vector<solver::LinePair> kept_pairs(const Market& market, const Plan& before) {
  const auto& state = MarketAccess::state(market);
  std::vector<solver::LinePair> pairs;
  for (const PlanData::Entry& entry : before.data().pairs) {
    const auto volunteer = market.find_volunteer(entry.pair.volunteer);
    const auto need = market.find_need(entry.pair.need);
    if (volunteer && need)
      pairs.push_back(
          {state.lines().number(need->value()), state.volunteers().number(volunteer->value())});
  }
  return pairs;
}

Plan solve(const Market& market, const SolveOptions& options) {
  checked_range(options.threads, 1, 64, "options.threads");
  const auto& state = MarketAccess::state(market);
  std::vector<solver::LinePair> before;
  if (options.before != nullptr) before = kept_pairs(market, *options.before);
  return plan_of(market,
                 solver::solve(state.numbered_limits(), state.source(), numeric(options), before));
}

Plan plan_of(const Market& market, solver::Solution solution, std::span<const std::uint8_t> gone) {
  const auto& state = MarketAccess::state(market);
  solver::to_rows(solution, state.volunteers(), state.lines());
  PlanData data;
  data.status = solution.status;
  data.value = solution.value;
  data.bound = solution.bound;
  data.statistics = solution.statistics;
  data.tiers = count_tiers(market.limits(), solution.pairs, gone);
  data.proof = proof_of(market, solution);
  read_loads(market, solution, data);
  auto pins = market.limits().pinned;
  std::sort(pins.begin(), pins.end(), [](const auto& a, const auto& b) {
    return std::pair(a.need, a.candidate.volunteer) < std::pair(b.need, b.candidate.volunteer);
  });
  auto pin = pins.begin();
  data.pairs.reserve(solution.pairs.size());
  for (const solver::ChosenPair& chosen : solution.pairs) {
    const bool pinned = pin != pins.end() && pin->need == chosen.need &&
                        pin->candidate.volunteer == chosen.candidate.volunteer;
    if (pinned) ++pin;
    data.pairs.push_back({planned(market, chosen), chosen.candidate.slot, pinned});
  }
  for (const NeedIndex need : market.needs_without_slot())
    if (gone.empty() || gone[need.value()] == 0) data.without_slot.push_back(market.need_id(need));
  if (!gone.empty()) sort_by_id(data);
  return Plan(std::move(data));
}

}  // namespace jiedui
