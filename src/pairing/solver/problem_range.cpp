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

Weights weights_of(const Limits& limits, CandidateSource::Range range, int128 demand) {
  Weights weights;
  for (const std::int32_t tier : limits.tier) weights.tiers = std::max(weights.tiers, tier);
  const int128 most = std::max<std::int64_t>(range.most, 0);
  const int128 least = std::min<std::int64_t>(range.least, 0);
  weights.step = demand * (most - least + greatest_load_cost(limits)) + 1;
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
                           bool has_before) {
  points = with_pins(limits, points);
  weights = weights_of(limits, points, demand_max);
  int128 places = 0;
  for (const std::int32_t capacity : limits.capacity) places += capacity;
  const int128 units = has_before ? demand_max : std::min(demand_max, places);
  const int128 count = 1 + static_cast<int128>(limits.volunteers() + limits.needs()) + 2 * units;
  if (has_before)
    while (scale <= 4 * units) scale *= 2;
  const int128 most = std::max(int128{points.most}, -int128{points.least});
  // A distance stays below four times the greatest weight, a total below `count` times it.
  constexpr int128 most_total = int128{1} << 116U;  // leaves verify() room for its sums
  const int128 unscaled =
      2 * (weights.tiers + 1) * weights.step + most + greatest_load_cost(limits);
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

}  // namespace jiedui::solver
