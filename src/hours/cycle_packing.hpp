#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "jiedui/base/control.hpp"

namespace jiedui::detail {

/// Two or three nodes and what they are worth together.
struct PackedCycle {
  std::array<std::int32_t, 3> nodes{};
  std::int32_t size = 0;
  std::int64_t weight = 0;

  const std::int32_t* begin() const { return nodes.data(); }
  const std::int32_t* end() const { return nodes.data() + size; }
};

using CycleList = std::vector<std::int32_t>;

/// Prices of nodes, in parts of exchange_price_scale, that cover each of some cycles.
struct CoveringPrices {
  std::vector<std::int64_t> price;
  std::int64_t total = 0;
};

/// Cycles and their nodes, numbered from 0, and which cycles each node is in.
struct PackingPart {
  std::vector<PackedCycle> cycles;
  std::vector<std::int32_t> nodes;  // as the caller numbers them
  std::vector<std::int32_t> begins;
  std::vector<std::int32_t> through;  // those of node v: through[begins[v]] to [begins[v + 1]]

  std::size_t node_count() const { return nodes.size(); }
};

/// Lowers the sum of covering prices by subgradient steps, until it is below `enough` or the rounds
/// are over. @param price where to start; left where the steps ended.
CoveringPrices covering_prices(const PackingPart& part, std::vector<std::int64_t>& price,
                               std::int64_t enough, int rounds);

/// By how much the prices of a cycle's nodes exceed its weight; at least 0 if they cover it.
std::int64_t cost_of(const PackedCycle& cycle, const std::vector<std::int64_t>& price);

/// A packing by local search: at first each cycle takes the place of those that it meets if that
/// gains, then `moves` times one through a free node does, the best one even if that loses. Moves
/// end when `enough` is reached.
CycleList good_packing(const PackingPart& part, const CoveringPrices& prices, std::int64_t enough,
                       std::int64_t moves, std::uint64_t seed);

struct PackingResult {
  CycleList chosen;
  std::int64_t value = 0;
  std::int64_t bound = 0;  // nothing is worth more than this, or than the target if that is more
};

/// Weighted packing of disjoint cycles by branch and bound.
class CyclePacking {
 public:
  CyclePacking(const std::vector<PackedCycle>& cycles, std::int32_t nodes, std::int64_t steps_max,
               const Control& control);

  PackingResult solve();
  std::int64_t steps() const { return steps_; }
  bool stopped() const { return stopped_; }
  /// By node; those of the whole, found before the first branching.
  const std::vector<std::int64_t>& root_prices() const { return root_; }

 private:
  /// Looks for a packing of these cycles that is worth more than the target.
  PackingResult solve(CycleList cycles, std::int64_t target, int depth);
  PackingResult solve_whole_part(const CycleList& cycles);
  PackingResult solve_parts(const std::vector<CycleList>& parts, std::int64_t target, int depth);
  void branch(const CycleList& cycles, const PackingPart& part, const CoveringPrices& prices,
              std::int64_t target, int depth, PackingResult& best);
  std::vector<CycleList> split(const CycleList& cycles);
  PackingPart part_of(const CycleList& cycles);
  bool take_step();

  const std::vector<PackedCycle>& cycles_;
  std::int64_t steps_max_;
  const Control& control_;
  std::vector<std::int64_t> price_;   // by node: where the search for prices starts
  std::vector<std::int32_t> number_;  // by node: scratch
  std::vector<std::int64_t> root_;
  std::int64_t steps_ = 0;
  std::int64_t budget_end_ = 0;
  std::uint64_t walk_ = 1;
  bool stopped_ = false;
  double done_ = 0;  // of the parts; for progress only
  std::chrono::steady_clock::time_point reported_ = std::chrono::steady_clock::now();
};

}  // namespace jiedui::detail
