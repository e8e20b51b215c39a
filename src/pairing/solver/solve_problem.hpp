#pragma once

#include <span>

#include "candidate_source.hpp"

namespace jiedui::solver {

/// The weights that make tiers strict, whatever the source hands out.
Weights strict_weights(const Limits& limits, CandidateSource::Range range);

/// Solves to proven optimality, the candidates being read as far as they can matter.
/// @param before pairs of an earlier plan: among equally good plans the one that keeps the most.
/// @throws Error "points_out_of_range" where the weights would not fit 128 bits.
Solution solve(const Limits& limits, const CandidateSource& source, const Options& options,
               std::span<const LinePair> before = {});

}  // namespace jiedui::solver
