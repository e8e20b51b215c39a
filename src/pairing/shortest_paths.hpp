#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <tuple>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room: successive shortest paths over needs, seats and volunteers.
//
// A seat is a volunteer in one slot and holds one pair; it hangs below its volunteer. A candidate
// leads from its need to a seat, or, without a slot, to the volunteer itself. One unit after the
// other is sent from its need to a volunteer with capacity left, along the cheapest alternating
// path under reduced costs; `potential` of a node is the price of taking it: the volunteer's price
// plus, for a seat, the slot's. What holds after every unit, and what the proof consists of:
//   outside the plan   weight ≤ potential(node) + profit(need)
//   inside the plan    weight ≥ potential(node) + profit(need)
//   volunteer not full → its price is 0; seat free → potential(seat) ≤ potential(volunteer)
//   need not full → its profit is 0

namespace jiedui::solver {

template <class Weight, class Score>
class ShortestPaths {
 public:
  ShortestPaths(const Instance& instance, const Weights& weights, const Options& options)
      : instance_(instance), weights_(weights), options_(options) {}

  Solution run() {
    const auto start = Clock::now();
    build();
    const auto built = Clock::now();
    Solution solution;
    solution.weights = weights_;
    insert_all(solution);
    extract(solution);
    solution.statistics.candidates = static_cast<std::int64_t>(arcs_.size());
    solution.statistics.relaxations = relaxations_;
    solution.statistics.scans = scans_;
    solution.statistics.paths = paths_;
    solution.statistics.build_seconds = seconds(built - start);
    solution.statistics.solve_seconds = seconds(Clock::now() - built);
    return solution;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  static double seconds(Clock::duration time) {
    return std::chrono::duration<double>(time).count();
  }

  struct Arc {
    std::uint32_t node;
    Score points;
  };

  /// How a node was reached in the present search.
  enum class Step : std::uint8_t {
    candidate,  // from a need, by an arc
    seat,       // volunteer, from one of its seats
    volunteer,  // seat, from its volunteer: the pair in the seat gives way
    other_seat  // seat, from another seat of the same volunteer: its pair moves here
  };

  struct Node {
    Weight potential = 0;
    Weight distance = 0;
    std::uint32_t epoch = 0;  // search in which `distance` was set
    std::uint32_t mark = 0;   // scan in which the need is served by this volunteer
    Step step = Step::candidate;
    bool settled = false;
    std::uint32_t from = none;       // need, or node, that the step comes from
    std::uint32_t arc = none;        // arc taken by the step
    std::uint32_t volunteer = none;  // of a seat; none for a volunteer
    std::int32_t capacity = 0;
    std::int32_t used = 0;
    std::uint32_t pairs_begin = 0;  // its pairs: pairs_[pairs_begin …], pair_count of them
    std::int32_t pair_count = 0;
    std::uint32_t seats_begin = 0;  // seats of a volunteer
    std::uint32_t seats_end = 0;
  };

  struct NeedState {
    Weight profit = 0;
    Weight bonus = 0;
    Weight distance = 0;
    std::uint32_t epoch = 0;
    std::uint32_t arc = none;  // the pair that the search takes away from this need
    std::uint32_t node = none;
    std::uint32_t pairs_begin = 0;
    std::int32_t pair_count = 0;
    bool settled = false;
  };

  struct PlanPair {
    std::uint32_t arc;
    std::uint32_t need;
  };

  struct Label {
    Weight distance;
    std::uint32_t index;  // node, or need + nodes
    friend bool operator>(const Label& a, const Label& b) {
      return a.distance != b.distance ? a.distance > b.distance : a.index > b.index;
    }
  };

  void build() {
    const std::size_t volunteers = instance_.volunteers();
    nodes_.resize(volunteers);
    for (std::size_t v = 0; v < volunteers; ++v) nodes_[v].capacity = instance_.capacity[v];
    add_seats();

    arcs_.reserve(instance_.candidates.size());
    needs_.resize(instance_.needs());
    std::vector<std::int32_t> degree(nodes_.size(), 0);
    std::vector<Candidate> sorted;
    std::uint32_t need_pairs = 0;
    slots_.reserve(has_slots_ ? instance_.candidates.size() : 0);
    for (std::size_t n = 0; n < instance_.needs(); ++n) {
      const auto given = instance_.candidates_of(n);
      sorted.assign(given.begin(), given.end());
      // Best first, so that a scan may stop early; then by volunteer and slot, so that ties are
      // settled and the seats of one volunteer lie together.
      std::sort(sorted.begin(), sorted.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(-a.points, a.volunteer, a.slot) <
               std::tuple(-b.points, b.volunteer, b.slot);
      });
      for (const Candidate& candidate : sorted) {
        const std::uint32_t node = node_of(candidate);
        arcs_.push_back({node, static_cast<Score>(candidate.points)});
        ++degree[node];
        if (has_slots_) slots_.push_back(candidate.slot);
      }
      seats_scattered_ = seats_scattered_ || (has_slots_ && is_scattered(n));
      NeedState& need = needs_[n];
      need.bonus = static_cast<Weight>(weights_.bonus(instance_.tier[n]));
      need.pairs_begin = need_pairs;
      need_pairs += static_cast<std::uint32_t>(
          std::min<std::size_t>(static_cast<std::size_t>(instance_.demand[n]), sorted.size()));
    }
    need_pairs_.resize(need_pairs);
    std::uint32_t pairs = 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      nodes_[i].pairs_begin = pairs;
      pairs += static_cast<std::uint32_t>(std::min(nodes_[i].capacity, degree[i]));
    }
    pairs_.resize(pairs);
  }

  /// Whether the arcs of the need to one volunteer's seats lie apart: their points differ.
  bool is_scattered(std::size_t n) {
    std::vector<std::uint32_t> owners;
    for (std::uint64_t arc = instance_.first[n]; arc < instance_.first[n + 1]; ++arc) {
      const std::uint32_t owner = owner_of(arcs_[arc].node);
      if (owners.empty() || owners.back() != owner) owners.push_back(owner);
    }
    std::sort(owners.begin(), owners.end());
    return std::adjacent_find(owners.begin(), owners.end()) != owners.end();
  }

  /// One seat for each volunteer and slot that occur together, behind the volunteers.
  void add_seats() {
    const std::size_t volunteers = instance_.volunteers();
    std::vector<std::uint32_t> begin(volunteers + 1, 0);
    for (const Candidate& candidate : instance_.candidates)
      if (candidate.slot != Candidate::no_slot) ++begin[candidate.volunteer + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    has_slots_ = begin.back() > 0;
    std::vector<std::uint32_t> slots(begin.back());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (const Candidate& candidate : instance_.candidates)
      if (candidate.slot != Candidate::no_slot) slots[next[candidate.volunteer]++] = candidate.slot;
    for (std::uint32_t v = 0; has_slots_ && v < volunteers; ++v) {
      const auto first = slots.begin() + begin[v];
      const auto last = slots.begin() + begin[v + 1];
      std::sort(first, last);
      nodes_[v].seats_begin = static_cast<std::uint32_t>(nodes_.size());
      const auto distinct = std::unique(first, last);
      for (auto slot = first; slot != distinct; ++slot) {
        nodes_.push_back({});
        nodes_.back().volunteer = v;
        nodes_.back().capacity = 1;
        seat_slots_.push_back(*slot);
      }
      nodes_[v].seats_end = static_cast<std::uint32_t>(nodes_.size());
    }
    JIEDUI_CHECK(nodes_.size() + instance_.needs() < none);
  }
  std::uint32_t node_of(const Candidate& candidate) const {
    if (candidate.slot == Candidate::no_slot) return candidate.volunteer;
    const std::size_t volunteers = instance_.volunteers();
    const Node& owner = nodes_[candidate.volunteer];
    const auto begin = seat_slots_.begin() + (owner.seats_begin - volunteers);
    const auto end = seat_slots_.begin() + (owner.seats_end - volunteers);
    return static_cast<std::uint32_t>(std::lower_bound(begin, end, candidate.slot) -
                                      seat_slots_.begin() + volunteers);
  }

  Weight weight(std::uint32_t need, std::uint32_t arc) const {
    return needs_[need].bonus + arcs_[arc].points;
  }

  void insert_all(Solution& solution) {
    std::vector<std::uint32_t> order(instance_.needs());
    for (std::uint32_t n = 0; n < order.size(); ++n) order[n] = n;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return instance_.tier[a] < instance_.tier[b];
    });
    auto reported = Clock::now();
    std::size_t done = 0;
    for (; done < order.size(); ++done) {
      if (options_.stop.stop_requested()) break;
      if (options_.progress && done % 64 == 0 &&
          Clock::now() - reported > std::chrono::milliseconds(50)) {
        reported = Clock::now();
        options_.progress(
            {static_cast<double>(done) / static_cast<double>(order.size()), int128{value_}});
      }
      insert(order[done]);
    }
    if (done == order.size()) return;
    solution.status = Status::interrupted;
    for (; done < order.size(); ++done) complete_greedily(order[done]);
  }

  /// Sends all units of one need.
  void insert(std::uint32_t n) {
    NeedState& need = needs_[n];
    raise_profit(n);
    const auto units = std::min<std::uint64_t>(static_cast<std::uint64_t>(instance_.demand[n]),
                                               instance_.first[n + 1] - instance_.first[n]);
    // A unit that stays unfilled brings the profit to 0, and with it every further unit. The units
    // beyond the number of candidates can never be filled; if there are any, the profit must be 0.
    for (std::uint64_t unit = 0; unit < units && need.profit > 0; ++unit) search(n);
    if (units < static_cast<std::uint64_t>(instance_.demand[n])) drain(n);
  }

  /// The least profit that no candidate outside the plan exceeds.
  void raise_profit(std::uint32_t n) {
    NeedState& need = needs_[n];
    for (std::uint64_t arc = instance_.first[n]; arc < instance_.first[n + 1]; ++arc) {
      const Weight most = weight(n, static_cast<std::uint32_t>(arc));
      if (most <= need.profit) break;
      need.profit = std::max<Weight>(need.profit, most - nodes_[arcs_[arc].node].potential);
    }
  }

  /// All candidates of the need are in the plan and more are wanted: profit 0 proves that.
  void drain(std::uint32_t n) {
    if (needs_[n].profit > 0) search(n);
    JIEDUI_CHECK(needs_[n].profit == 0);
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
    Terminal best{needs_[source].profit, source, none};
    needs_[source].epoch = epoch_;
    needs_[source].distance = 0;
    needs_[source].settled = true;
    settled_needs_.push_back(source);
    scan_need(source, best);
    while (!heap_.empty() && heap_.front().distance < best.distance) {
      const Label label = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
      heap_.pop_back();
      if (label.index >= nodes_.size()) {
        const auto n = static_cast<std::uint32_t>(label.index - nodes_.size());
        if (needs_[n].settled || needs_[n].distance != label.distance) continue;
        needs_[n].settled = true;
        settled_needs_.push_back(n);
        scan_need(n, best);
      } else {
        Node& node = nodes_[label.index];
        if (node.settled || node.distance != label.distance) continue;
        node.settled = true;
        settled_nodes_.push_back(label.index);
        scan_node(label.index, best);
      }
    }
    for (const std::uint32_t n : settled_needs_)
      if (needs_[n].distance < best.distance)
        needs_[n].profit -= best.distance - needs_[n].distance;
    for (const std::uint32_t x : settled_nodes_)
      if (nodes_[x].distance < best.distance)
        nodes_[x].potential += best.distance - nodes_[x].distance;
    augment(source, best);
  }

  void push(Weight distance, std::size_t index) {
    heap_.push_back({distance, static_cast<std::uint32_t>(index)});
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
  }

  void scan_need(std::uint32_t n, Terminal& best) {
    const NeedState& need = needs_[n];
    ++scans_;
    ++mark_;
    for (std::int32_t i = 0; i < need.pair_count; ++i)
      mark_volunteer(need_pairs_[need.pairs_begin + i]);
    // An arc of weight w costs at least distance + profit − w, potentials being ≥ 0.
    const Weight base = need.distance + need.profit - need.bonus;
    const auto end = static_cast<std::uint32_t>(instance_.first[n + 1]);
    auto arc = static_cast<std::uint32_t>(instance_.first[n]);
    for (; arc < end; ++arc) {
      const Weight least = base - arcs_[arc].points;
      if (least >= best.distance) break;
      Node& node = nodes_[arcs_[arc].node];
      if (node.mark == mark_) continue;
      const Weight distance = least + node.potential;
      if (distance < best.distance) reach(arcs_[arc].node, distance, Step::candidate, n, arc, best);
    }
    relaxations_ += arc - static_cast<std::int64_t>(instance_.first[n]);
  }

  /// The volunteers that serve the need already cannot serve it twice, in whatever slot.
  void mark_volunteer(std::uint32_t arc) {
    Node& node = nodes_[arcs_[arc].node];
    node.mark = mark_;
    if (!has_slots_) return;
    Node& owner = node.volunteer == none ? node : nodes_[node.volunteer];
    owner.mark = mark_;
    for (std::uint32_t seat = owner.seats_begin; seat < owner.seats_end; ++seat)
      nodes_[seat].mark = mark_;
  }

  void reach(std::uint32_t x, Weight distance, Step step, std::uint32_t from, std::uint32_t arc,
             Terminal& best) {
    Node& node = nodes_[x];
    if (node.epoch == epoch_ && node.distance <= distance) return;
    node.epoch = epoch_;
    node.settled = false;
    node.distance = distance;
    node.step = step;
    node.from = from;
    node.arc = arc;
    // With room left all the way up, nothing behind this node can be nearer: its prices are 0.
    if (node.used < node.capacity && has_room(owner_of(x)))
      best = {distance, none, x};
    else
      push(distance, x);
  }

  bool has_room(std::uint32_t volunteer) const {
    return nodes_[volunteer].used < nodes_[volunteer].capacity;
  }

  void scan_node(std::uint32_t x, Terminal& best) {
    const Node& node = nodes_[x];
    const Weight distance = node.distance;
    if (node.used < node.capacity && node.volunteer != none) {
      const Weight next = distance + nodes_[node.volunteer].potential - node.potential;
      if (next < best.distance) reach(node.volunteer, next, Step::seat, x, none, best);
    }
    for (std::int32_t i = 0; i < node.pair_count; ++i) {
      const PlanPair pair = pairs_[node.pairs_begin + i];
      const NeedState& need = needs_[pair.need];
      const Weight slack = weight(pair.need, pair.arc) - node.potential - need.profit;
      reach_need(pair, x, distance + slack, best);
      if (has_slots_) reach_other_seats(pair, x, best);
    }
    for (std::uint32_t seat = node.seats_begin; seat < node.seats_end; ++seat)
      if (nodes_[seat].used > 0) {
        const Weight next = distance + nodes_[seat].potential - node.potential;
        if (next < best.distance) reach(seat, next, Step::volunteer, x, none, best);
      }
  }

  void reach_need(const PlanPair& pair, std::uint32_t x, Weight distance, Terminal& best) {
    NeedState& need = needs_[pair.need];
    if (distance >= best.distance || (need.epoch == epoch_ && need.distance <= distance)) return;
    need.epoch = epoch_;
    need.settled = false;
    need.distance = distance;
    need.arc = pair.arc;
    need.node = x;
    if (distance + need.profit < best.distance) best = {distance + need.profit, pair.need, none};
    push(distance, nodes_.size() + pair.need);
  }

  /// The pair at x can move to another seat of its volunteer that suits the need too.
  void reach_other_seats(const PlanPair& pair, std::uint32_t x, Terminal& best) {
    const std::uint32_t volunteer = owner_of(x);
    const auto try_arc = [&](std::uint64_t a) {
      const auto arc = static_cast<std::uint32_t>(a);
      const std::uint32_t y = arcs_[arc].node;
      if (owner_of(y) != volunteer) return false;
      const Weight cost = (weight(pair.need, pair.arc) - nodes_[x].potential) -
                          (weight(pair.need, arc) - nodes_[y].potential);
      if (arc != pair.arc && nodes_[x].distance + cost < best.distance)
        reach(y, nodes_[x].distance + cost, Step::other_seat, x, arc, best);
      return true;
    };
    const std::uint64_t first = instance_.first[pair.need];
    const std::uint64_t end = instance_.first[pair.need + 1];
    if (seats_scattered_) {
      for (std::uint64_t arc = first; arc < end; ++arc) try_arc(arc);
      return;
    }
    for (std::uint64_t arc = pair.arc; arc < end && try_arc(arc); ++arc) {
    }
    for (std::uint64_t arc = pair.arc; arc > first && try_arc(arc - 1); --arc) {
    }
  }

  std::uint32_t owner_of(std::uint32_t x) const {
    return nodes_[x].volunteer == none ? x : nodes_[x].volunteer;
  }

  /// Carries the change back from where the search ended.
  void augment(std::uint32_t source, const Terminal& best) {
    std::uint32_t x = best.node;
    if (x == none) {
      if (best.need == source) return;
      x = take_away(best.need);
    } else {
      ++nodes_[x].used;
      if (owner_of(x) != x) ++nodes_[owner_of(x)].used;
    }
    while (true) {
      const Node& node = nodes_[x];
      const std::uint32_t from = node.from;
      switch (node.step) {
        case Step::candidate: {
          // The need gives up its pair first: its list has no room for one more.
          const std::uint32_t next = from == source ? none : take_away(from);
          add_pair(x, {node.arc, from});
          if (next == none) return;
          x = next;
          break;
        }
        case Step::seat:
          ++nodes_[from].used;
          x = from;
          break;
        case Step::volunteer:
          --nodes_[x].used;
          x = from;
          break;
        case Step::other_seat: {
          const PlanPair moved = pair_replaced_by(from, node.arc);
          remove_pair(from, moved);
          add_pair(x, {node.arc, moved.need});
          x = from;
          break;
        }
      }
    }
  }

  /// The pair at x whose need the arc belongs to.
  PlanPair pair_replaced_by(std::uint32_t x, std::uint32_t arc) const {
    const PlanPair* pair = pairs_.data() + nodes_[x].pairs_begin;
    while (arc < instance_.first[pair->need] || arc >= instance_.first[pair->need + 1]) ++pair;
    return *pair;
  }

  std::uint32_t take_away(std::uint32_t n) {
    const NeedState& need = needs_[n];
    const std::uint32_t node = need.node;
    remove_pair(node, {need.arc, n});
    return node;
  }

  void add_pair(std::uint32_t x, PlanPair pair) {
    Node& node = nodes_[x];
    NeedState& need = needs_[pair.need];
    pairs_[node.pairs_begin + node.pair_count++] = pair;
    need_pairs_[need.pairs_begin + need.pair_count++] = pair.arc;
    value_ += weight(pair.need, pair.arc);
  }

  void remove_pair(std::uint32_t x, PlanPair pair) {
    Node& node = nodes_[x];
    NeedState& need = needs_[pair.need];
    auto* begin = pairs_.data() + node.pairs_begin;
    auto* found = std::find_if(begin, begin + node.pair_count,
                               [&](const PlanPair& other) { return other.arc == pair.arc; });
    JIEDUI_CHECK(found != begin + node.pair_count);
    *found = begin[--node.pair_count];
    auto* arcs = need_pairs_.data() + need.pairs_begin;
    auto* arc = std::find(arcs, arcs + need.pair_count, pair.arc);
    JIEDUI_CHECK(arc != arcs + need.pair_count);
    *arc = arcs[--need.pair_count];
    value_ -= weight(pair.need, pair.arc);
  }

  /// When stopped: whatever is free, best first; the profit keeps the bound valid.
  void complete_greedily(std::uint32_t n) {
    raise_profit(n);
    NeedState& need = needs_[n];
    ++mark_;
    for (std::uint64_t a = instance_.first[n];
         a < instance_.first[n + 1] && need.pair_count < instance_.demand[n]; ++a) {
      const auto arc = static_cast<std::uint32_t>(a);
      const std::uint32_t x = arcs_[arc].node;
      Node& node = nodes_[x];
      Node& owner = node.volunteer == none ? node : nodes_[node.volunteer];
      if (node.mark == mark_ || node.used >= node.capacity || owner.used >= owner.capacity)
        continue;
      ++node.used;
      if (&owner != &node) ++owner.used;
      add_pair(x, {arc, n});
      mark_volunteer(arc);
    }
  }

  void extract(Solution& solution) const {
    const std::size_t volunteers = instance_.volunteers();
    solution.price.reserve(volunteers);
    for (std::size_t v = 0; v < volunteers; ++v) {
      solution.price.push_back(nodes_[v].potential);
      solution.bound += int128{nodes_[v].potential} * nodes_[v].capacity;
    }
    for (std::size_t x = volunteers; x < nodes_.size(); ++x) {
      // A free seat may lag behind its volunteer; raising it to the same height keeps the proof.
      const int128 price = int128{nodes_[x].potential} - nodes_[nodes_[x].volunteer].potential;
      if (price <= 0) continue;
      solution.bound += price;
      solution.slot_price.push_back({nodes_[x].volunteer, seat_slots_[x - volunteers], price});
    }
    for (std::uint32_t n = 0; n < needs_.size(); ++n) {
      const NeedState& need = needs_[n];
      solution.profit.push_back(need.profit);
      solution.bound += int128{need.profit} * instance_.demand[n];
      const std::size_t first = solution.pairs.size();
      for (std::int32_t i = 0; i < need.pair_count; ++i) {
        const std::uint32_t arc = need_pairs_[need.pairs_begin + i];
        const Node& node = nodes_[arcs_[arc].node];
        const std::uint32_t volunteer = node.volunteer == none ? arcs_[arc].node : node.volunteer;
        solution.pairs.push_back(
            {n, {volunteer, has_slots_ ? slots_[arc] : Candidate::no_slot, arcs_[arc].points}});
        solution.value += weight(n, arc);
        const Weight slack = weight(n, arc) - node.potential - need.profit;
        if (slack > 0) solution.bound += slack;
      }
      std::sort(solution.pairs.begin() + static_cast<std::ptrdiff_t>(first), solution.pairs.end(),
                [](const ChosenPair& a, const ChosenPair& b) {
                  return a.candidate.volunteer < b.candidate.volunteer;
                });
    }
  }

  const Instance& instance_;
  const Weights weights_;
  const Options& options_;
  bool has_slots_ = false;
  bool seats_scattered_ = false;
  std::vector<Node> nodes_;  // volunteers, then seats
  std::vector<std::uint32_t> seat_slots_;
  std::vector<NeedState> needs_;
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> slots_;  // of each arc, if there are slots
  std::vector<PlanPair> pairs_;
  std::vector<std::uint32_t> need_pairs_;
  std::vector<Label> heap_;
  std::vector<std::uint32_t> settled_nodes_;
  std::vector<std::uint32_t> settled_needs_;
  std::uint32_t epoch_ = 0;
  std::uint32_t mark_ = 0;
  std::int64_t relaxations_ = 0;
  std::int64_t scans_ = 0;
  std::int64_t paths_ = 0;
  int128 value_ = 0;
};

}  // namespace jiedui::solver
