#pragma once

#include <utility>
#include <vector>

#include "eligibility.hpp"

// Private to the room: the options of a market that limit its plans, checked and by row.

namespace jiedui {

/// Rows of a volunteer and a need.
using RowPair = std::pair<std::uint32_t, std::uint32_t>;

/// The pairs that no plan has, sorted. @throws Error "id_unknown".
std::vector<RowPair> forbidden_pairs(const Network& network, const MarketOptions& options);

/// @param forbidden as forbidden_pairs() gives it.
/// @throws Error "id_unknown", "option_invalid", "pin_forbidden", "pin_not_eligible",
///   "pin_infeasible", "lines_with_slots", "teams_not_paired".
solver::Limits limits_of(const Network& network, const Eligibility& eligibility,
                         const MarketOptions& options, const std::vector<RowPair>& forbidden);

}  // namespace jiedui
