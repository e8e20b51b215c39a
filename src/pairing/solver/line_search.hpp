#pragma once

#include "pairing_state.hpp"

// Private to the room: sends one demand unit from its line.
//
// Dijkstra's search under reduced costs, which are ≥ 0 by the conditions in pairing_state.hpp. It
// ends at the nearest place that settles the unit: a volunteer with room, or a line that gives up a
// unit, maybe the one that asks.

namespace jiedui::solver {

template <class Weight, class Score>
class LineSearch {
  using State = PairingState<Weight, Score>;
  using Step = typename State::Step;
  using Arrival = typename State::Arrival;
  using Pair = typename State::Pair;
  using Line = typename State::Line;
  using Entry = typename State::Entry;

 public:
  struct Counts {
    std::int64_t relaxations = 0;
    std::int64_t scans = 0;
    std::int64_t paths = 0;
  };

  explicit LineSearch(State& state) : s_(state) {}

  /// The least profit that no candidate outside the plan exceeds.
  void raise_profit(std::uint32_t n) {
    Line& line = s_.lines[n];
    Weight most = line.profit;
    do {
      look(
          n, [&](Weight worth) { return line.bonus + worth > most; },
          [&](const Entry& entry) { most = std::max(most, margin_of(n, entry)); });
    } while (unseen_margin(n) > most && s_.read_offers(n));
    line.profit = most;
  }

  /// Sends one unit; its line's profit must be up to date.
  void send(std::uint32_t source) {
    ++s_.epoch;
    ++counts.paths;
    heap_.clear();
    settled_.clear();
    source_ = source;
    Line& line = s_.lines[source];
    line.arrival = {.step = Step::start, .settled = true, .epoch = s_.epoch};
    settled_.push_back({Kind::line, source});
    best_ = {line.profit, Kind::line, source};
    scan_line(source);
    while (!heap_.empty() && heap_.front().distance < best_.distance) {
      const Label label = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
      Arrival& arrival = arrival_at(label.place);
      if (arrival.settled || arrival.distance != label.distance) continue;
      arrival.settled = true;
      settled_.push_back(label.place);
      switch (label.place.kind) {
        case Kind::line:
          scan_line(label.place.index);
          break;
        case Kind::volunteer:
          scan_volunteer(label.place.index);
          break;
        case Kind::seat:
          give_way(label.place.index, label.distance,
                   {.step = Step::seat, .from = label.place.index});
          break;
        case Kind::organisation:
          scan_organisation(label.place.index);
          break;
      }
    }
    for (const Place place : settled_) move_price(place);
    if (best_.kind == Kind::volunteer && !s_.volunteers[best_.index].arrival.settled)
      move_price({best_.kind, best_.index});
    augment();
  }

  Counts counts;

 private:
  enum class Kind : std::uint32_t { line, volunteer, seat, organisation };
  struct Place {
    Kind kind;
    std::uint32_t index;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Label {
    Weight distance;
    Place place;
    friend bool operator<(const Label& a, const Label& b) {  // the nearest comes out of a heap
      return a.distance != b.distance ? a.distance > b.distance : a.place > b.place;
    }
  };
  struct End {
    Weight distance;
    Kind kind;
    std::uint32_t index;
  };

  Arrival& arrival_at(Place place) {
    switch (place.kind) {
      case Kind::line:
        return s_.lines[place.index].arrival;
      case Kind::volunteer:
        return s_.volunteers[place.index].arrival;
      case Kind::seat:
        return s_.pairs[place.index].arrival;
      case Kind::organisation:
        return s_.organisations[place.index].arrival;
    }
    return s_.lines[place.index].arrival;
  }

  void move_price(Place place) {
    const Weight by = best_.distance - arrival_at(place).distance;
    if (by <= 0) return;
    switch (place.kind) {
      case Kind::line:
        s_.lines[place.index].profit -= by;
        break;
      case Kind::volunteer:
        s_.volunteers[place.index].price += by;
        break;
      case Kind::seat:
        s_.pairs[place.index].price += by;
        break;
      case Kind::organisation:
        s_.organisations[place.index].price += by;
        break;
    }
  }

  /// Where a step leads, unless a nearer way is known.
  void reach(Place place, const Arrival& arrival) {
    Arrival& known = arrival_at(place);
    if (!is_nearer(arrival.distance)) return;
    if (known.epoch == s_.epoch && known.distance <= arrival.distance) return;
    known = arrival;
    known.epoch = s_.epoch;
    if (place.kind == Kind::volunteer && !reach_volunteer(place.index)) return;
    heap_.push_back({arrival.distance, place});
    std::push_heap(heap_.begin(), heap_.end());
  }

  /// False if nothing behind the volunteer can be nearer than his room.
  bool reach_volunteer(std::uint32_t v) {
    auto& volunteer = s_.volunteers[v];
    if (volunteer.used >= volunteer.capacity) return true;
    const std::uint32_t o = s_.organisation_of(v);
    if (o != none) return true;  // whether there is room shows at the organisation
    const Weight rest = s_.next_cost(v) - volunteer.price;
    const Weight distance = volunteer.arrival.distance + rest;
    if (distance < best_.distance || (is_nearer(distance) && v < best_.index)) {
      best_ = {distance, Kind::volunteer, v};
      is_tie_open_ = true;
    }
    return rest > 0 && volunteer.used > 0;
  }

  /// Whether an end at this distance would be better. Of the nearest ends that one scan of a line
  /// finds the least volunteer is taken, so that the answer does not hang on the order in which
  /// offers lie in the heap.
  bool is_nearer(Weight distance) const {
    return distance < best_.distance || (is_tie_open_ && distance == best_.distance);
  }

  /// Looks at the offers whose worth matters, and sets right what the heap knows of them. Whether a
  /// worth matters may only change from yes to no.
  template <class Matters, class Take>
  void look(std::uint32_t n, Matters matters, Take take) {
    auto& offers = s_.lines[n].offers;
    const Weight fallen = s_.lines[n].fallen;
    stack_.clear();
    sunk_.clear();
    if (!offers.empty()) stack_.push_back(0);
    while (!stack_.empty()) {
      const std::uint32_t i = stack_.back();
      stack_.pop_back();
      Entry& entry = offers[i];
      if (!matters(s_.rounded.back(entry.worth) + fallen)) continue;
      ++counts.relaxations;
      take(entry);
      const std::int32_t worth = s_.worth(n, entry);
      if (worth < entry.worth) {
        entry.worth = worth;
        sunk_.push_back(i);
      }
      if (2 * i + 2 < offers.size()) stack_.push_back(2 * i + 2);
      if (2 * i + 1 < offers.size()) stack_.push_back(2 * i + 1);
    }
    // From the bottom up: what lies below an entry must be a heap before it sinks.
    std::sort(sunk_.begin(), sunk_.end(), std::greater<>{});
    for (const std::uint32_t i : sunk_) offers.sift_down(i);
  }

  /// No offer that has not been read has a greater margin.
  Weight unseen_margin(std::uint32_t n) const {
    const auto& offers = s_.lines[n].offers;
    if (!offers.rest.any) return -s_.beyond;
    if (offers.taken == 0) return s_.beyond;
    return s_.lines[n].bonus + static_cast<Weight>(offers.rest.points_max) - s_.least_price_of_all;
  }

  /// The margin of an offer outside the plan, profit aside.
  Weight margin_of(std::uint32_t n, const Entry& entry) const {
    if (s_.has_lines) {
      // One who serves the need on another line is to be had for what he brings there.
      const std::uint32_t p = s_.pair_for(entry.volunteer, s_.lines[n].need);
      if (p != none) {
        if (s_.pairs[p].pinned) return -s_.beyond;
        const Weight price = s_.weight(s_.pairs[p]) - s_.lines[s_.pairs[p].line].profit;
        return s_.weight(n, entry.points) - price;
      }
    }
    return s_.weight(n, entry.points) - s_.least_price(entry.volunteer, entry.slots);
  }

  void scan_line(std::uint32_t n) {
    ++counts.scans;
    const Line& line = s_.lines[n];
    const Weight base = line.arrival.distance + line.profit - line.bonus;
    is_tie_open_ = false;
    do {
      look(
          n, [&](Weight worth) { return is_nearer(base - worth); },
          [&](const Entry& entry) { take_offer(n, base, entry); });
    } while (is_nearer(base + line.bonus - unseen_margin(n)) && s_.read_offers(n));
    is_tie_open_ = false;
  }

  void take_offer(std::uint32_t n, Weight base, const Entry& entry) {
    const std::uint32_t v = entry.volunteer;
    Arrival arrival{.step = Step::offer, .from = n, .slots = entry.slots, .points = entry.points};
    if (s_.has_lines) {
      const std::uint32_t p = s_.pair_for(v, s_.lines[n].need);
      if (p != none) {
        take_over(n, base, entry, p);
        return;
      }
    }
    auto& volunteer = s_.volunteers[v];
    if (entry.slots != 0) {
      arrival.slot = volunteer.first_pair == none ? s_.source.slots(entry.slots)[0]
                                                  : s_.free_slot(v, entry.slots);
      if (arrival.slot == none) {
        for (const std::uint32_t slot : s_.source.slots(entry.slots)) {
          const std::uint32_t p = s_.seat(v, slot);
          reach_seat(p, base - entry.points + s_.pairs[p].price, arrival);
        }
        return;
      }
    }
    arrival.distance = base - entry.points + volunteer.price;
    reach({Kind::volunteer, v}, arrival);
  }

  /// The volunteer serves another line of the same need: this one takes the pair over.
  void take_over(std::uint32_t n, Weight base, const Entry& entry, std::uint32_t p) {
    const Pair& pair = s_.pairs[p];
    if (pair.pinned) return;
    reach_line(p, base - entry.points + s_.weight(pair) - s_.lines[pair.line].profit,
               {.step = Step::line, .from = n, .slots = entry.slots, .points = entry.points});
  }

  void reach_seat(std::uint32_t p, Weight distance, Arrival arrival) {
    if (s_.pairs[p].pinned) return;
    arrival.distance = distance;
    arrival.slot = s_.pairs[p].slot;
    reach({Kind::seat, p}, arrival);
  }

  /// The pair is given up by its line, which needs another instead, or leaves the unit unfilled.
  void reach_line(std::uint32_t p, Weight distance, Arrival arrival) {
    const Pair& pair = s_.pairs[p];
    Line& line = s_.lines[pair.line];
    arrival.distance = distance;
    if (distance >= best_.distance ||
        (line.arrival.epoch == s_.epoch && line.arrival.distance <= distance))
      return;
    line.lost = p;
    if (distance + line.profit < best_.distance)
      best_ = {distance + line.profit, Kind::line, pair.line};
    line.arrival = arrival;
    line.arrival.epoch = s_.epoch;
    if (distance >= best_.distance) return;
    heap_.push_back({distance, {Kind::line, pair.line}});
    std::push_heap(heap_.begin(), heap_.end());
  }

  void scan_volunteer(std::uint32_t v) {
    const auto& volunteer = s_.volunteers[v];
    const Weight distance = volunteer.arrival.distance;
    const std::uint32_t o = s_.organisation_of(v);
    if (o != none && s_.has_room(v)) {
      auto& organisation = s_.organisations[o];
      const Weight way = distance + organisation.price + s_.next_cost(v) - volunteer.price;
      if (organisation.used >= organisation.total)
        reach({Kind::organisation, o}, {.step = Step::volunteer, .from = v, .distance = way});
      else if (way < best_.distance)
        best_ = {way, Kind::volunteer, v};
    }
    for (std::uint32_t p = volunteer.first_pair; p != none; p = s_.pairs[p].next_of_volunteer) {
      const Pair& pair = s_.pairs[p];
      if (pair.pinned) continue;
      if (pair.slot == Candidate::no_slot)
        give_way(p, distance, {.step = Step::volunteer, .from = v});
      else
        reach_seat(p, distance + pair.price - volunteer.price,
                   {.step = Step::volunteer, .from = v});
    }
  }

  /// The line of the pair gives it up, or the pair moves to another slot of the volunteer.
  void give_way(std::uint32_t p, Weight distance, const Arrival& arrival) {
    const Pair& pair = s_.pairs[p];
    reach_line(p, distance + s_.margin(pair), arrival);
    if (pair.slots != 0) move_pair(p, pair.slots, pair.points, distance);
    if (!s_.splits_offers) return;
    for (const Entry& entry : s_.lines[pair.line].offers.parked())
      if (entry.volunteer == pair.volunteer && entry.slots != pair.slots)
        move_pair(p, entry.slots, entry.points, distance);
  }

  /// The pair moves to another slot of the set.
  void move_pair(std::uint32_t p, std::uint32_t slots, Score points, Weight distance) {
    const Pair& pair = s_.pairs[p];
    const Weight base = distance - s_.price(pair) + pair.points - points;
    bool is_free_known = false;
    for (const std::uint32_t slot : s_.source.slots(slots)) {
      if (slot == pair.slot) continue;
      Arrival arrival{
          .step = Step::seat, .from = p, .slots = slots, .slot = slot, .points = points};
      const std::uint32_t other = slot == Candidate::no_slot ? none : s_.seat(pair.volunteer, slot);
      if (other != none) {
        reach_seat(other, base + s_.pairs[other].price, arrival);
      } else if (!is_free_known) {
        is_free_known = true;
        arrival.distance = base + s_.volunteers[pair.volunteer].price;
        reach({Kind::volunteer, pair.volunteer}, arrival);
      }
    }
  }

  void scan_organisation(std::uint32_t o) {
    const auto& organisation = s_.organisations[o];
    for (const std::uint32_t v : organisation.volunteers) {
      const auto& volunteer = s_.volunteers[v];
      if (volunteer.used == volunteer.pinned) continue;
      reach({Kind::volunteer, v}, {.step = Step::organisation,
                                   .from = o,
                                   .distance = organisation.arrival.distance + volunteer.price -
                                               organisation.price - s_.last_cost(v)});
    }
  }

  /// Carries the change back from where the search ended.
  void augment() {
    removed_.clear();
    added_.clear();
    moved_.clear();
    Place place{best_.kind, best_.index};
    while (!(place.kind == Kind::line && place.index == source_)) {
      if (place.kind == Kind::line) removed_.push_back(s_.lines[place.index].lost);
      const Arrival& arrival = arrival_at(place);
      const std::uint32_t v =
          place.kind == Kind::seat ? s_.pairs[place.index].volunteer : place.index;
      const Weight price = place.kind == Kind::seat        ? s_.pairs[place.index].price
                           : place.kind == Kind::volunteer ? s_.volunteers[v].price
                                                           : Weight{0};
      switch (arrival.step) {
        case Step::offer:
          added_.push_back({arrival.from, v, arrival.slots, arrival.slot, arrival.points, price});
          place = {Kind::line, arrival.from};
          break;
        case Step::line: {
          const Pair& lost = s_.pairs[s_.lines[place.index].lost];
          added_.push_back({arrival.from, lost.volunteer, arrival.slots, lost.slot, arrival.points,
                            s_.price(lost)});
          place = {Kind::line, arrival.from};
          break;
        }
        case Step::seat:
          if (place.kind != Kind::line)
            moved_.push_back({arrival.from, arrival.slots, arrival.slot, arrival.points, price});
          place = s_.pairs[arrival.from].slot == Candidate::no_slot
                      ? Place{Kind::volunteer, s_.pairs[arrival.from].volunteer}
                      : Place{Kind::seat, arrival.from};
          break;
        case Step::volunteer:
          place = {Kind::volunteer, arrival.from};
          break;
        case Step::organisation:
          place = {Kind::organisation, arrival.from};
          break;
        case Step::start:
        case Step::pair:
          JIEDUI_CHECK(false);
      }
    }
    apply();
  }

  void apply() {
    for (const std::uint32_t p : removed_) s_.remove_pair(p);
    for (const Move& move : moved_)
      s_.move_pair(move.pair, move.slots, move.slot, move.points, move.price);
    for (const Addition& add : added_)
      s_.add_pair(add.line, add.volunteer, add.slots, add.slot, add.points, add.price);
  }

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

  State& s_;
  std::uint32_t source_ = none;
  End best_{};
  bool is_tie_open_ = false;  // the best end was found by the scan that is going on
  std::vector<Label> heap_;
  std::vector<Place> settled_;
  std::vector<std::uint32_t> stack_, sunk_;
  std::vector<std::uint32_t> removed_;
  std::vector<Move> moved_;
  std::vector<Addition> added_;
};

}  // namespace jiedui::solver
