#pragma once

#include "search.hpp"

// Private to the room: sends one demand unit from its line.
//
// Dijkstra's search under reduced costs, which are ≥ 0 by the conditions in pairing_state.hpp. It
// ends at the nearest place that settles the unit: a volunteer with room, or a line that gives up a
// unit, maybe the one that asks.

namespace jiedui::solver {

template <class Weight, class Score>
class LineSearch : private Search<Weight, Score> {
  using Base = Search<Weight, Score>;
  using Base::added_;
  using Base::arrival_at;
  using Base::moved_;
  using Base::removed_;
  using Base::s_;
  using Base::touched_;
  using typename Base::Arrival;
  using typename Base::End;
  using typename Base::Entry;
  using typename Base::Kind;
  using typename Base::Line;
  using typename Base::Pair;
  using typename Base::Place;
  using typename Base::Step;

 public:
  static constexpr std::int32_t few_pairs = 4;

  struct Counts {
    std::int64_t relaxations = 0;
    std::int64_t scans = 0;
    std::int64_t paths = 0;
  };

  explicit LineSearch(typename Base::State& state) : Base(state) {}

  /// The least profit that no candidate outside the plan exceeds.
  void raise_profit(std::uint32_t n) {
    Line& line = s_.lines[n];
    Weight most = line.profit;
    do {
      look(
          n, [&](Weight worth) { return line.bonus + worth > most; },
          [&](const Entry& entry, Weight price) {
            most = std::max(most, margin_of(n, entry, price));
          });
    } while (unseen_margin(n) > most && s_.read_offers(n));
    line.profit = most;
  }

  /// Sends one unit; its line's profit must be up to date.
  void send(std::uint32_t line) {
    const Place start{Kind::line, line};
    best_ = {s_.lines[line].profit, Kind::line, line};
    run(start);
  }
  /// Makes one pair of a volunteer, or of an organisation's volunteers, give way for good.
  struct Holder {
    std::uint32_t index;
    bool is_organisation;
  };
  void evict(Holder from) {
    const Place start{from.is_organisation ? Kind::organisation : Kind::volunteer, from.index};
    best_ = {s_.beyond, Kind::line, none};
    run(start);
  }

  /// Makes room for one pair more with the volunteer, or in the slot of his that the pair `seat`
  /// has: whoever is there gives way, unless he has room left.
  void make_room(std::uint32_t v, std::uint32_t seat) {
    best_ = {s_.beyond, Kind::line, none};
    if (seat != none) {
      run({Kind::seat, seat});
      return;
    }
    begin({Kind::volunteer, v});
    if (reach_volunteer(v)) scan({Kind::volunteer, v});
    finish();
  }

  /// What it costs the whole plan, in its weight, that the line gets this offer: the length of the
  /// way round. Changes nothing.
  /// @param released what it costs that the line gives up one of its pairs, if it is full.
  Weight cost_of(std::uint32_t n, const Entry& entry, Weight released) {
    best_ = {s_.beyond, Kind::line, none};
    begin({Kind::line, n});
    // The line's own pairs are where the way round may close.
    target_ = n;
    closed_ = s_.beyond;
    const Weight base = s_.lines[n].profit - s_.lines[n].bonus;
    take_offer(n, base, entry, s_.least_price(entry.volunteer, entry.slots));
    Base::settle(best_, [&](Place place) { scan(place); });
    target_ = none;
    return std::min(closed_, best_.distance + released);
  }

  Counts counts;

 private:
  void run(Place start) {
    begin(start);
    scan(start);
    finish();
  }

  void begin(Place start) {
    Base::begin();
    ++counts.paths;
    start_ = start;
    Base::start_at(start);
  }

  void finish() {
    Base::settle(best_, [&](Place place) { scan(place); });
    for (const Place place : touched_) raise_price(place);
    trace_back();
    Base::apply();
  }

  void scan(Place place) {
    switch (place.kind) {
      case Kind::line:
        scan_line(place.index);
        break;
      case Kind::volunteer:
        scan_volunteer(place.index);
        break;
      case Kind::seat:
        give_way(place.index, s_.seats[place.index].distance, Step::seat, place.index);
        break;
      case Kind::organisation:
        scan_organisation(place.index);
        break;
    }
  }

  void raise_price(Place place) {
    const Weight by = best_.distance - arrival_at(place).distance;
    if (by > 0) Base::add_to_price(place, by);
  }

  /// Where a step leads, unless a nearer way is known.
  void reach(Place place, const Arrival& arrival) {
    Arrival& known = arrival_at(place);
    if (!is_nearer(arrival.distance) || Base::is_known(known, arrival.distance)) return;
    Base::arrive(place, known, arrival);
    if (place.kind == Kind::volunteer)
      go_on_from(place.index);
    else
      Base::push(arrival.distance, place);
  }

  void go_on_from(std::uint32_t v) {
    if (!reach_volunteer(v)) return;
    // Whoever has few pairs is scanned at once: a place in the queue would cost more.
    if (s_.volunteers[v].used <= few_pairs)
      scan_volunteer(v);
    else
      Base::push(s_.volunteers[v].arrival.distance, {Kind::volunteer, v});
  }

  /// False if nothing behind the volunteer can be nearer than his room.
  bool reach_volunteer(std::uint32_t v) {
    const auto& volunteer = s_.volunteers[v];
    if (volunteer.used >= volunteer.capacity) return true;
    const std::uint32_t o = s_.organisation_of(v);
    if (o != none) return true;  // whether there is room shows at the organisation
    const Weight rest = s_.next_cost(v) - s_.prices[v];
    end_at({volunteer.arrival.distance + rest, Kind::volunteer, v});
    return rest > 0 && volunteer.used > 0;
  }

  /// Of the nearest ends that one scan of a line finds the least volunteer is taken, or else the
  /// least line, so that the answer does not hang on the order in which offers lie in their list.
  void end_at(const End& end) {
    const auto rank = [](const End& e) { return std::pair(e.kind == Kind::line, e.index); };
    if (!is_nearer(end.distance)) return;
    if (end.distance == best_.distance && rank(end) > rank(best_)) return;
    best_ = end;
    is_tie_open_ = is_scanning_line_;
  }

  /// Whether an end at this distance would be better, or as good where that is still open.
  bool is_nearer(Weight distance) const {
    return distance < best_.distance || (is_tie_open_ && distance == best_.distance);
  }

  /// Calls take(entry, least price) for the offers whose worth matters.
  template <class Matters, class Take>
  void look(std::uint32_t n, Matters matters, Take take) {
    s_.lines[n].offers.look(
        matters,
        [this](const Entry& entry) { return s_.least_price(entry.volunteer, entry.slots); },
        [&](const Entry& entry, Weight price) {
          ++counts.relaxations;
          take(entry, price);
        });
  }

  /// No offer that has not been read has a greater margin.
  Weight unseen_margin(std::uint32_t n) const {
    const auto& offers = s_.lines[n].offers;
    if (!offers.rest.any) return -s_.beyond;
    if (offers.taken == 0) return s_.beyond;
    // The pair of a plan before weighs one more.
    const Weight points = s_.scaled(offers.rest.points_max) + (s_.scale > 1 ? 1 : 0);
    return s_.lines[n].bonus + points - s_.least_price_of_all;
  }

  /// No offer outside the plan has a greater margin, profit aside.
  Weight outside_margin(std::uint32_t n) const {
    const Line& line = s_.lines[n];
    const Weight read = line.bonus + line.offers.bound();
    return line.offers.rest.any ? std::max(read, unseen_margin(n)) : read;
  }

  /// The margin of an offer outside the plan, profit aside.
  Weight margin_of(std::uint32_t n, const Entry& entry, Weight price) const {
    if (s_.has_lines) {
      // One who serves the need on another line is to be had for what he brings there.
      const std::uint32_t p = s_.pair_for(entry.volunteer, s_.lines[n].need);
      if (p != none) {
        if (s_.pairs[p].pinned) return -s_.beyond;
        price = s_.weight(s_.pairs[p]) - s_.lines[s_.pairs[p].line].profit;
      }
    }
    return s_.weight(n, entry.points) - price;
  }

  void scan_line(std::uint32_t n) {
    ++counts.scans;
    const Line& line = s_.lines[n];
    const Weight base = line.arrival.distance + line.profit - line.bonus;
    is_tie_open_ = false;
    is_scanning_line_ = true;
    do {
      look(
          n, [&](Weight worth) { return is_nearer(base - worth); },
          [&](const Entry& entry, Weight price) { take_offer(n, base, entry, price); });
    } while (is_nearer(base + line.bonus - unseen_margin(n)) && s_.read_offers(n));
    is_tie_open_ = false;
    is_scanning_line_ = false;
  }

  /// @param price the least at which the offer can be had.
  void take_offer(std::uint32_t n, Weight base, const Entry& entry, Weight price) {
    const std::uint32_t v = entry.volunteer;
    auto& volunteer = s_.volunteers[v];
    if (s_.has_lines) {
      const std::uint32_t p = s_.pair_for(v, s_.lines[n].need);
      if (p != none) {
        take_over(n, base, entry, p);
        return;
      }
    }
    const Weight distance = base - entry.points + price;
    if (entry.slots == 0) {
      if (Base::is_known(volunteer.arrival, distance)) return;
      Base::arrive({Kind::volunteer, v}, volunteer.arrival, Step::offer, n, distance);
      volunteer.arrival.slots = 0;
      volunteer.arrival.slot = Candidate::no_slot;
      volunteer.arrival.points = entry.points;
      go_on_from(v);
      return;
    }
    Arrival arrival{.step = Step::offer, .from = n, .slots = entry.slots, .points = entry.points};
    const auto slots = s_.source.slots(entry.slots);
    arrival.slot = volunteer.first_pair == none ? slots[0] : s_.free_slot(v, slots);
    if (arrival.slot == none) {
      for (const std::uint32_t slot : slots) {
        const std::uint32_t p = s_.seat(v, slot);
        reach_seat(p, base - entry.points + s_.pairs[p].price, arrival);
      }
      return;
    }
    arrival.distance = distance;
    reach({Kind::volunteer, v}, arrival);
  }

  /// The volunteer serves another line of the same need: this one takes the pair over.
  void take_over(std::uint32_t n, Weight base, const Entry& entry, std::uint32_t p) {
    const Pair& pair = s_.pairs[p];
    if (pair.pinned) return;
    Line& line = s_.lines[pair.line];
    if (!reach_line(p, base - entry.points + s_.weight(pair) - line.profit, Step::line, n)) return;
    line.arrival.slots = entry.slots;
    line.arrival.points = entry.points;
  }

  void reach_seat(std::uint32_t p, Weight distance, Arrival arrival) {
    if (s_.pairs[p].pinned) return;
    arrival.distance = distance;
    arrival.slot = s_.pairs[p].slot;
    reach({Kind::seat, p}, arrival);
  }

  /// The pair is given up by its line, which needs another instead, or leaves the unit unfilled.
  /// @returns whether this is the nearest way to the line as yet.
  bool reach_line(std::uint32_t p, Weight distance, Step step, std::uint32_t from) {
    const Pair& pair = s_.pairs[p];
    if (!is_nearer(distance)) return false;
    if (pair.line == target_) {
      closed_ = std::min(closed_, distance);
      return false;
    }
    Line& line = s_.lines[pair.line];
    Arrival& known = line.arrival;
    if (known.epoch == s_.epoch) {
      if (known.distance < distance) return false;
      // Of equally near pairs that of the least volunteer goes.
      if (known.distance == distance &&
          (known.settled || s_.pairs[line.lost].volunteer <= pair.volunteer))
        return false;
    }
    line.lost = p;
    Base::arrive({Kind::line, pair.line}, known, step, from, distance);
    const Weight unfilled = distance + line.profit;
    if (is_nearer(unfilled)) end_at({unfilled, Kind::line, pair.line});
    // What its best offer outside the plan costs beyond the best inside is still to come.
    const Weight next = unfilled - outside_margin(pair.line);
    if (next < best_.distance) {
      line.offers.prefetch();
      Base::push(std::max(distance, next), {Kind::line, pair.line});
    }
    return true;
  }

  void scan_volunteer(std::uint32_t v) {
    const auto& volunteer = s_.volunteers[v];
    const Weight distance = volunteer.arrival.distance;
    const std::uint32_t o = s_.organisation_of(v);
    if (o != none && s_.has_room(v)) {
      auto& organisation = s_.organisations[o];
      const Weight way = distance + organisation.price + s_.next_cost(v) - s_.prices[v];
      if (organisation.used >= organisation.total)
        reach({Kind::organisation, o}, {.step = Step::volunteer, .from = v, .distance = way});
      else
        end_at({way, Kind::volunteer, v});
    }
    for (std::uint32_t p = volunteer.first_pair; p != none; p = s_.pairs[p].next_of_volunteer) {
      const Pair& pair = s_.pairs[p];
      if (pair.pinned) continue;
      if (pair.slots == 0 && !s_.splits_offers)
        reach_line(p, distance + s_.margin(pair), Step::volunteer, v);
      else if (pair.slot == Candidate::no_slot)
        give_way(p, distance, Step::volunteer, v);
      else
        reach_seat(p, distance + pair.price - s_.prices[v], {.step = Step::volunteer, .from = v});
    }
  }

  /// The line of the pair gives it up, or the pair moves to another slot of the volunteer.
  void give_way(std::uint32_t p, Weight distance, Step step, std::uint32_t from) {
    const Pair& pair = s_.pairs[p];
    reach_line(p, distance + s_.margin(pair), step, from);
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
        arrival.distance = base + s_.prices[pair.volunteer];
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
                                   .distance = organisation.arrival.distance + s_.prices[v] -
                                               organisation.price - s_.last_cost(v)});
    }
  }

  /// Follows the path back from where the search ended.
  void trace_back() {
    Place place{best_.kind, best_.index};
    while (place != start_) {
      if (place.kind == Kind::line) removed_.push_back(s_.lines[place.index].lost);
      const Arrival& arrival = arrival_at(place);
      switch (arrival.step) {
        case Step::offer:
          added_.push_back({arrival.from, Base::volunteer_at(place), arrival.slots, arrival.slot,
                            arrival.points, Base::price_at(place)});
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
            moved_.push_back(
                {arrival.from, arrival.slots, arrival.slot, arrival.points, Base::price_at(place)});
          place = Base::place_of(arrival.from);
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
  }

  Place start_{};
  End best_{};
  std::uint32_t target_ = none;  // line of cost_of(), and the nearest way back to it
  Weight closed_ = 0;
  bool is_scanning_line_ = false;
  bool is_tie_open_ = false;  // the best end was found by the scan that is going on
};

}  // namespace jiedui::solver
