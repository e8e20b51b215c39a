#include <algorithm>
#include <numeric>
#include <random>

#include "hours/cycle_packing.hpp"

namespace jiedui::detail {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

/// A packing under change: who holds each node.
class LocalSearch {
 public:
  LocalSearch(const PackingPart& part, const CoveringPrices& prices)
      : part_(part),
        price_(prices.price),
        holder_(part.node_count(), -1),
        place_(part.node_count(), -1),
        locked_until_(part.cycles.size(), 0) {
    for (const PackedCycle& cycle : part.cycles) cost_.push_back(cost_of(cycle, price_));
    for (std::size_t node = 0; node < part.node_count(); ++node)
      set_free(static_cast<std::int32_t>(node));
  }

  /// What putting a cycle in the place of those it meets gains: by weight, then by cost.
  struct Gain {
    std::int64_t weight;
    std::int64_t cost;
    friend auto operator<=>(const Gain&, const Gain&) = default;
  };
  Gain gain(std::int32_t cycle) const {
    Gain gain{part_.cycles[at(cycle)].weight, -cost_[at(cycle)]};
    std::array<std::int32_t, 3> met{-1, -1, -1};
    std::size_t count = 0;
    for (const std::int32_t node : part_.cycles[at(cycle)]) {
      const std::int32_t held = holder_[at(node)];
      if (held < 0 || std::find(met.begin(), met.end(), held) != met.end()) continue;
      met[count++] = held;
      gain.weight -= part_.cycles[at(held)].weight;
      gain.cost += cost_[at(held)];
    }
    return gain;
  }
  bool holds(std::int32_t cycle) const {
    return holder_[at(part_.cycles[at(cycle)].nodes[0])] == cycle;
  }

  void put(std::int32_t cycle) {
    for (const std::int32_t node : part_.cycles[at(cycle)])
      if (const std::int32_t held = holder_[at(node)]; held >= 0) remove(held);
    for (const std::int32_t node : part_.cycles[at(cycle)]) {
      holder_[at(node)] = cycle;
      set_held(node);
    }
    value_ += part_.cycles[at(cycle)].weight;
  }

  void climb(const CycleList& order) {
    // Each change raises the weight or lowers the cost, so this ends; the bound keeps it short.
    bool changed = true;
    for (int pass = 0; changed && pass < 50; ++pass) {
      changed = false;
      for (const std::int32_t cycle : order) {
        if (holds(cycle) || gain(cycle) <= Gain{0, 0}) continue;
        put(cycle);
        changed = true;
      }
    }
  }

  /// A walk that mends one free node at a time, as WalkSAT does with clauses (Selman, Kautz &
  /// Cohen, AAAI 1994), and does not undo at once what it did.
  CycleList walk(std::int64_t enough, std::int64_t moves, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    CycleList best = chosen();
    std::int64_t best_value = value_;
    for (std::int64_t move = 1; move <= moves && best_value < enough && !free_.empty(); ++move) {
      const std::int32_t node = free_[random() % free_.size()];
      const auto begin = part_.through.begin() + part_.begins[at(node)];
      const auto end = part_.through.begin() + part_.begins[at(node) + 1];
      std::int32_t taken = -1;
      Gain most{0, 0};
      std::uint64_t equals = 0;
      for (auto way = begin; way != end; ++way) {
        if (is_locked(*way, move)) continue;
        Gain own = gain(*way);
        own.cost = 0;
        if (taken >= 0 && own < most) continue;
        equals = taken >= 0 && own == most ? equals + 1 : 1;
        if (random() % equals != 0) continue;
        taken = *way;
        most = own;
      }
      if (taken < 0) continue;
      if (most.weight < 0 && price_[at(node)] == 0) continue;
      put(taken);
      locked_until_[at(taken)] = move + 3 + static_cast<std::int64_t>(random() % 10);
      if (value_ <= best_value) continue;
      best_value = value_;
      best = chosen();
    }
    return best;
  }

  CycleList chosen() const {
    CycleList chosen;
    for (std::size_t node = 0; node < holder_.size(); ++node)
      if (const std::int32_t held = holder_[node];
          held >= 0 && part_.cycles[at(held)].nodes[0] == static_cast<std::int32_t>(node))
        chosen.push_back(held);
    return chosen;
  }

 private:
  bool is_locked(std::int32_t cycle, std::int64_t move) const {
    const PackedCycle& own = part_.cycles[at(cycle)];
    return std::any_of(own.begin(), own.end(), [&](std::int32_t node) {
      const std::int32_t held = holder_[at(node)];
      return held >= 0 && locked_until_[at(held)] > move;
    });
  }
  void remove(std::int32_t cycle) {
    for (const std::int32_t node : part_.cycles[at(cycle)]) {
      holder_[at(node)] = -1;
      set_free(node);
    }
    value_ -= part_.cycles[at(cycle)].weight;
  }
  void set_free(std::int32_t node) {
    place_[at(node)] = static_cast<std::int32_t>(free_.size());
    free_.push_back(node);
  }
  void set_held(std::int32_t node) {
    const std::int32_t place = place_[at(node)];
    free_[at(place)] = free_.back();
    place_[at(free_.back())] = place;
    free_.pop_back();
    place_[at(node)] = -1;
  }

  const PackingPart& part_;
  const std::vector<std::int64_t>& price_;
  std::vector<std::int64_t> cost_;
  CycleList holder_;  // by node: the cycle that holds it, or -1
  CycleList free_;    // nodes that none holds
  CycleList place_;   // by node: where in free_
  std::vector<std::int64_t> locked_until_;
  std::int64_t value_ = 0;
};

}  // namespace

CycleList good_packing(const PackingPart& part, const CoveringPrices& prices, std::int64_t enough,
                       std::int64_t moves, std::uint64_t seed) {
  LocalSearch search(part, prices);
  std::vector<std::pair<std::int64_t, std::int32_t>> ranked;
  for (std::size_t i = 0; i < part.cycles.size(); ++i)
    ranked.emplace_back(cost_of(part.cycles[i], prices.price), static_cast<std::int32_t>(i));
  std::sort(ranked.begin(), ranked.end());
  CycleList order;
  for (const auto& [cost, cycle] : ranked) order.push_back(cycle);
  search.climb(order);
  return search.walk(enough, moves, seed);
}

}  // namespace jiedui::detail
