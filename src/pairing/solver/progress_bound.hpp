#pragma once

#include <utility>

#include "pairing_state.hpp"

// Private to the room: what no plan exceeds while lines are sent one after the other.

namespace jiedui::solver {

/// The prices as they stand prove the plan best for the lines that were sent. Beside them, the
/// weight of its best candidate, less the least price that anybody has, is a profit that is high
/// enough for every other line: together a dual solution of the whole problem. Sending a line adds
/// to the value no more than it takes from the rest, so that the bound never rises.
template <class Weight, class Score>
class ProgressBound {
  using State = PairingState<Weight, Score>;

 public:
  /// Nothing has been sent. O(offers read).
  explicit ProgressBound(const State& state) : s_(state) {
    for (std::uint32_t n = 0; n < s_.lines.size(); ++n) rest_.push_back(most(n));
    for (const int128 line : rest_) sum_ += line;
  }
  void set_sent(std::uint32_t line) { sum_ -= std::exchange(rest_[line], 0); }

  /// Without the last level, which no plan has less of than none.
  int128 operator()() const {
    const int128 scaled = s_.value + sum_;
    const int128 whole = scaled / s_.scale;
    return whole * s_.scale > scaled ? whole - 1 : whole;
  }

 private:
  /// What the line can add at most.
  int128 most(std::uint32_t n) const {
    const auto& line = s_.lines[n];
    const auto offers = line.offers.all();
    const bool has_more = line.offers.rest.any;
    if (offers.empty() && !has_more) return 0;
    int128 points = has_more ? int128{line.offers.rest.points_max} * s_.scale + 1
                             : int128{offers.front().points};
    for (const auto& offer : offers) points = std::max<int128>(points, offer.points);
    const int128 unit = line.bonus + points - s_.least_price_of_all;
    return std::max<int128>(unit, 0) * (line.demand - line.used);
  }

  const State& s_;
  std::vector<int128> rest_;  // of each line
  int128 sum_ = 0;
};

}  // namespace jiedui::solver
