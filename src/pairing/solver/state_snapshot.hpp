#pragma once

#include <algorithm>

#include "pairing_state.hpp"

// Private to the room: a plan with its prices as plain numbers, from which it goes on.

namespace jiedui::solver {

/// Weights and prices are scaled, as in the state. The pins stand in the limits.
struct StateSnapshot {
  struct Pair {
    ChosenPair pair;
    int128 price = 0;  ///< of the seat
  };
  std::vector<Pair> pairs;  ///< those that are not pinned
  std::vector<int128> price, profit, organisation_price;
  /// A pair of the plan before, in its slot.
  struct Seat {
    LinePair pair;
    std::uint32_t slot = Candidate::no_slot;
  };
  std::vector<Seat> before;  ///< by line, then volunteer
};

template <class Weight, class Score>
StateSnapshot snapshot_of(const PairingState<Weight, Score>& state) {
  const auto pair_of = [](std::uint64_t key) {
    return LinePair{static_cast<std::uint32_t>(key >> 32U), static_cast<std::uint32_t>(key)};
  };
  StateSnapshot snapshot;
  snapshot.price.assign(state.prices.begin(), state.prices.end());
  for (const auto& organisation : state.organisations)
    snapshot.organisation_price.push_back(organisation.price);
  const auto keep = [&](std::uint64_t key, std::uint32_t slot) {
    const auto known = state.slot_before.find(key);
    snapshot.before.push_back(
        {pair_of(key), known == state.slot_before.end() ? slot : known->second});
  };
  for (const std::uint64_t key : state.given_up) keep(key, Candidate::no_slot);
  for (std::uint32_t n = 0; n < state.lines.size(); ++n) {
    snapshot.profit.push_back(state.lines[n].profit);
    for (std::uint32_t p = state.lines[n].first_pair; p != none; p = state.pairs[p].next_of_line) {
      const auto& pair = state.pairs[p];
      const std::uint64_t key = state.key(n, pair.volunteer);
      const bool is_kept = !state.taken_up.contains(key);
      if (is_kept) keep(key, pair.slot);
      if (pair.pinned) continue;
      const int128 points = (int128{pair.points} - (is_kept ? 1 : 0)) / state.scale;
      snapshot.pairs.push_back(
          {{n, {pair.volunteer, pair.slot, static_cast<std::int64_t>(points)}}, pair.price});
    }
  }
  std::sort(snapshot.before.begin(), snapshot.before.end(),
            [](const auto& a, const auto& b) { return a.pair < b.pair; });
  return snapshot;
}

/// Puts the plan into a state as it is made from the limits, and reads the first offers.
template <class Weight, class Score>
void put_back(PairingState<Weight, Score>& state, const StateSnapshot& snapshot, int threads) {
  for (const auto& [pair, slot] : snapshot.before) {
    const std::uint64_t key = state.key(pair.line, pair.volunteer);
    if (state.taken_up.erase(key) == 0) {
      state.given_up.insert(key);
      continue;
    }
    // A pin that the plan before had too.
    std::uint32_t p = state.lines[pair.line].first_pair;
    while (state.pairs[p].volunteer != pair.volunteer) p = state.pairs[p].next_of_line;
    state.pairs[p].points += 1;
    state.value += 1;
  }
  state.read_first_offers(threads, {});
  std::vector<Request> requests;
  for (const auto& held : snapshot.pairs) {
    const ChosenPair& pair = held.pair;
    const std::uint32_t v = pair.candidate.volunteer;
    const std::uint32_t slot = pair.candidate.slot;
    const std::int64_t points = pair.candidate.points;
    std::uint32_t set = 0;
    if (slot != Candidate::no_slot) {
      const auto has_slot = [&](std::uint32_t slots) {
        const auto all = state.source.slots(slots);
        return std::find(all.begin(), all.end(), slot) != all.end();
      };
      // Most pairs are among the offers that have been read.
      const auto read = state.lines[pair.need].offers.all();
      const Score worth = state.points_of(pair.need, v, points);
      const auto offer = std::find_if(read.begin(), read.end(), [&](const auto& entry) {
        return entry.volunteer == v && entry.points == worth && has_slot(entry.slots);
      });
      if (offer != read.end()) {
        set = offer->slots;
      } else {
        state.source.requests_of(v, requests);
        const auto request =
            std::find_if(requests.begin(), requests.end(), [&](const Request& one) {
              return one.line == pair.need && one.points == points && has_slot(one.slots);
            });
        JIEDUI_CHECK(request != requests.end());
        set = request->slots;
      }
    }
    state.add_pair(pair.need, v, set, slot, state.points_of(pair.need, v, points),
                   static_cast<Weight>(held.price));
  }
  for (std::size_t v = 0; v < snapshot.price.size(); ++v)
    state.prices[v] = static_cast<Weight>(snapshot.price[v]);
  for (std::size_t n = 0; n < snapshot.profit.size(); ++n)
    state.lines[n].profit = static_cast<Weight>(snapshot.profit[n]);
  for (std::size_t o = 0; o < snapshot.organisation_price.size(); ++o)
    state.organisations[o].price = static_cast<Weight>(snapshot.organisation_price[o]);
  for (std::uint32_t v = 0; v < state.volunteers.size(); ++v) state.reprice(v);
  state.slot_before.clear();
  for (const auto& [pair, slot] : snapshot.before) {
    std::uint32_t p = state.lines[pair.line].first_pair;
    while (p != none && state.pairs[p].volunteer != pair.volunteer) p = state.pairs[p].next_of_line;
    if (p == none || state.pairs[p].slot != slot)
      state.slot_before.emplace(state.key(pair.line, pair.volunteer), slot);
  }
}

}  // namespace jiedui::solver
