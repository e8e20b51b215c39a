#pragma once

#include <span>

#include "candidate_source.hpp"

namespace jiedui::solver {

/// The weights that make tiers strict, whatever the source hands out.
Weights strict_weights(const Limits& limits, CandidateSource::Range range);

/// Without cross limits, solves to proven optimality, the candidates being read as far as they can
/// matter.
/// @param before pairs of an earlier plan: among equally good plans the one that keeps the most.
/// @throws Error "points_out_of_range" where the weights would not fit; "changes_infeasible".
Solution solve(const Limits& limits, const CandidateSource& source, const Options& options,
               std::span<const LinePair> before = {});

/// The same with weights that are given, whatever the cross limits.
Solution solve_nested(const Limits& limits, const CandidateSource& source, const Options& options,
                      std::span<const LinePair> before, const Weights* weights);

}  // namespace jiedui::solver
