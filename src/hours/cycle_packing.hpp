#pragma once

#include <array>
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

/// Nodes, rising, odd in number. At most half of them, rounded down, are in pairs that share a
/// cycle of a packing.
struct OddSet {
  std::vector<std::int32_t> nodes;
  std::int64_t price = 0;  // in parts of exchange_price_scale
};

struct PackingResult {
  std::vector<std::int32_t> chosen;  // rising
  std::int64_t value = 0;
  std::int64_t bound = 0;            // nothing is worth more
  std::vector<std::int64_t> prices;  // by node, in parts of exchange_price_scale
  std::vector<OddSet> sets;          // with a price above 0
  std::int64_t steps = 0;
  bool stopped = false;
};

/// The weightiest disjoint cycles. @param nodes are numbered from 0.
PackingResult pack_cycles(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                          std::int64_t steps_max, const Control& control);

}  // namespace jiedui::detail
