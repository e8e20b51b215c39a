#include "problem_range.hpp"

#include <algorithm>

#include "solve_problem.hpp"

namespace jiedui::solver {

namespace {

CandidateSource::Range with_pins(const Limits& limits, CandidateSource::Range range) {
  for (const ChosenPair& pin : limits.pinned) {
    range.most = std::max(range.most, pin.candidate.points);
    range.least = std::min(range.least, pin.candidate.points);
  }
  return range;
}

int128 greatest_load_cost(const Limits& limits) {
  return limits.load_cost.empty() ? 0 : limits.load_cost.back();
}

/// Each bonus outweighs all that comes after it, of units and of points.
void list_bonuses(const Limits& limits, Weights& weights) {
  constexpr int128 most = int128{1} << 57U;  // prices of cross limits are taken from points
  std::vector<int128> units(static_cast<std::size_t>(weights.tiers) + 1, 0);
  const auto volunteers = static_cast<std::int64_t>(limits.volunteers());
  for (std::size_t line = 0; line < limits.needs(); ++line)
    units[static_cast<std::size_t>(limits.tier[line])] +=
        std::min<std::int64_t>(limits.demand[line], volunteers);
  weights.bonuses.assign(units.size(), 0);
  int128 bonus = weights.step;
  for (std::size_t tier = units.size(); tier-- > 0;) {
    if (tier == 0 && limits.least.empty()) break;
    if (bonus > most)
      throw Error({.code = "points_out_of_range",
                   .place = "points",
                   .message = "under limits on lending or changes, the bonuses that keep tiers "
                              "strict do not fit",
                   .allowed = "demand · range of points, times 1 + demand of each tier but the "
                              "first, up to 2^57",
                   .way_out = "use fewer tiers or smaller points, or leave those limits out"});
    weights.bonuses[tier] = bonus;
    bonus *= 1 + units[tier];
  }
}

Weights weights_of(const Limits& limits, CandidateSource::Range range, int128 demand) {
  Weights weights;
  for (const std::int32_t tier : limits.tier) weights.tiers = std::max(weights.tiers, tier);
  const int128 most = std::max<std::int64_t>(range.most, 0);
  const int128 least = std::min<std::int64_t>(range.least, 0);
  weights.step = demand * (most - least + greatest_load_cost(limits)) + 1;
  if (limits.cross.any()) list_bonuses(limits, weights);
  return weights;
}

}  // namespace

int128 total_demand(const Limits& limits) {
  int128 units = 0;
  for (const std::int32_t demand : limits.demand) units += demand;
  return units;
}

Weights strict_weights(const Limits& limits, CandidateSource::Range range) {
  return weights_of(limits, with_pins(limits, range), total_demand(limits));
}

ProblemRange::ProblemRange(const Limits& limits, CandidateSource::Range points, int128 demand_max,
                           bool has_before, const Weights* given) {
  points = with_pins(limits, points);
  weights = given != nullptr ? *given : weights_of(limits, points, demand_max);
  int128 places = 0;
  for (const std::int32_t capacity : limits.capacity) places += capacity;
  const int128 units = has_before ? demand_max : std::min(demand_max, places);
  const int128 count = 1 + static_cast<int128>(limits.volunteers() + limits.needs()) + 2 * units;
  if (has_before)
    while (scale <= 4 * units) scale *= 2;
  const int128 most = std::max(int128{points.most}, -int128{points.least});
  // A distance stays below four times the greatest weight, a total below `count` times it.
  constexpr int128 most_total = int128{1} << 116U;  // leaves verify() room for its sums
  const int128 bonus = std::max(weights.least_bonus(), weights.bonus(1));
  const int128 unscaled = 2 * bonus + most + greatest_load_cost(limits);
  if (unscaled > most_total / count / scale)
    throw Error(
        {.code = "points_out_of_range",
         .place = "points",
         .message = "the pairing problem cannot be posed",
         .allowed = "|points| up to " +
                    to_string(most_total / count / scale / (4 * (weights.tiers + 2) * count)) +
                    " for these capacities and demands",
         .way_out = "use smaller points"});
  greatest = unscaled * scale;
  most_points = (most + greatest_load_cost(limits)) * scale;
}

bool ProblemRange::is_narrow() const {
  return greatest < int128{1} << 58U;
}

bool ProblemRange::covers(const ProblemRange& other) const {
  return weights.tiers >= other.weights.tiers && weights.step >= other.weights.step &&
         scale >= other.scale && greatest >= other.greatest;
}

}  // namespace jiedui::solver
