#pragma once

#include "pairing_state.hpp"

// Private to the room: from the state of the solver to a solution with its proof.

namespace jiedui::solver {

template <class Weight, class Score>
class ReadOut {
  using State = PairingState<Weight, Score>;

 public:
  explicit ReadOut(const State& state) : s_(state) {}

  void operator()(Solution& solution) const {
    solution.value = whole(s_.value);
    for (const auto& organisation : s_.organisations)
      solution.organisation_price.push_back(whole(organisation.price));
    for (std::uint32_t v = 0; v < s_.volunteers.size(); ++v) solution.price.push_back(price_of(v));
    for (std::uint32_t n = 0; n < s_.lines.size(); ++n) {
      solution.profit.push_back(whole(s_.lines[n].profit));
      for (std::uint32_t p = s_.lines[n].first_pair; p != none; p = s_.pairs[p].next_of_line) {
        const auto& pair = s_.pairs[p];
        solution.pairs.push_back({n, {pair.volunteer, pair.slot, points_of(pair)}});
        if (surplus_of(pair) > 0)
          solution.slot_price.push_back({pair.volunteer, pair.slot, surplus_of(pair)});
      }
    }
    std::sort(solution.pairs.begin(), solution.pairs.end(), [](const auto& a, const auto& b) {
      return std::pair(a.need, a.candidate.volunteer) < std::pair(b.need, b.candidate.volunteer);
    });
    std::sort(solution.slot_price.begin(), solution.slot_price.end(),
              [](const SlotPrice& a, const SlotPrice& b) {
                return std::pair(a.volunteer, a.slot) < std::pair(b.volunteer, b.slot);
              });
    solution.bound = bound();
  }

  /// Without the last level. A price is the sum of the weights along a path, so that its last level
  /// stays below half of the scale, which exceeds four times the number of pairs: rounding to the
  /// nearest leaves the levels above.
  int128 whole(int128 scaled) const {
    if (s_.scale == 1) return scaled;
    const int128 shifted = scaled + s_.scale / 2;
    return shifted >= 0 ? shifted / s_.scale : -((-shifted + s_.scale - 1) / s_.scale);
  }
  std::int64_t points_of(const typename State::Pair& pair) const {
    return static_cast<std::int64_t>(whole(pair.points));
  }

 private:
  int128 price_of(std::uint32_t v) const { return s_.is_out_of_reach(v) ? 0 : whole(s_.prices[v]); }
  int128 surplus_of(const typename State::Pair& pair) const {
    if (pair.pinned || pair.slot == Candidate::no_slot) return 0;
    return whole(pair.price) - price_of(pair.volunteer);
  }
  int128 cost(std::uint32_t v, std::int32_t i) const { return whole(s_.cost(v, i)); }

  /// The dual objective: the limits times their prices, and what the pairs of the plan are worth
  /// beyond them.
  int128 bound() const {
    int128 bound = 0;
    for (const auto& organisation : s_.organisations) {
      std::int64_t pinned = 0;
      for (const std::uint32_t v : organisation.volunteers) pinned += s_.volunteers[v].pinned;
      bound += whole(organisation.price) * (organisation.total - pinned);
    }
    for (std::uint32_t v = 0; v < s_.volunteers.size(); ++v) bound += bound_of(v);
    for (const auto& line : s_.lines) bound += whole(line.profit) * line.demand;
    for (const auto& line : s_.lines)
      for (std::uint32_t p = line.first_pair; p != none; p = s_.pairs[p].next_of_line) {
        const auto& pair = s_.pairs[p];
        const int128 beyond = whole(line.bonus) + points_of(pair) - whole(line.profit);
        if (pair.pinned) {
          bound += beyond;
          continue;
        }
        const int128 price = price_of(pair.volunteer) + surplus_of(pair);
        bound += surplus_of(pair) + std::max<int128>(0, beyond - price);
      }
    return bound;
  }

  int128 bound_of(std::uint32_t v) const {
    const auto& volunteer = s_.volunteers[v];
    const std::uint32_t o = s_.organisation_of(v);
    const int128 price = price_of(v) - (o == none ? int128{0} : whole(s_.organisations[o].price));
    int128 bound = 0;
    std::int32_t i = 1;
    for (; i <= volunteer.pinned; ++i) bound -= cost(v, i);
    // From some pair on every further one costs the same.
    const std::int32_t varied = std::min(volunteer.capacity, s_.varied_costs(v));
    for (; i <= varied; ++i) bound += std::max<int128>(0, price - cost(v, i));
    if (i <= volunteer.capacity)
      bound += std::max<int128>(0, price - cost(v, i)) * (volunteer.capacity - i + 1);
    return bound;
  }

  const State& s_;
};

template <class Weight, class Score>
void read_out(const PairingState<Weight, Score>& state, Solution& solution) {
  ReadOut<Weight, Score>{state}(solution);
}

}  // namespace jiedui::solver
