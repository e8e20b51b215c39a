#pragma once

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui {

using SolveProgress = solver::Progress;

struct SolveOptions : solver::Options {
  /// A plan before this one: among equally good plans the one with the fewest changes against it is
  /// given. Pairs of people or needs that the market does not know are left aside.
  const Plan* before = nullptr;
};

/// The best plan of the market: most filled demand units of tier 1, then of tier 2, …, then most
/// points; exact for capacity, demand, tiers and slots (docs/pairing-model.md), with its proof.
///
/// Deterministic: a function of the market and the plan before. When stopped, what was found is
/// completed greedily and returned with status interrupted and a bound.
/// @throws Error "points_out_of_range"; "overflow" for threads outside the range.
JIEDUI_API Plan solve(const Market& market, const SolveOptions& options = {});

}  // namespace jiedui
