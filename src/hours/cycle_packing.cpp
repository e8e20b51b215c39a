#include "hours/cycle_packing.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "hours/cycle_program.hpp"
#include "jiedui/hours/exchange_cycles.hpp"

namespace jiedui::detail {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

/// Cycles that no shared node joins to others, by nodes of their own numbering.
struct Part {
  std::vector<PackedCycle> cycles;
  std::vector<std::int32_t> numbers;  // by cycle: the caller's
  std::vector<std::int32_t> nodes;    // by node: the caller's, rising
};

std::vector<Part> parts_of(const std::vector<PackedCycle>& cycles, std::int32_t nodes) {
  std::vector<std::int32_t> above(at(nodes));
  std::iota(above.begin(), above.end(), 0);
  const auto root = [&](std::int32_t node) {
    while (above[at(node)] != node) node = above[at(node)] = above[at(above[at(node)])];
    return node;
  };
  for (const PackedCycle& cycle : cycles)
    for (const std::int32_t node : cycle) above[at(root(node))] = root(cycle.nodes[0]);
  std::vector<Part> parts;
  std::map<std::int32_t, std::size_t> part_of_root;
  std::vector<std::int32_t> number(at(nodes), -1);
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    const auto [place, is_new] = part_of_root.emplace(root(cycles[i].nodes[0]), parts.size());
    if (is_new) parts.emplace_back();
    Part& part = parts[place->second];
    part.cycles.push_back(cycles[i]);
    part.numbers.push_back(static_cast<std::int32_t>(i));
    part.nodes.insert(part.nodes.end(), cycles[i].begin(), cycles[i].end());
  }
  for (Part& part : parts) {
    std::sort(part.nodes.begin(), part.nodes.end());
    part.nodes.erase(std::unique(part.nodes.begin(), part.nodes.end()), part.nodes.end());
    for (std::size_t i = 0; i < part.nodes.size(); ++i)
      number[at(part.nodes[i])] = static_cast<std::int32_t>(i);
    for (PackedCycle& cycle : part.cycles)
      for (std::int32_t i = 0; i < cycle.size; ++i)
        cycle.nodes[at(i)] = number[at(cycle.nodes[at(i)])];
  }
  return parts;
}

/// Whole-number prices that cover every cycle, next to those of a solver in floating point.
class CoveringPrices {
 public:
  CoveringPrices(const Part& part, const ProgramAnswer& hint)
      : part_(part), through_(part.nodes.size()), price_(part.nodes.size(), 0) {
    for (std::size_t i = 0; i < part.cycles.size(); ++i) {
      cost_.push_back(-part.cycles[i].weight * exchange_price_scale);
      for (const std::int32_t node : part.cycles[i]) through_[at(node)].push_back(i);
    }
    for (std::size_t node = 0; node < price_.size(); ++node) raise(node, whole(hint.prices[node]));
    for (std::size_t i = 0; i < hint.sets.size(); ++i)
      add({.nodes = hint.sets[i], .price = whole(hint.set_prices[i])});
    for (std::size_t i = 0; i < cost_.size(); ++i)
      if (cost_[i] < 0) raise(at(part_.cycles[i].nodes[0]), -cost_[i]);
    for (std::size_t node = 0; node < price_.size(); ++node) {
      std::int64_t slack = price_[node];
      for (const std::size_t cycle : through_[node]) slack = std::min(slack, cost_[cycle]);
      raise(node, -slack);
    }
  }

  const std::vector<std::int64_t>& prices() const { return price_; }
  const std::vector<OddSet>& sets() const { return sets_; }
  /// No packing of the part is worth more.
  std::int64_t bound() const {
    std::int64_t total = std::accumulate(price_.begin(), price_.end(), std::int64_t{0});
    for (const OddSet& set : sets_)
      total += set.price * static_cast<std::int64_t>(set.nodes.size() / 2);
    return total / exchange_price_scale;
  }

 private:
  static std::int64_t whole(double price) {
    return std::max<std::int64_t>(0, std::llround(price * exchange_price_scale));
  }
  void raise(std::size_t node, std::int64_t by) {
    price_[node] += by;
    for (const std::size_t cycle : through_[node]) cost_[cycle] += by;
  }
  void add(OddSet set) {
    if (set.price == 0) return;
    std::map<std::size_t, std::int64_t> met;
    for (const std::int32_t node : set.nodes)
      for (const std::size_t cycle : through_[at(node)]) ++met[cycle];
    for (const auto& [cycle, nodes] : met) cost_[cycle] += set.price * (nodes / 2);
    sets_.push_back(std::move(set));
  }

  const Part& part_;
  std::vector<std::vector<std::size_t>> through_;  // by node: its cycles
  std::vector<std::int64_t> price_;
  std::vector<OddSet> sets_;
  std::vector<std::int64_t> cost_;  // by cycle: by how much its prices exceed its weight
};

}  // namespace

PackingResult pack_cycles(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                          std::int64_t steps_max, const Control& control) {
  PackingResult result;
  result.prices.assign(at(nodes), 0);
  std::size_t done = 0;
  for (const Part& part : parts_of(cycles, nodes)) {
    Control own{.stop = control.stop, .progress = {}};
    if (control.progress)
      own.progress = [&](double) {
        control.progress(static_cast<double>(done) / static_cast<double>(cycles.size()));
      };
    const ProgramAnswer answer =
        solve_program(part.cycles, static_cast<std::int32_t>(part.nodes.size()),
                      std::max<std::int64_t>(steps_max - result.steps, 1), own);
    const CoveringPrices covering(part, answer);
    std::int64_t value = 0;
    for (const std::int32_t cycle : answer.chosen) {
      value += part.cycles[at(cycle)].weight;
      result.chosen.push_back(part.numbers[at(cycle)]);
    }
    std::int64_t bound = covering.bound();
    if (answer.proved)
      bound = value;
    else if (const double reached = std::floor(answer.bound + 1e-6);
             reached < static_cast<double>(bound))
      bound = std::max(value, static_cast<std::int64_t>(reached));
    for (std::size_t node = 0; node < part.nodes.size(); ++node)
      result.prices[at(part.nodes[node])] = covering.prices()[node];
    for (OddSet set : covering.sets()) {
      for (std::int32_t& node : set.nodes) node = part.nodes[at(node)];
      result.sets.push_back(std::move(set));
    }
    result.value += value;
    result.bound += bound;
    result.steps += answer.steps;
    result.stopped = result.stopped || (bound > value);
    done += part.cycles.size();
  }
  std::sort(result.chosen.begin(), result.chosen.end());
  return result;
}

}  // namespace jiedui::detail
