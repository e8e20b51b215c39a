#include "jiedui/pairing/solve.hpp"

#include <algorithm>

namespace jiedui {

namespace {

std::vector<TierCount> count_tiers(const solver::Instance& instance,
                                   const std::vector<solver::ChosenPair>& pairs) {
  std::vector<TierCount> counts;
  for (std::int32_t tier = 1; tier <= solver::Instance::tiers_max; ++tier) {
    TierCount count{.tier = tier};
    bool occurs = false;
    for (std::size_t n = 0; n < instance.needs(); ++n)
      if (instance.tier[n] == tier) {
        occurs = true;
        count.demand += instance.demand[n];
      }
    if (occurs) counts.push_back(count);
  }
  for (const solver::ChosenPair& pair : pairs)
    for (TierCount& count : counts)
      if (count.tier == instance.tier[pair.need]) ++count.filled;
  return counts;
}

OptimalityProof proof_of(const Market& market, const solver::Solution& solution) {
  OptimalityProof proof;
  proof.tiers = solution.weights.tiers;
  proof.step = solution.weights.step;
  auto slot_price = solution.slot_price.begin();
  for (std::uint32_t v = 0; v < solution.price.size(); ++v) {
    const std::string id = market.volunteer_id(VolunteerIndex{v});
    for (; slot_price != solution.slot_price.end() && slot_price->volunteer == v; ++slot_price)
      proof.prices.push_back({id, slot_price->slot, slot_price->price});
    if (solution.price[v] > 0)
      proof.prices.push_back({id, solver::Candidate::no_slot, solution.price[v]});
  }
  for (std::uint32_t n = 0; n < solution.profit.size(); ++n)
    if (solution.profit[n] > 0)
      proof.profits.push_back({market.need_id(NeedIndex{n}), solution.profit[n]});
  return proof;
}

}  // namespace

Plan solve(const Market& market, const SolveOptions& options) {
  solver::Solution solution = solver::solve(market.instance(), options);
  PlanData data;
  data.status = solution.status;
  data.value = solution.value;
  data.bound = solution.bound;
  data.statistics = solution.statistics;
  data.tiers = count_tiers(market.instance(), solution.pairs);
  data.proof = proof_of(market, solution);
  data.pairs.reserve(solution.pairs.size());
  for (const solver::ChosenPair& chosen : solution.pairs) {
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
    data.pairs.push_back({std::move(pair), chosen.candidate.slot});
  }
  for (const NeedIndex need : market.needs_without_slot())
    data.without_slot.push_back(market.need_id(need));
  return Plan(std::move(data));
}

}  // namespace jiedui
