#pragma once

#include "line_search.hpp"
#include "room_search.hpp"

// Private to the room: keeps a plan optimal while its limits change.
//
// Each function leaves a plan that is optimal under the limits as they are then, with the prices
// that prove it. The order of the searches is the order of the calls.

namespace jiedui::solver {

template <class Weight, class Score>
class Repair {
 public:
  using State = PairingState<Weight, Score>;

  explicit Repair(State& state) : lines_(state), rooms_(state), s_(state) {}

  /// Sends what is unfilled of a line, whose profit may be too low: a line that is new, asks for
  /// more, or lost a pair. False if stopped on the way.
  bool fill_line(std::uint32_t n, const std::stop_token& stop = {}) {
    auto& line = s_.lines[n];
    if (line.demand == 0) return !stop.stop_requested();  // it has no open candidate
    lines_.raise_profit(n);
    // A unit that stays unfilled brings the profit to 0, and with it every further unit.
    while (line.used < line.demand && line.profit > 0) {
      if (stop.stop_requested()) return false;
      lines_.send(n);
    }
    return !stop.stop_requested();
  }

  void raise_profit(std::uint32_t n) { lines_.raise_profit(n); }

  /// Uses what room the volunteer has: one who is new, can take more, or lost a pair.
  void fill_volunteer(std::uint32_t v) {
    while (rooms_.is_wanted(v)) {
      rooms_.fill(v);
      const std::uint32_t o = s_.organisation_of(v);
      if (o != none && s_.organisations[o].used > s_.organisations[o].total)
        lines_.evict({o, true});
    }
  }

  /// A pair that was pinned goes its way again.
  void unpin(std::uint32_t p) {
    const std::uint32_t n = s_.pairs[p].line;
    s_.unpin(p);
    if (rooms_.reconsider(p)) fill_line(n);
  }

  /// Takes a pair out of the plan that is no candidate any more.
  void forbid(std::uint32_t p) {
    const std::uint32_t n = s_.pairs[p].line;
    const std::uint32_t v = s_.pairs[p].volunteer;
    rooms_.drop(p);
    s_.forget_offers(n, v);
    fill_line(n);
  }

  /// The line asks for one less: it gives up the pair that is missed least, if it was full.
  void lower_demand(std::uint32_t n) {
    if (s_.lines[n].used == s_.lines[n].demand) rooms_.release(n);
    --s_.lines[n].demand;
    fill_line(n);
  }
  void raise_demand(std::uint32_t n) {
    ++s_.lines[n].demand;
    fill_line(n);
  }
  /// The volunteer takes one pair less.
  void lower_capacity(std::uint32_t v) {
    auto& volunteer = s_.volunteers[v];
    if (volunteer.used == volunteer.capacity) lines_.evict({v, false});
    --volunteer.capacity;
    s_.reprice(v);
    fill_organisation(s_.organisation_of(v));
  }
  void raise_capacity(std::uint32_t v) {
    ++s_.volunteers[v].capacity;
    fill_volunteer(v);
  }

  /// Takes a pair that was pinned out of the plan; its volunteer has none but pinned ones, and no
  /// room beside them.
  void take_back(std::uint32_t p) {
    const std::uint32_t n = s_.pairs[p].line;
    const std::uint32_t v = s_.pairs[p].volunteer;
    s_.unpin(p);
    s_.remove_pair(p);
    --s_.volunteers[v].capacity;
    s_.reprice(v);
    fill_organisation(s_.organisation_of(v));
    fill_line(n);
  }

  /// Whether pins leave room for one pair more of the volunteer for the line.
  bool can_hold_one_more(std::uint32_t n, std::uint32_t v) const {
    const auto is_pinned = [&](std::uint32_t p) { return s_.pairs[p].pinned; };
    std::int32_t pinned = 0;
    for (std::uint32_t p = s_.lines[n].first_pair; p != none; p = s_.pairs[p].next_of_line)
      pinned += is_pinned(p) ? 1 : 0;
    if (pinned >= s_.lines[n].demand || s_.is_out_of_reach(v)) return false;
    const std::uint32_t own = s_.pair_for(v, s_.lines[n].need);
    if (own != none && is_pinned(own)) return false;
    const std::uint32_t o = s_.organisation_of(v);
    if (o == none) return true;
    std::int64_t held = 0;
    for (const std::uint32_t member : s_.organisations[o].volunteers)
      held += s_.volunteers[member].pinned;
    return held < s_.organisations[o].total;
  }

  /// Puts a pair into the plan and pins it: where it goes whoever is there gives way.
  /// @returns the pair.
  std::uint32_t force(std::uint32_t n, std::uint32_t v, std::uint32_t slots, std::uint32_t slot,
                      std::int64_t points) {
    if (s_.lines[n].used == s_.lines[n].demand) rooms_.release(n);
    lines_.make_room(v, slot == Candidate::no_slot ? none : s_.seat(v, slot));
    // On another line of the need he cannot stay.
    const std::uint32_t own = s_.pair_for(v, s_.lines[n].need);
    const std::uint32_t other = own == none ? none : s_.pairs[own].line;
    const std::uint32_t p =
        s_.add_pair(n, v, slots, slot, s_.points_of(n, v, points), s_.prices[v]);
    s_.pin(p);
    if (own != none) {
      rooms_.drop(own, false);
      fill_line(other);
    }
    fill_line(n);
    return p;
  }

  Weight cost_of_release(std::uint32_t n) {
    return s_.lines[n].used < s_.lines[n].demand ? Weight{0} : rooms_.cost_of_release(n);
  }
  Weight cost_of(std::uint32_t n, const Offer& offer, Weight released) {
    return lines_.cost_of(
        n, {offer.volunteer, offer.slots, s_.points_of(n, offer.volunteer, offer.points)},
        released);
  }

  typename LineSearch<Weight, Score>::Counts& counts() { return lines_.counts; }

 private:
  void fill_organisation(std::uint32_t o) {
    if (o == none) return;
    const auto& organisation = s_.organisations[o];
    while (organisation.used < organisation.total && organisation.price > 0)
      rooms_.fill_organisation(o);
  }

  LineSearch<Weight, Score> lines_;
  RoomSearch<Weight, Score> rooms_;
  State& s_;
};

}  // namespace jiedui::solver
