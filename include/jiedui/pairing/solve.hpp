#pragma once

#include <functional>
#include <stop_token>

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui {

using SolveProgress = solver::Progress;

struct SolveOptions {
  /// Threads to use, 1 to 64; the answer is the same for any number.
  int threads = 1;
  std::stop_token stop = {};
  /// Called on the solving thread at the beginning, then at most every 50 ms, with the value of the
  /// pairs so far and a bound that no plan exceeds.
  std::function<void(const SolveProgress&)> progress = {};
  /// A plan before this one: among equally good plans the one with the fewest changes against it is
  /// given (under limits that cross the others, only among relaxed ones). Pairs of people or
  /// needs that the market does not know are left aside.
  const Plan* before = nullptr;
};

/// The best plan of the market: most filled demand units of tier 1, then of tier 2, …, then most
/// points; exact for capacity, demand, tiers and slots (docs/pairing-model.md), with its proof.
/// Where lending or changes are limited, or pairs may span slots, a plan within all limits with a
/// bound: optimal if it reaches the bound, else of status bounded.
///
/// Deterministic: a function of the market and the plan before. When stopped, what was found is
/// completed greedily and returned with status interrupted and a bound.
/// @throws Error "points_out_of_range"; "changes_infeasible" where no plan was found that keeps
///   enough of the plan before; "overflow" for threads outside the range.
JIEDUI_API Plan solve(const Market& market, const SolveOptions& options = {});

}  // namespace jiedui
