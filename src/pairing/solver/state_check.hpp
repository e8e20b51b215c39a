#pragma once

#include <algorithm>

#include "pairing_state.hpp"

// Private to the room: whether prices that were not found here prove a plan. They may be any
// numbers up to the greatest weight, so that differences are taken in 128 bits.

namespace jiedui::solver {

template <class Weight, class Score>
class StateCheck {
  using State = PairingState<Weight, Score>;
  using Pair = typename State::Pair;

 public:
  explicit StateCheck(const State& state) : s_(state) {}

  /// All conditions of pairing_state.hpp but that of offers outside the plan.
  bool holds_inside() const {
    for (std::uint32_t v = 0; v < s_.volunteers.size(); ++v)
      if (!volunteer_holds(v)) return false;
    for (const auto& organisation : s_.organisations)
      if (organisation.price < 0 ||
          (organisation.used < organisation.total && organisation.price != 0))
        return false;
    for (const auto& line : s_.lines) {
      if (line.profit < 0 || (line.used < line.demand && line.profit != 0)) return false;
      for (std::uint32_t p = line.first_pair; p != none; p = s_.pairs[p].next_of_line)
        if (!s_.pairs[p].pinned && !pair_holds(s_.pairs[p])) return false;
    }
    return true;
  }

 private:
  bool volunteer_holds(std::uint32_t v) const {
    if (s_.is_out_of_reach(v)) return true;
    const auto& volunteer = s_.volunteers[v];
    const int128 own = int128{s_.prices[v]} - s_.organisation_price(v);
    return s_.prices[v] >= s_.least_price_of_all && (!s_.has_room(v) || own <= s_.next_cost(v)) &&
           (volunteer.used == volunteer.pinned || own >= s_.last_cost(v));
  }

  int128 worth(const Pair& pair, Score points) const {
    return int128{s_.lines[pair.line].bonus} + points;
  }

  bool pair_holds(const Pair& pair) const {
    const int128 price = s_.price(pair);
    if (price < s_.prices[pair.volunteer] ||
        worth(pair, pair.points) < price + s_.lines[pair.line].profit)
      return false;
    if (!is_best(pair, pair.slots, pair.points)) return false;
    if (!s_.splits_offers) return true;
    const auto offers = s_.lines[pair.line].offers.parked();
    return std::all_of(offers.begin(), offers.end(), [&](const auto& offer) {
      return offer.volunteer != pair.volunteer || is_best(pair, offer.slots, offer.points);
    });
  }

  /// Whether the pair would be worth no more in another slot of the set.
  bool is_best(const Pair& pair, std::uint32_t slots, Score points) const {
    const int128 gain = int128{pair.points} - s_.price(pair);
    const auto all = s_.source.slots(slots);
    return std::all_of(all.begin(), all.end(), [&](std::uint32_t slot) {
      const std::uint32_t other = slot == Candidate::no_slot ? none : s_.seat(pair.volunteer, slot);
      const int128 price = other == none ? s_.prices[pair.volunteer] : s_.pairs[other].price;
      return slot == pair.slot || int128{points} - price <= gain;
    });
  }

  const State& s_;
};

template <class Weight, class Score>
bool holds_inside(const PairingState<Weight, Score>& state) {
  return StateCheck<Weight, Score>(state).holds_inside();
}

/// Whether the pins leave the line room for other pairs.
template <class Weight, class Score>
bool has_open_room(const PairingState<Weight, Score>& state, std::uint32_t n) {
  std::int32_t pinned = 0;
  for (std::uint32_t p = state.lines[n].first_pair; p != none; p = state.pairs[p].next_of_line)
    pinned += state.pairs[p].pinned ? 1 : 0;
  return pinned < state.lines[n].demand;
}

}  // namespace jiedui::solver
