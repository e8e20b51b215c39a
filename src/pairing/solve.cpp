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

/// From the solver's numbers to the rows of the market.
template <class State>
void renumber(const State& state, solver::Solution& solution) {
  const auto by_row = [](const Numbering& numbering, std::vector<int128>& values) {
    if (numbering.row_of.empty()) return;
    std::vector<int128> sorted(values.size());
    for (std::uint32_t i = 0; i < values.size(); ++i) sorted[numbering.row(i)] = values[i];
    values = std::move(sorted);
  };
  by_row(state.volunteers(), solution.price);
  by_row(state.lines(), solution.profit);
  for (auto& price : solution.slot_price) price.volunteer = state.volunteer_row(price.volunteer);
  for (auto& pair : solution.pairs) {
    pair.need = state.line_row(pair.need);
    pair.candidate.volunteer = state.volunteer_row(pair.candidate.volunteer);
  }
  std::sort(solution.slot_price.begin(), solution.slot_price.end(), [](auto& a, auto& b) {
    return std::pair(a.volunteer, a.slot) < std::pair(b.volunteer, b.slot);
  });
  std::sort(solution.pairs.begin(), solution.pairs.end(), [](auto& a, auto& b) {
    return std::pair(a.need, a.candidate.volunteer) < std::pair(b.need, b.candidate.volunteer);
  });
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
  renumber(MarketAccess::state(market), solution);
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
