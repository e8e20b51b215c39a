#pragma once

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room: an instance as the graph that the solver walks, and the plan within it.
//
// A seat is a volunteer in one slot and holds one pair; it hangs below its volunteer. A candidate
// leads from its need to a seat, or, without a slot, to the volunteer itself.

namespace jiedui::solver {

template <class Weight, class Score>
class SeatGraph {
 public:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

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
    std::uint32_t pairs_begin = 0;  // its pairs: pairs[pairs_begin …], pair_count of them
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

  SeatGraph(const Instance& of, const Weights& weights) : instance(of) { build(weights); }

  Weight weight(std::uint32_t need, std::uint32_t arc) const {
    return needs[need].bonus + arcs[arc].points;
  }

  std::uint32_t owner_of(std::uint32_t x) const {
    return nodes[x].volunteer == none ? x : nodes[x].volunteer;
  }

  bool has_room(std::uint32_t volunteer) const {
    return nodes[volunteer].used < nodes[volunteer].capacity;
  }

  /// Begins a scan: no volunteer is marked as serving its need.
  void start_scan() { ++mark; }
  /// The volunteers that serve the need already cannot serve it twice, in whatever slot.
  void mark_volunteer(std::uint32_t arc) {
    Node& node = nodes[arcs[arc].node];
    node.mark = mark;
    if (!has_slots) return;
    Node& owner = node.volunteer == none ? node : nodes[node.volunteer];
    owner.mark = mark;
    for (std::uint32_t seat = owner.seats_begin; seat < owner.seats_end; ++seat)
      nodes[seat].mark = mark;
  }

  /// The pair at x whose need the arc belongs to.
  PlanPair pair_replaced_by(std::uint32_t x, std::uint32_t arc) const {
    const PlanPair* pair = pairs.data() + nodes[x].pairs_begin;
    while (arc < instance.first[pair->need] || arc >= instance.first[pair->need + 1]) ++pair;
    return *pair;
  }

  void add_pair(std::uint32_t x, PlanPair pair) {
    Node& node = nodes[x];
    NeedState& need = needs[pair.need];
    pairs[node.pairs_begin + node.pair_count++] = pair;
    need_pairs[need.pairs_begin + need.pair_count++] = pair.arc;
    value += weight(pair.need, pair.arc);
  }

  void remove_pair(std::uint32_t x, PlanPair pair) {
    Node& node = nodes[x];
    NeedState& need = needs[pair.need];
    auto* begin = pairs.data() + node.pairs_begin;
    auto* found = std::find_if(begin, begin + node.pair_count,
                               [&](const PlanPair& other) { return other.arc == pair.arc; });
    JIEDUI_CHECK(found != begin + node.pair_count);
    *found = begin[--node.pair_count];
    auto* arcs = need_pairs.data() + need.pairs_begin;
    auto* arc = std::find(arcs, arcs + need.pair_count, pair.arc);
    JIEDUI_CHECK(arc != arcs + need.pair_count);
    *arc = arcs[--need.pair_count];
    value -= weight(pair.need, pair.arc);
  }

  const Instance& instance;
  bool has_slots = false;
  bool seats_scattered = false;  // the arcs of some need to one volunteer's seats lie apart
  std::vector<Node> nodes;       // volunteers, then seats
  std::vector<std::uint32_t> seat_slots;
  std::vector<NeedState> needs;
  std::vector<Arc> arcs;
  std::vector<std::uint32_t> slots;  // of each arc, if there are slots
  std::vector<PlanPair> pairs;
  std::vector<std::uint32_t> need_pairs;
  int128 value = 0;
  std::uint32_t mark = 0;

 private:
  void build(const Weights& weights) {
    const std::size_t volunteers = instance.volunteers();
    nodes.resize(volunteers);
    for (std::size_t v = 0; v < volunteers; ++v) nodes[v].capacity = instance.capacity[v];
    add_seats();

    arcs.reserve(instance.candidates.size());
    needs.resize(instance.needs());
    std::vector<std::int32_t> degree(nodes.size(), 0);
    std::vector<Candidate> sorted;
    std::uint32_t need_room = 0;
    slots.reserve(has_slots ? instance.candidates.size() : 0);
    for (std::size_t n = 0; n < instance.needs(); ++n) {
      const auto given = instance.candidates_of(n);
      sorted.assign(given.begin(), given.end());
      // Best first, so that a scan may stop early; then by volunteer and slot, so that ties are
      // settled and the seats of one volunteer lie together.
      std::sort(sorted.begin(), sorted.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(-a.points, a.volunteer, a.slot) <
               std::tuple(-b.points, b.volunteer, b.slot);
      });
      for (const Candidate& candidate : sorted) {
        const std::uint32_t node = node_of(candidate);
        arcs.push_back({node, static_cast<Score>(candidate.points)});
        ++degree[node];
        if (has_slots) slots.push_back(candidate.slot);
      }
      seats_scattered = seats_scattered || (has_slots && is_scattered(n));
      NeedState& need = needs[n];
      need.bonus = static_cast<Weight>(weights.bonus(instance.tier[n]));
      need.pairs_begin = need_room;
      need_room += static_cast<std::uint32_t>(
          std::min<std::size_t>(static_cast<std::size_t>(instance.demand[n]), sorted.size()));
    }
    need_pairs.resize(need_room);
    std::uint32_t room = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      nodes[i].pairs_begin = room;
      room += static_cast<std::uint32_t>(std::min(nodes[i].capacity, degree[i]));
    }
    pairs.resize(room);
  }

  /// Whether the arcs of the need to one volunteer's seats lie apart: their points differ.
  bool is_scattered(std::size_t n) {
    std::vector<std::uint32_t> owners;
    for (std::uint64_t arc = instance.first[n]; arc < instance.first[n + 1]; ++arc) {
      const std::uint32_t owner = owner_of(arcs[arc].node);
      if (owners.empty() || owners.back() != owner) owners.push_back(owner);
    }
    std::sort(owners.begin(), owners.end());
    return std::adjacent_find(owners.begin(), owners.end()) != owners.end();
  }

  /// One seat for each volunteer and slot that occur together, behind the volunteers.
  void add_seats() {
    const std::size_t volunteers = instance.volunteers();
    std::vector<std::uint32_t> begin(volunteers + 1, 0);
    for (const Candidate& candidate : instance.candidates)
      if (candidate.slot != Candidate::no_slot) ++begin[candidate.volunteer + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    has_slots = begin.back() > 0;
    std::vector<std::uint32_t> taken(begin.back());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (const Candidate& candidate : instance.candidates)
      if (candidate.slot != Candidate::no_slot) taken[next[candidate.volunteer]++] = candidate.slot;
    for (std::uint32_t v = 0; has_slots && v < volunteers; ++v) {
      const auto first = taken.begin() + begin[v];
      const auto last = taken.begin() + begin[v + 1];
      std::sort(first, last);
      nodes[v].seats_begin = static_cast<std::uint32_t>(nodes.size());
      const auto distinct = std::unique(first, last);
      for (auto slot = first; slot != distinct; ++slot) {
        nodes.push_back({});
        nodes.back().volunteer = v;
        nodes.back().capacity = 1;
        seat_slots.push_back(*slot);
      }
      nodes[v].seats_end = static_cast<std::uint32_t>(nodes.size());
    }
    JIEDUI_CHECK(nodes.size() + instance.needs() < none);
  }
  std::uint32_t node_of(const Candidate& candidate) const {
    if (candidate.slot == Candidate::no_slot) return candidate.volunteer;
    const std::size_t volunteers = instance.volunteers();
    const Node& owner = nodes[candidate.volunteer];
    const auto begin = seat_slots.begin() + (owner.seats_begin - volunteers);
    const auto end = seat_slots.begin() + (owner.seats_end - volunteers);
    return static_cast<std::uint32_t>(std::lower_bound(begin, end, candidate.slot) -
                                      seat_slots.begin() + volunteers);
  }
};

}  // namespace jiedui::solver
