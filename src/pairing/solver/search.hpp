#pragma once

#include "pairing_state.hpp"

// Private to the room: what the searches for shortest paths have in common.

namespace jiedui::solver {

template <class Weight, class Score>
class Search {
 public:
  using State = PairingState<Weight, Score>;

 protected:
  using Step = typename State::Step;
  using Arrival = typename State::Arrival;
  using Pair = typename State::Pair;
  using Line = typename State::Line;
  using Entry = typename State::Entry;

  enum class Kind : std::uint8_t { line, volunteer, seat, organisation };
  struct Place {
    Kind kind;
    std::uint32_t index;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  /// Where the search would end, as far as is known.
  struct End {
    Weight distance;
    Kind kind;
    std::uint32_t index;
  };

  struct Move {
    std::uint32_t pair, slots, slot;
    Score points;
    Weight price;
  };
  struct Addition {
    std::uint32_t line, volunteer, slots, slot;
    Score points;
    Weight price;
  };

  explicit Search(State& state) : s_(state) {}

  void begin() {
    ++s_.epoch;
    heap_.clear();
    touched_.clear();
    removed_.clear();
    moved_.clear();
    added_.clear();
  }

  /// @param distance of the place, or of what is nearest behind it.
  void push(Weight distance, Place place) {
    heap_.push_back({distance, place});
    std::push_heap(heap_.begin(), heap_.end());
  }

  /// Notes how the search came to a place. Those that turn out to be nearer than its end change
  /// their price.
  void arrive(Place place, Arrival& known, const Arrival& arrival) {
    if (known.epoch != s_.epoch) touched_.push_back(place);
    known = arrival;
    known.epoch = s_.epoch;
  }
  void arrive(Place place, Arrival& known, Step step, std::uint32_t from, Weight distance) {
    if (known.epoch != s_.epoch) touched_.push_back(place);
    known.step = step;
    known.settled = false;
    known.epoch = s_.epoch;
    known.from = from;
    known.distance = distance;
  }
  void start_at(Place place) {
    arrive(place, arrival_at(place), {.step = Step::start, .settled = true});
  }
  bool is_known(const Arrival& arrival, Weight distance) const {
    return arrival.epoch == s_.epoch && arrival.distance <= distance;
  }

  /// Settles the places nearer than `best` in the order of their distance.
  template <class Scan>
  void settle(const End& best, Scan scan) {
    while (!heap_.empty() && heap_.front().distance < best.distance) {
      const Label label = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
      Arrival& arrival = arrival_at(label.place);
      if (arrival.settled) continue;
      arrival.settled = true;
      scan(label.place);
    }
  }

  Arrival& arrival_at(Place place) {
    switch (place.kind) {
      case Kind::line:
        return s_.lines[place.index].arrival;
      case Kind::volunteer:
        return s_.volunteers[place.index].arrival;
      case Kind::seat:
        return s_.seats[place.index];
      case Kind::organisation:
        return s_.organisations[place.index].arrival;
    }
    return s_.lines[place.index].arrival;
  }

  /// Adds to the price of a place; profits move the other way.
  void add_to_price(Place place, Weight by) {
    switch (place.kind) {
      case Kind::line:
        s_.lines[place.index].profit -= by;
        break;
      case Kind::volunteer:
        s_.prices[place.index] += by;
        break;
      case Kind::seat:
        s_.pairs[place.index].price += by;
        break;
      case Kind::organisation:
        s_.organisations[place.index].price += by;
        break;
    }
  }

  /// The price at a place that holds pairs, for the pair that comes there.
  Weight price_at(Place place) const {
    return place.kind == Kind::seat ? s_.pairs[place.index].price : s_.prices[place.index];
  }
  std::uint32_t volunteer_at(Place place) const {
    return place.kind == Kind::seat ? s_.pairs[place.index].volunteer : place.index;
  }
  /// Where a pair is held.
  Place place_of(std::uint32_t p) const {
    return s_.pairs[p].slot == Candidate::no_slot ? Place{Kind::volunteer, s_.pairs[p].volunteer}
                                                  : Place{Kind::seat, p};
  }

  /// Makes the changes that the path consists of.
  void apply() {
    for (const std::uint32_t p : removed_) s_.remove_pair(p);
    for (const Move& move : moved_)
      s_.move_pair(move.pair, move.slots, move.slot, move.points, move.price);
    for (const Addition& add : added_)
      s_.add_pair(add.line, add.volunteer, add.slots, add.slot, add.points, add.price);
  }

  State& s_;
  std::vector<Place> touched_;
  std::vector<std::uint32_t> removed_;
  std::vector<Move> moved_;
  std::vector<Addition> added_;

 private:
  struct Label {
    Weight distance;
    Place place;
    friend bool operator<(const Label& a, const Label& b) {  // the nearest comes out of a heap
      return a.distance != b.distance ? a.distance > b.distance : a.place > b.place;
    }
  };
  std::vector<Label> heap_;
};

}  // namespace jiedui::solver
