#pragma once

#include <cstdint>
#include <vector>

#include "hours/cycle_packing.hpp"

namespace jiedui::detail {

/// What a solver in floating point says of a packing: a hint, to be checked in whole numbers.
struct ProgramAnswer {
  std::vector<std::int32_t> chosen;  // disjoint, rising
  double bound = 0;                  // of the search, if it got further than the prices
  bool proved = false;               // the search came to its end
  std::int64_t steps = 0;
  std::vector<double> prices;  // by node
  std::vector<std::vector<std::int32_t>> sets;
  std::vector<double> set_prices;
};

/// Solves the whole-number program of one part of the market: a variable a cycle, a row a node,
/// and rows of odd sets as they are found.
/// @param cycles by nodes from 0 to `nodes`; every node is in one.
ProgramAnswer solve_program(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                            std::int64_t steps_max, const Control& control);

}  // namespace jiedui::detail
