#include <algorithm>
#include <limits>
#include <numeric>

#include "hours/cycle_packing.hpp"
#include "jiedui/base/quantity.hpp"
#include "jiedui/hours/exchange_cycles.hpp"

namespace jiedui::detail {

namespace {

std::int64_t scaled(std::int64_t weight) {
  return weight * exchange_price_scale;
}

std::int64_t excess(const PackedCycle& cycle, const std::vector<std::int64_t>& price) {
  return -cost_of(cycle, price);
}

/// Prices that cover every cycle, near the given ones: first raised where a cycle is worth more,
/// then lowered at each node as far as its cycles let it.
CoveringPrices covered(const PackingPart& part, std::vector<std::int64_t> price) {
  for (const PackedCycle& cycle : part.cycles) {
    const std::int64_t missing = excess(cycle, price);
    if (missing <= 0) continue;
    const std::int64_t each = missing / cycle.size;
    for (const std::int32_t node : cycle) price[static_cast<std::size_t>(node)] += each;
    price[static_cast<std::size_t>(cycle.nodes[0])] += missing - each * cycle.size;
  }
  for (std::size_t node = 0; node < part.node_count(); ++node) {
    std::int64_t slack = price[node];
    for (auto at = part.begins[node]; at < part.begins[node + 1] && slack > 0; ++at) {
      const auto cycle = static_cast<std::size_t>(part.through[static_cast<std::size_t>(at)]);
      slack = std::min(slack, -excess(part.cycles[cycle], price));
    }
    price[node] -= std::max<std::int64_t>(slack, 0);
  }
  const std::int64_t total = std::accumulate(price.begin(), price.end(), std::int64_t{0});
  return {std::move(price), total};
}

}  // namespace

std::int64_t cost_of(const PackedCycle& cycle, const std::vector<std::int64_t>& price) {
  std::int64_t cost = -scaled(cycle.weight);
  for (const std::int32_t node : cycle) cost += price[static_cast<std::size_t>(node)];
  return cost;
}

CoveringPrices covering_prices(const PackingPart& part, std::vector<std::int64_t>& price,
                               std::int64_t enough, int rounds) {
  // Polyak's step towards what a packing is worth, along a direction that keeps 7 tenths of the
  // one before (Camerini, Fratta & Maffioli, Mathematical Programming Study 3 (1975) 26).
  constexpr std::int64_t one = 1024;
  constexpr std::int64_t kept = 717;
  constexpr int patience = 20;
  CoveringPrices best = covered(part, price);
  std::vector<std::int64_t> direction(part.node_count(), 0);
  std::vector<std::int64_t> best_price = price;
  std::int64_t lowest = std::numeric_limits<std::int64_t>::max();
  std::int64_t pace = one;
  int waited = 0;
  for (int round = 0; round < rounds && best.total >= scaled(enough); ++round) {
    std::int64_t value = 0;
    for (std::size_t node = 0; node < part.node_count(); ++node) {
      value += price[node];
      direction[node] = direction[node] * kept / one + one;
    }
    for (const PackedCycle& cycle : part.cycles) {
      const std::int64_t more = excess(cycle, price);
      if (more <= 0) continue;
      value += more;
      for (const std::int32_t node : cycle) direction[static_cast<std::size_t>(node)] -= one;
    }
    if (value < lowest) {
      lowest = value;
      best_price = price;
      waited = 0;
    } else if (++waited == patience) {
      waited = 0;
      pace = pace * 2 / 3;
      price = best_price;
      std::fill(direction.begin(), direction.end(), 0);
      if (pace == 0) break;
      continue;
    }
    if (round % 8 == 7) {
      CoveringPrices found = covered(part, price);
      if (found.total < best.total) best = std::move(found);
    }
    int128 square = 0;
    for (std::size_t node = 0; node < part.node_count(); ++node) {
      if (price[node] == 0 && direction[node] > 0) direction[node] = 0;
      square += int128{direction[node]} * direction[node];
    }
    if (square == 0) break;
    const int128 distance = std::max<std::int64_t>(value - scaled(enough - 1), 1);
    for (std::size_t node = 0; node < part.node_count(); ++node) {
      const int128 step = distance * pace * direction[node] / square;
      price[node] = std::max<std::int64_t>(0, price[node] - static_cast<std::int64_t>(step));
    }
  }
  price = best_price;
  CoveringPrices last = covered(part, price);
  return last.total < best.total ? last : best;
}

}  // namespace jiedui::detail
