#pragma once

#include <map>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include "plans.hpp"

namespace jiedui::test {

/// Weights that make the order of the goals strict, from the largest sums there can be.
inline solver::Weights plain_weights(const solver::Instance& instance) {
  int128 most = 0;
  const auto widen = [&](const solver::Candidate& candidate) {
    most = std::max<int128>(
        most, candidate.points < 0 ? -int128{candidate.points} : int128{candidate.points});
  };
  for (const solver::Candidate& candidate : instance.candidates) widen(candidate);
  for (const solver::ChosenPair& pin : instance.pinned) widen(pin.candidate);
  if (!instance.load_cost.empty()) most += instance.load_cost.back();
  const auto pairs = static_cast<int128>(instance.candidates.size() + instance.pinned.size());
  return {solver::Limits::tiers_max, 2 * pairs * most + 1};
}

/// The greatest total weight as LEMON's network simplex finds it: a minimum-cost circulation source
/// → organisation → volunteer → (volunteer, slot) → (volunteer, need) → line → source. Parallel
/// arcs to a volunteer carry the load costs and the least pairs. Weights must fit 64 bits.
class Circulation {
 public:
  using Graph = lemon::StaticDigraph;

  explicit Circulation(const solver::Instance& instance)
      : instance_(instance),
        weights_(plain_weights(instance)),
        pinned_pairs_(pairs_of_volunteers(instance, instance.pinned)),
        organisations_(static_cast<int>(instance.organisation_total.size())),
        volunteers_(static_cast<int>(instance.volunteers())),
        nodes_(1 + organisations_ + volunteers_ + static_cast<int>(instance.needs())) {
    add_limits();
    add_candidates();
    std::stable_sort(arcs_.begin(), arcs_.end(),
                     [](const Arc& a, const Arc& b) { return a.from < b.from; });
    std::vector<std::pair<int, int>> ends;
    for (const Arc& arc : arcs_) ends.emplace_back(arc.from, arc.to);
    graph_.build(nodes_, ends.begin(), ends.end());
  }

  const solver::Weights& weights() const { return weights_; }

  int128 greatest_weight() {
    lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph_);
    Graph::ArcMap<std::int64_t> capacity(graph_);
    Graph::ArcMap<std::int64_t> cost(graph_);
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      capacity[graph_.arc(static_cast<int>(i))] = arcs_[i].capacity;
      cost[graph_.arc(static_cast<int>(i))] = arcs_[i].cost;
    }
    simplex.upperMap(capacity).costMap(cost);
    REQUIRE(simplex.run() == decltype(simplex)::OPTIMAL);
    return weight_of(score_of(instance_, instance_.pinned), weights_) -
           simplex.totalCost<std::int64_t>();
  }

 private:
  struct Arc {
    int from, to;
    std::int64_t capacity, cost;
  };
  struct Way {  // of a volunteer to a need
    std::uint32_t line;
    solver::Candidate candidate;
  };

  int organisation(std::uint32_t number) const { return 1 + static_cast<int>(number); }
  int volunteer(std::uint32_t number) const {
    return 1 + organisations_ + static_cast<int>(number);
  }
  int line(std::uint32_t number) const {
    return 1 + organisations_ + volunteers_ + static_cast<int>(number);
  }
  void add(int from, int to, std::int64_t capacity, int128 cost) {
    REQUIRE(cost == static_cast<std::int64_t>(cost));
    arcs_.push_back({from, to, capacity, static_cast<std::int64_t>(cost)});
  }

  void add_limits() {
    std::vector<std::int64_t> total(instance_.organisation_total.begin(),
                                    instance_.organisation_total.end());
    std::vector<std::int64_t> demand(instance_.demand.begin(), instance_.demand.end());
    for (const solver::ChosenPair& pin : instance_.pinned) {
      --demand[pin.need];
      const std::uint32_t group = group_of(pin.candidate.volunteer);
      if (group != solver::Limits::no_organisation) --total[group];
    }
    for (std::uint32_t i = 0; i < total.size(); ++i) add(0, organisation(i), total[i], 0);
    for (std::uint32_t n = 0; n < demand.size(); ++n) add(line(n), 0, demand[n], 0);

    std::vector<std::int32_t> degree(instance_.volunteers(), 0);
    for (const solver::Candidate& candidate : instance_.candidates) ++degree[candidate.volunteer];
    for (std::uint32_t v = 0; v < instance_.volunteers(); ++v) {
      const std::uint32_t group = group_of(v);
      const int from = group == solver::Limits::no_organisation ? 0 : organisation(group);
      const std::int32_t last = std::min(instance_.capacity[v], pinned_pairs_[v] + degree[v]);
      for (std::int32_t number = pinned_pairs_[v] + 1; number <= last; ++number) {
        const bool is_least = !instance_.least.empty() && number <= instance_.least[v];
        add(from, volunteer(v), 1,
            int128{instance_.cost_of(v, number)} - (is_least ? weights_.least_bonus() : 0));
      }
    }
  }
  std::uint32_t group_of(std::uint32_t v) const {
    return instance_.organisation.empty() ? solver::Limits::no_organisation
                                          : instance_.organisation[v];
  }

  void add_candidates() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Way>> ways;
    for (std::uint32_t n = 0; n < instance_.needs(); ++n)
      for (const solver::Candidate& candidate : instance_.candidates_of(n))
        ways[{candidate.volunteer, instance_.need_of(n)}].push_back({n, candidate});
    for (const auto& [n, candidate] : instance_.pinned) {
      ways.erase({candidate.volunteer, instance_.need_of(n)});
      if (candidate.slot != solver::Candidate::no_slot)
        seats_[{candidate.volunteer, candidate.slot}] = nodes_++;  // no arc leads there
    }
    for (const auto& [pair, own] : ways) add_ways(own);
  }

  /// A volunteer may take one of them: different slots for one line, or different lines in one
  /// slot.
  void add_ways(const std::vector<Way>& ways) {
    bool has_slots = false;
    bool has_lines = false;
    for (const Way& way : ways) {
      has_slots = has_slots || way.candidate.slot != ways[0].candidate.slot;
      has_lines = has_lines || way.line != ways[0].line;
    }
    REQUIRE((!has_slots || !has_lines));
    if (ways.size() == 1) {
      add(seat(ways[0].candidate), line(ways[0].line), 1, cost(ways[0]));
      return;
    }
    const int meeting = nodes_++;
    if (has_lines)
      add(seat(ways[0].candidate), meeting, 1, 0);
    else
      add(meeting, line(ways[0].line), 1, 0);
    for (const Way& way : ways)
      add(has_lines ? meeting : seat(way.candidate), has_lines ? line(way.line) : meeting, 1,
          cost(way));
  }
  int128 cost(const Way& way) const {
    return -(weights_.bonus(instance_.tier[way.line]) + way.candidate.points);
  }
  int seat(const solver::Candidate& candidate) {
    if (candidate.slot == solver::Candidate::no_slot) return volunteer(candidate.volunteer);
    const auto [seat, added] = seats_.try_emplace({candidate.volunteer, candidate.slot}, nodes_);
    if (added) add(volunteer(candidate.volunteer), nodes_++, 1, 0);
    return seat->second;
  }

  const solver::Instance& instance_;
  const solver::Weights weights_;
  const std::vector<std::int32_t> pinned_pairs_;
  const int organisations_, volunteers_;
  int nodes_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> seats_;
  std::vector<Arc> arcs_;
  Graph graph_;
};

}  // namespace jiedui::test
