#pragma once

#include "candidate_source.hpp"

namespace jiedui::solver {

/// The weights that make tiers strict, whatever the source hands out. @throws Error
/// "points_out_of_range" where they would not fit 128 bits.
Weights strict_weights(const Limits& limits, CandidateSource::Range range);

/// Solves to proven optimality, the candidates being read as far as they can matter.
Solution solve(const Limits& limits, const CandidateSource& source, const Options& options);

}  // namespace jiedui::solver
