#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

#include "seat_graph.hpp"

// Private to the room: successive shortest paths over needs, seats and volunteers.
//
// One unit after the other is sent from its need to a volunteer with capacity left, along the
// cheapest alternating path under reduced costs; `potential` of a node is the price of taking it:
// the volunteer's price plus, for a seat, the slot's. What holds after every unit, and what the
// proof consists of:
//   outside the plan   weight ≤ potential(node) + profit(need)
//   inside the plan    weight ≥ potential(node) + profit(need)
//   volunteer not full → its price is 0; seat free → potential(seat) ≤ potential(volunteer)
//   need not full → its profit is 0

namespace jiedui::solver {

template <class Weight, class Score>
class ShortestPaths {
 public:
  ShortestPaths(const Instance& instance, const Weights& weights, const Options& options)
      : weights_(weights), options_(options), graph_(instance, weights) {}

  Solution run() {
    const auto built = Clock::now();
    Solution solution;
    solution.weights = weights_;
    insert_all(solution);
    extract(solution);
    solution.statistics.candidates = static_cast<std::int64_t>(graph_.arcs.size());
    solution.statistics.relaxations = relaxations_;
    solution.statistics.scans = scans_;
    solution.statistics.paths = paths_;
    solution.statistics.build_seconds = seconds(built - start_);
    solution.statistics.solve_seconds = seconds(Clock::now() - built);
    return solution;
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Graph = SeatGraph<Weight, Score>;
  using Node = typename Graph::Node;
  using NeedState = typename Graph::NeedState;
  using PlanPair = typename Graph::PlanPair;
  using Step = typename Graph::Step;
  static constexpr std::uint32_t none = Graph::none;
  static double seconds(Clock::duration time) {
    return std::chrono::duration<double>(time).count();
  }

  struct Label {
    Weight distance;
    std::uint32_t index;  // node, or need + nodes
    friend bool operator>(const Label& a, const Label& b) {
      return a.distance != b.distance ? a.distance > b.distance : a.index > b.index;
    }
  };

  void insert_all(Solution& solution) {
    std::vector<std::uint32_t> order(graph_.instance.needs());
    for (std::uint32_t n = 0; n < order.size(); ++n) order[n] = n;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return graph_.instance.tier[a] < graph_.instance.tier[b];
    });
    auto reported = Clock::now();
    std::size_t done = 0;
    for (; done < order.size(); ++done) {
      if (options_.stop.stop_requested()) break;
      if (options_.progress && done % 64 == 0 &&
          Clock::now() - reported > std::chrono::milliseconds(50)) {
        reported = Clock::now();
        options_.progress(
            {static_cast<double>(done) / static_cast<double>(order.size()), int128{graph_.value}});
      }
      if (!insert(order[done])) break;
    }
    if (done == order.size()) return;
    solution.status = Status::interrupted;
    for (; done < order.size(); ++done) complete_greedily(order[done]);
  }

  /// Sends all units of one need; false if stopped on the way.
  bool insert(std::uint32_t n) {
    NeedState& need = graph_.needs[n];
    raise_profit(n);
    const auto units =
        std::min<std::uint64_t>(static_cast<std::uint64_t>(graph_.instance.demand[n]),
                                graph_.instance.first[n + 1] - graph_.instance.first[n]);
    // A unit that stays unfilled brings the profit to 0, and with it every further unit. The units
    // beyond the number of candidates can never be filled; if there are any, the profit must be 0.
    for (std::uint64_t unit = 0; unit < units && need.profit > 0; ++unit) {
      if (options_.stop.stop_requested()) return false;
      search(n);
    }
    if (units < static_cast<std::uint64_t>(graph_.instance.demand[n])) drain(n);
    return true;
  }

  /// The least profit that no candidate outside the plan exceeds.
  void raise_profit(std::uint32_t n) {
    NeedState& need = graph_.needs[n];
    for (std::uint64_t arc = graph_.instance.first[n]; arc < graph_.instance.first[n + 1]; ++arc) {
      const Weight most = graph_.weight(n, static_cast<std::uint32_t>(arc));
      if (most <= need.profit) break;
      need.profit =
          std::max<Weight>(need.profit, most - graph_.nodes[graph_.arcs[arc].node].potential);
    }
  }

  /// All candidates of the need are in the plan and more are wanted: profit 0 proves that.
  void drain(std::uint32_t n) {
    if (graph_.needs[n].profit > 0) search(n);
    JIEDUI_CHECK(graph_.needs[n].profit == 0);
  }

  struct Terminal {
    Weight distance = 0;
    std::uint32_t need = none;  // whose unit is left unfilled, or
    std::uint32_t node = none;  // node that has room left
  };

  /// Dijkstra's search from the need; ends at the nearest way to settle one more unit.
  void search(std::uint32_t source) {
    ++epoch_;
    ++paths_;
    heap_.clear();
    settled_nodes_.clear();
    settled_needs_.clear();
    Terminal best{graph_.needs[source].profit, source, none};
    graph_.needs[source].epoch = epoch_;
    graph_.needs[source].distance = 0;
    graph_.needs[source].settled = true;
    settled_needs_.push_back(source);
    scan_need(source, best);
    while (!heap_.empty() && heap_.front().distance < best.distance) {
      const Label label = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
      heap_.pop_back();
      if (label.index >= graph_.nodes.size()) {
        const auto n = static_cast<std::uint32_t>(label.index - graph_.nodes.size());
        if (graph_.needs[n].settled || graph_.needs[n].distance != label.distance) continue;
        graph_.needs[n].settled = true;
        settled_needs_.push_back(n);
        scan_need(n, best);
      } else {
        Node& node = graph_.nodes[label.index];
        if (node.settled || node.distance != label.distance) continue;
        node.settled = true;
        settled_nodes_.push_back(label.index);
        scan_node(label.index, best);
      }
    }
    for (const std::uint32_t n : settled_needs_)
      if (graph_.needs[n].distance < best.distance)
        graph_.needs[n].profit -= best.distance - graph_.needs[n].distance;
    for (const std::uint32_t x : settled_nodes_)
      if (graph_.nodes[x].distance < best.distance)
        graph_.nodes[x].potential += best.distance - graph_.nodes[x].distance;
    augment(source, best);
  }

  void push(Weight distance, std::size_t index) {
    heap_.push_back({distance, static_cast<std::uint32_t>(index)});
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
  }

  void scan_need(std::uint32_t n, Terminal& best) {
    const NeedState& need = graph_.needs[n];
    ++scans_;
    graph_.start_scan();
    for (std::int32_t i = 0; i < need.pair_count; ++i)
      graph_.mark_volunteer(graph_.need_pairs[need.pairs_begin + i]);
    // An arc of weight w costs at least distance + profit − w, potentials being ≥ 0.
    const Weight base = need.distance + need.profit - need.bonus;
    const auto end = static_cast<std::uint32_t>(graph_.instance.first[n + 1]);
    auto arc = static_cast<std::uint32_t>(graph_.instance.first[n]);
    for (; arc < end; ++arc) {
      const Weight least = base - graph_.arcs[arc].points;
      if (least >= best.distance) break;
      Node& node = graph_.nodes[graph_.arcs[arc].node];
      if (node.mark == graph_.mark) continue;
      const Weight distance = least + node.potential;
      if (distance < best.distance)
        reach(graph_.arcs[arc].node, distance, Step::candidate, n, arc, best);
    }
    relaxations_ += arc - static_cast<std::int64_t>(graph_.instance.first[n]);
  }

  void reach(std::uint32_t x, Weight distance, Step step, std::uint32_t from, std::uint32_t arc,
             Terminal& best) {
    Node& node = graph_.nodes[x];
    if (node.epoch == epoch_ && node.distance <= distance) return;
    node.epoch = epoch_;
    node.settled = false;
    node.distance = distance;
    node.step = step;
    node.from = from;
    node.arc = arc;
    // With room left all the way up, nothing behind this node can be nearer: its prices are 0.
    if (node.used < node.capacity && graph_.has_room(graph_.owner_of(x)))
      best = {distance, none, x};
    else
      push(distance, x);
  }

  void scan_node(std::uint32_t x, Terminal& best) {
    const Node& node = graph_.nodes[x];
    const Weight distance = node.distance;
    if (node.used < node.capacity && node.volunteer != none) {
      const Weight next = distance + graph_.nodes[node.volunteer].potential - node.potential;
      if (next < best.distance) reach(node.volunteer, next, Step::seat, x, none, best);
    }
    for (std::int32_t i = 0; i < node.pair_count; ++i) {
      const PlanPair pair = graph_.pairs[node.pairs_begin + i];
      const NeedState& need = graph_.needs[pair.need];
      const Weight slack = graph_.weight(pair.need, pair.arc) - node.potential - need.profit;
      reach_need(pair, x, distance + slack, best);
      if (graph_.has_slots) reach_other_seats(pair, x, best);
    }
    for (std::uint32_t seat = node.seats_begin; seat < node.seats_end; ++seat)
      if (graph_.nodes[seat].used > 0) {
        const Weight next = distance + graph_.nodes[seat].potential - node.potential;
        if (next < best.distance) reach(seat, next, Step::volunteer, x, none, best);
      }
  }

  void reach_need(const PlanPair& pair, std::uint32_t x, Weight distance, Terminal& best) {
    NeedState& need = graph_.needs[pair.need];
    if (distance >= best.distance || (need.epoch == epoch_ && need.distance <= distance)) return;
    need.epoch = epoch_;
    need.settled = false;
    need.distance = distance;
    need.arc = pair.arc;
    need.node = x;
    if (distance + need.profit < best.distance) best = {distance + need.profit, pair.need, none};
    push(distance, graph_.nodes.size() + pair.need);
  }

  /// The pair at x can move to another seat of its volunteer that suits the need too.
  void reach_other_seats(const PlanPair& pair, std::uint32_t x, Terminal& best) {
    const std::uint32_t volunteer = graph_.owner_of(x);
    const auto try_arc = [&](std::uint64_t a) {
      const auto arc = static_cast<std::uint32_t>(a);
      const std::uint32_t y = graph_.arcs[arc].node;
      if (graph_.owner_of(y) != volunteer) return false;
      const Weight cost = (graph_.weight(pair.need, pair.arc) - graph_.nodes[x].potential) -
                          (graph_.weight(pair.need, arc) - graph_.nodes[y].potential);
      if (arc != pair.arc && graph_.nodes[x].distance + cost < best.distance)
        reach(y, graph_.nodes[x].distance + cost, Step::other_seat, x, arc, best);
      return true;
    };
    const std::uint64_t first = graph_.instance.first[pair.need];
    const std::uint64_t end = graph_.instance.first[pair.need + 1];
    if (graph_.seats_scattered) {
      for (std::uint64_t arc = first; arc < end; ++arc) try_arc(arc);
      return;
    }
    for (std::uint64_t arc = pair.arc; arc < end && try_arc(arc); ++arc) {
    }
    for (std::uint64_t arc = pair.arc; arc > first && try_arc(arc - 1); --arc) {
    }
  }

  /// Carries the change back from where the search ended.
  void augment(std::uint32_t source, const Terminal& best) {
    std::uint32_t x = best.node;
    if (x == none) {
      if (best.need == source) return;
      x = take_away(best.need);
    } else {
      ++graph_.nodes[x].used;
      if (graph_.owner_of(x) != x) ++graph_.nodes[graph_.owner_of(x)].used;
    }
    while (true) {
      const Node& node = graph_.nodes[x];
      const std::uint32_t from = node.from;
      switch (node.step) {
        case Step::candidate: {
          // The need gives up its pair first: its list has no room for one more.
          const std::uint32_t next = from == source ? none : take_away(from);
          graph_.add_pair(x, {node.arc, from});
          if (next == none) return;
          x = next;
          break;
        }
        case Step::seat:
          ++graph_.nodes[from].used;
          x = from;
          break;
        case Step::volunteer:
          --graph_.nodes[x].used;
          x = from;
          break;
        case Step::other_seat: {
          const PlanPair moved = graph_.pair_replaced_by(from, node.arc);
          graph_.remove_pair(from, moved);
          graph_.add_pair(x, {node.arc, moved.need});
          x = from;
          break;
        }
      }
    }
  }

  std::uint32_t take_away(std::uint32_t n) {
    const NeedState& need = graph_.needs[n];
    const std::uint32_t node = need.node;
    graph_.remove_pair(node, {need.arc, n});
    return node;
  }

  /// When stopped: whatever is free, best first; the profit keeps the bound valid.
  void complete_greedily(std::uint32_t n) {
    raise_profit(n);
    NeedState& need = graph_.needs[n];
    graph_.start_scan();
    for (std::int32_t i = 0; i < need.pair_count; ++i)
      graph_.mark_volunteer(graph_.need_pairs[need.pairs_begin + i]);
    for (std::uint64_t a = graph_.instance.first[n];
         a < graph_.instance.first[n + 1] && need.pair_count < graph_.instance.demand[n]; ++a) {
      const auto arc = static_cast<std::uint32_t>(a);
      const std::uint32_t x = graph_.arcs[arc].node;
      Node& node = graph_.nodes[x];
      Node& owner = node.volunteer == none ? node : graph_.nodes[node.volunteer];
      if (node.mark == graph_.mark || node.used >= node.capacity || owner.used >= owner.capacity)
        continue;
      ++node.used;
      if (&owner != &node) ++owner.used;
      graph_.add_pair(x, {arc, n});
      graph_.mark_volunteer(arc);
    }
  }

  void extract(Solution& solution) const {
    const std::size_t volunteers = graph_.instance.volunteers();
    solution.price.reserve(volunteers);
    for (std::size_t v = 0; v < volunteers; ++v) {
      solution.price.push_back(graph_.nodes[v].potential);
      solution.bound += int128{graph_.nodes[v].potential} * graph_.nodes[v].capacity;
    }
    for (std::size_t x = volunteers; x < graph_.nodes.size(); ++x) {
      // A free seat may lag behind its volunteer; raising it to the same height keeps the proof.
      const int128 price =
          int128{graph_.nodes[x].potential} - graph_.nodes[graph_.nodes[x].volunteer].potential;
      if (price <= 0) continue;
      solution.bound += price;
      solution.slot_price.push_back(
          {graph_.nodes[x].volunteer, graph_.seat_slots[x - volunteers], price});
    }
    for (std::uint32_t n = 0; n < graph_.needs.size(); ++n) {
      const NeedState& need = graph_.needs[n];
      solution.profit.push_back(need.profit);
      solution.bound += int128{need.profit} * graph_.instance.demand[n];
      const std::size_t first = solution.pairs.size();
      for (std::int32_t i = 0; i < need.pair_count; ++i) {
        const std::uint32_t arc = graph_.need_pairs[need.pairs_begin + i];
        const Node& node = graph_.nodes[graph_.arcs[arc].node];
        const std::uint32_t volunteer =
            node.volunteer == none ? graph_.arcs[arc].node : node.volunteer;
        solution.pairs.push_back(
            {n,
             {volunteer, graph_.has_slots ? graph_.slots[arc] : Candidate::no_slot,
              graph_.arcs[arc].points}});
        solution.value += graph_.weight(n, arc);
        const Weight slack = graph_.weight(n, arc) - node.potential - need.profit;
        if (slack > 0) solution.bound += slack;
      }
      std::sort(solution.pairs.begin() + static_cast<std::ptrdiff_t>(first), solution.pairs.end(),
                [](const ChosenPair& a, const ChosenPair& b) {
                  return a.candidate.volunteer < b.candidate.volunteer;
                });
    }
  }

  const Clock::time_point start_ = Clock::now();
  const Weights weights_;
  const Options& options_;
  Graph graph_;
  std::vector<Label> heap_;
  std::vector<std::uint32_t> settled_nodes_;
  std::vector<std::uint32_t> settled_needs_;
  std::uint32_t epoch_ = 0;
  std::int64_t relaxations_ = 0;
  std::int64_t scans_ = 0;
  std::int64_t paths_ = 0;
};

}  // namespace jiedui::solver
