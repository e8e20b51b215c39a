#pragma once

#include "verify_input.hpp"

// Private to verify: the prices are held against every eligible pair.

namespace jiedui::verification {

/// What all pairs add up to.
struct PairSums {
  int128 value = 0;  ///< weights of the plan's pairs
  int128 bound = 0;  ///< what volunteers are worth to needs beyond prices and profits
  std::int64_t pairs_checked = 0;
  // Where every eligible candidate is looked at; otherwise bounds.
  std::int64_t points_least = 0;  ///< ≤ 0
  std::int64_t points_most = 0;   ///< ≥ 0
  int128 units = 0;               ///< most pairs of a plan
  bool is_complete = true;        ///< false: stopped
};

PairSums check_pairs(const Input& input, const VerifyOptions& options, Findings& findings);

}  // namespace jiedui::verification
