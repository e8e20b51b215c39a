#pragma once

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"
#include "solver/candidate_source.hpp"

// Private to the room: plans in numbers and in ids.

namespace jiedui {

inline solver::Options numeric(const SolveOptions& options) {
  return {.threads = options.threads, .stop = options.stop, .progress = options.progress};
}

/// @param solution by the internal numbers of the market.
/// @param gone by row, of a market that is edited: needs that are not told of.
Plan plan_of(const Market& market, solver::Solution solution,
             std::span<const std::uint8_t> gone = {});

/// The pairs of a plan whose people and needs the market knows, by its internal numbers.
std::vector<solver::LinePair> kept_pairs(const Market& market, const Plan& before);

}  // namespace jiedui
