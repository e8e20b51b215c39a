#pragma once

#include "candidate_source.hpp"

// Private to the room: how large the numbers of a problem can get.

namespace jiedui::solver {

struct ProblemRange {
  /// @param demand_max to which the demand in all may grow; no less than it is.
  /// @param has_before whether a last level counts changes against a plan before.
  /// @param given the weights, if the points do not make them.
  /// @throws Error "points_out_of_range" where the weights would not fit 128 bits.
  ProblemRange(const Limits& limits, CandidateSource::Range points, int128 demand_max,
               bool has_before, const Weights* given = nullptr);

  /// Whether 64 bits hold every weight.
  bool is_narrow() const;
  /// Whether these weights keep the tiers of another problem strict too, and its numbers in range.
  bool covers(const ProblemRange& other) const;

  Weights weights;
  int128 scale = 1;        ///< by which all weights are multiplied, for the last level
  int128 greatest = 0;     ///< no weight is greater, scaled
  int128 most_points = 0;  ///< nor points, sign aside, scaled
};

int128 total_demand(const Limits& limits);

}  // namespace jiedui::solver
