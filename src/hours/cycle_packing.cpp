#include "hours/cycle_packing.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "jiedui/base/error.hpp"
#include "jiedui/hours/exchange_cycles.hpp"

namespace jiedui::detail {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

bool meets(const PackedCycle& a, const PackedCycle& b) {
  return std::any_of(a.begin(), a.end(), [&](std::int32_t node) {
    return std::find(b.begin(), b.end(), node) != b.end();
  });
}

std::int64_t rounded_down(const CoveringPrices& prices) {
  return prices.total / exchange_price_scale;
}

}  // namespace

CyclePacking::CyclePacking(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                           std::int64_t steps_max, const Control& control)
    : cycles_(cycles),
      steps_max_(steps_max),
      control_(control),
      price_(at(nodes), 0),
      number_(at(nodes), -1),
      root_(at(nodes), 0) {
  for (const PackedCycle& cycle : cycles)
    for (const std::int32_t node : cycle)
      price_[at(node)] =
          std::max(price_[at(node)], cycle.weight * exchange_price_scale / cycle.size);
}

PackingResult CyclePacking::solve() {
  CycleList all(cycles_.size());
  std::iota(all.begin(), all.end(), 0);
  PackingResult result = solve(std::move(all), 0, 0);
  std::sort(result.chosen.begin(), result.chosen.end());
  return result;
}

bool CyclePacking::take_step() {
  if (stopped_ || steps_ >= budget_end_ || control_.stop.stop_requested())
    stopped_ = true;
  else
    ++steps_;
  if (control_.progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - reported_ > std::chrono::milliseconds(50)) {
      reported_ = now;
      control_.progress(done_);
    }
  }
  return !stopped_;
}

std::vector<CycleList> CyclePacking::split(const CycleList& cycles) {
  // Union-find over the nodes, in the scratch numbers.
  for (const std::int32_t cycle : cycles)
    for (const std::int32_t node : cycles_[at(cycle)]) number_[at(node)] = node;
  const auto root = [&](std::int32_t node) {
    while (number_[at(node)] != node) node = number_[at(node)] = number_[at(number_[at(node)])];
    return node;
  };
  for (const std::int32_t cycle : cycles)
    for (const std::int32_t node : cycles_[at(cycle)])
      number_[at(root(node))] = root(cycles_[at(cycle)].nodes[0]);
  std::map<std::int32_t, std::size_t> part_of_root;
  std::vector<CycleList> parts;
  for (const std::int32_t cycle : cycles) {
    const auto [part, is_new] =
        part_of_root.emplace(root(cycles_[at(cycle)].nodes[0]), parts.size());
    if (is_new) parts.emplace_back();
    parts[part->second].push_back(cycle);
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const CycleList& a, const CycleList& b) { return a.size() < b.size(); });
  return parts;
}

PackingPart CyclePacking::part_of(const CycleList& cycles) {
  PackingPart part;
  for (const std::int32_t cycle : cycles)
    for (const std::int32_t node : cycles_[at(cycle)]) part.nodes.push_back(node);
  std::sort(part.nodes.begin(), part.nodes.end());
  part.nodes.erase(std::unique(part.nodes.begin(), part.nodes.end()), part.nodes.end());
  for (std::size_t i = 0; i < part.nodes.size(); ++i)
    number_[at(part.nodes[i])] = static_cast<std::int32_t>(i);
  part.begins.assign(part.nodes.size() + 1, 0);
  for (const std::int32_t cycle : cycles) {
    PackedCycle own = cycles_[at(cycle)];
    for (std::int32_t i = 0; i < own.size; ++i) {
      own.nodes[at(i)] = number_[at(own.nodes[at(i)])];
      ++part.begins[at(own.nodes[at(i)]) + 1];
    }
    part.cycles.push_back(own);
  }
  std::partial_sum(part.begins.begin(), part.begins.end(), part.begins.begin());
  std::vector<std::int32_t> next(part.begins.begin(), part.begins.end() - 1);
  part.through.resize(at(part.begins.back()));
  for (std::size_t i = 0; i < part.cycles.size(); ++i)
    for (const std::int32_t node : part.cycles[i])
      part.through[at(next[at(node)]++)] = static_cast<std::int32_t>(i);
  return part;
}

PackingResult CyclePacking::solve_whole_part(const CycleList& cycles) {
  // Searches have a heavy tail: one that takes long is begun anew from where its prices ended, with
  // another walk, and knows the best packing so far (Gomes, Selman & Kautz, AAAI 1998).
  constexpr std::int64_t first_budget = 500;
  PackingResult best;
  best.bound = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t budget = first_budget;; budget += budget / 2) {
    budget_end_ = std::min(steps_max_, steps_ + budget);
    PackingResult found = solve(cycles, best.value, 1);
    best.bound = std::min(best.bound, found.bound);
    if (found.value > best.value) {
      best.value = found.value;
      best.chosen = std::move(found.chosen);
    }
    if (!stopped_ || steps_ >= steps_max_ || control_.stop.stop_requested()) break;
    if (best.bound <= best.value) break;
    stopped_ = false;
    ++walk_;
  }
  if (best.bound <= best.value && steps_ < steps_max_ && !control_.stop.stop_requested())
    stopped_ = false;
  return best;
}

PackingResult CyclePacking::solve_parts(const std::vector<CycleList>& parts, std::int64_t target,
                                        int depth) {
  // What a part must reach depends on what the others can: their bounds first, then each in turn.
  std::vector<std::int64_t> bounds;
  std::int64_t sum = 0;
  for (const CycleList& cycles : parts) {
    const PackingPart part = part_of(cycles);
    std::vector<std::int64_t> start;
    for (const std::int32_t node : part.nodes) start.push_back(price_[at(node)]);
    const CoveringPrices prices = covering_prices(part, start, 0, depth == 0 ? 300 : 0);
    for (std::size_t i = 0; i < part.node_count(); ++i) {
      price_[at(part.nodes[i])] = start[i];
      if (depth == 0) root_[at(part.nodes[i])] = prices.price[i];
    }
    bounds.push_back(rounded_down(prices));
    sum += bounds.back();
  }
  PackingResult whole;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::int64_t own_target = depth == 0 ? 0 : target - (sum - bounds[i]);
    PackingResult own = depth == 0
                            ? solve_whole_part(parts[i])
                            : solve(parts[i], std::max<std::int64_t>(own_target, 0), depth + 1);
    sum += std::min(own.bound, bounds[i]) - bounds[i];
    whole.value += own.value;
    whole.chosen.insert(whole.chosen.end(), own.chosen.begin(), own.chosen.end());
    if (depth == 0) done_ = static_cast<double>(i + 1) / static_cast<double>(parts.size());
    if (depth > 0 && sum <= target) break;  // nothing above the target is left to find
  }
  whole.bound = std::max(sum, whole.value);
  return whole;
}

PackingResult CyclePacking::solve(CycleList cycles, std::int64_t target, int depth) {
  PackingResult best;
  CycleList fixed;
  std::int64_t fixed_weight = 0;
  std::int64_t outer_bound = std::numeric_limits<std::int64_t>::max();
  const auto finish = [&](const PackingResult& rest) {
    if (rest.value + fixed_weight > best.value) {
      best.value = rest.value + fixed_weight;
      best.chosen = fixed;
      best.chosen.insert(best.chosen.end(), rest.chosen.begin(), rest.chosen.end());
    }
    // What was left out for good reaches no more than the best known or the target.
    best.bound = std::max({best.value, target, std::min(outer_bound, rest.bound + fixed_weight)});
    return best;
  };
  for (int turn = 0;; ++turn) {
    if (cycles.empty()) return finish({});
    const std::vector<CycleList> parts = split(cycles);
    const std::int64_t beyond = std::max(target, best.value);
    if (parts.size() > 1 || depth == 0) {
      PackingResult rest =
          solve_parts(parts, std::max<std::int64_t>(beyond - fixed_weight, 0), depth);
      if (depth == 0) return rest;
      return finish(rest);
    }
    const PackingPart part = part_of(cycles);
    if (!take_step()) {
      std::vector<std::int64_t> start;
      for (const std::int32_t node : part.nodes) start.push_back(price_[at(node)]);
      const CoveringPrices prices = covering_prices(part, start, 0, 0);
      PackingResult rest{{}, 0, rounded_down(prices)};
      if (turn == 0) {
        for (const std::int32_t cycle : good_packing(part, prices, rest.bound, 0, walk_)) {
          rest.chosen.push_back(cycles[at(cycle)]);
          rest.value += part.cycles[at(cycle)].weight;
        }
      }
      return finish(rest);
    }
    std::vector<std::int64_t> price;
    for (const std::int32_t node : part.nodes) price.push_back(price_[at(node)]);
    const std::int64_t enough = beyond - fixed_weight + 1;
    const bool first = depth == 1 && turn == 0;
    const int rounds = first ? 3000 : turn == 0 ? 150 : 60;
    const CoveringPrices prices =
        covering_prices(part, price, std::max<std::int64_t>(enough, 1), rounds);
    std::int64_t root_total = 0;
    for (std::size_t i = 0; i < part.node_count(); ++i) {
      price_[at(part.nodes[i])] = price[i];
      root_total += root_[at(part.nodes[i])];
    }
    if (first && prices.total < root_total)
      for (std::size_t i = 0; i < part.node_count(); ++i)
        root_[at(part.nodes[i])] = prices.price[i];
    outer_bound = std::min(outer_bound, rounded_down(prices) + fixed_weight);
    if (outer_bound <= beyond) return finish({});
    {
      PackingResult found;
      const std::int64_t moves =
          first ? std::min<std::int64_t>(2'000'000,
                                         1'000 * static_cast<std::int64_t>(part.node_count()))
                : 0;
      for (const std::int32_t cycle :
           good_packing(part, prices, rounded_down(prices), moves, walk_)) {
        found.chosen.push_back(cycles[at(cycle)]);
        found.value += part.cycles[at(cycle)].weight;
      }
      if (found.value + fixed_weight > best.value) finish({found.chosen, found.value, 0});
    }
    const std::int64_t now = std::max(target, best.value);
    if (outer_bound <= now) return finish({});
    // A cycle that, once taken, leaves no more than is known already can go; a node that must not
    // stay free and has one cycle takes it.
    const std::int64_t known = (now - fixed_weight + 1) * exchange_price_scale;
    CycleList left;
    for (std::size_t i = 0; i < cycles.size(); ++i) {
      std::int64_t cost = -part.cycles[i].weight * exchange_price_scale;
      for (const std::int32_t node : part.cycles[i]) cost += prices.price[at(node)];
      if (prices.total - cost >= known) left.push_back(cycles[i]);
    }
    std::vector<std::int32_t> count(part.node_count(), 0);
    for (const std::int32_t cycle : left)
      for (const std::int32_t node : cycles_[at(cycle)]) ++count[at(number_[at(node)])];
    std::vector<char> taken(part.node_count(), 0);
    std::size_t forced = 0;
    bool dead = false;
    for (std::size_t node = 0; node < part.node_count(); ++node)
      if (prices.total - prices.price[node] < known && count[node] == 0) dead = true;
    if (dead) return finish({});
    for (const std::int32_t cycle : left) {
      const PackedCycle& own = cycles_[at(cycle)];
      const bool must = std::any_of(own.begin(), own.end(), [&](std::int32_t node) {
        const std::size_t i = at(number_[at(node)]);
        return count[i] == 1 && prices.total - prices.price[i] < known;
      });
      const bool free = std::none_of(own.begin(), own.end(), [&](std::int32_t node) {
        return taken[at(number_[at(node)])] != 0;
      });
      if (!must) continue;
      if (!free) return finish({});  // two must be taken that share a node
      for (const std::int32_t node : own) taken[at(number_[at(node)])] = 1;
      fixed.push_back(cycle);
      fixed_weight += own.weight;
      ++forced;
    }
    if (forced > 0)
      std::erase_if(left, [&](std::int32_t cycle) {
        const PackedCycle& own = cycles_[at(cycle)];
        return std::any_of(own.begin(), own.end(),
                           [&](std::int32_t node) { return taken[at(number_[at(node)])] != 0; });
      });
    if (left.size() < cycles.size()) {
      cycles = std::move(left);
      continue;
    }
    PackingResult rest;
    branch(cycles, part, prices, std::max<std::int64_t>(now - fixed_weight, 0), depth, rest);
    return finish(rest);
  }
}

void CyclePacking::branch(const CycleList& cycles, const PackingPart& part,
                          const CoveringPrices& prices, std::int64_t target, int depth,
                          PackingResult& best) {
  const std::int64_t known = (target + 1) * exchange_price_scale;
  std::size_t chosen = 0;
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  for (std::size_t node = 0; node < part.node_count(); ++node) {
    const bool may_stay_free = prices.total - prices.price[node] >= known;
    const std::int64_t ways = part.begins[node + 1] - part.begins[node] + (may_stay_free ? 1 : 0);
    if (ways < fewest || (ways == fewest && prices.price[node] > prices.price[chosen])) {
      fewest = ways;
      chosen = node;
    }
  }
  std::vector<std::pair<std::int64_t, std::int32_t>> ways;  // cost, cycle of the part or -1
  for (auto i = part.begins[chosen]; i < part.begins[chosen + 1]; ++i) {
    const std::int32_t cycle = part.through[at(i)];
    std::int64_t cost = -part.cycles[at(cycle)].weight * exchange_price_scale;
    for (const std::int32_t node : part.cycles[at(cycle)]) cost += prices.price[at(node)];
    ways.emplace_back(cost, cycle);
  }
  if (prices.total - prices.price[chosen] >= known) ways.emplace_back(prices.price[chosen], -1);
  std::sort(ways.begin(), ways.end());
  const std::vector<std::int64_t> start = price_;
  for (const auto& [cost, way] : ways) {
    const std::int64_t way_bound = (prices.total - cost) / exchange_price_scale;
    const std::int64_t now = std::max(target, best.value);
    if (way_bound <= now) continue;
    if (stopped_) {
      best.bound = std::max(best.bound, way_bound);
      continue;
    }
    CycleList left;
    for (std::size_t i = 0; i < cycles.size(); ++i) {
      const PackedCycle& other = part.cycles[i];
      const bool gone = way >= 0 ? meets(other, part.cycles[at(way)])
                                 : std::find(other.begin(), other.end(),
                                             static_cast<std::int32_t>(chosen)) != other.end();
      if (!gone) left.push_back(cycles[i]);
    }
    const std::int64_t weight = way >= 0 ? part.cycles[at(way)].weight : 0;
    PackingResult rest = solve(std::move(left), std::max<std::int64_t>(now - weight, 0), depth + 2);
    price_ = start;
    best.bound = std::max(best.bound, std::min(way_bound, rest.bound + weight));
    if (rest.value + weight > best.value) {
      best.value = rest.value + weight;
      best.chosen = std::move(rest.chosen);
      if (way >= 0) best.chosen.push_back(cycles[at(way)]);
    }
  }
  best.bound = std::max(best.bound, best.value);
}

}  // namespace jiedui::detail
