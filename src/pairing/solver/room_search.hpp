#pragma once

#include "search.hpp"

// Private to the room: finds the best use for room that has come free.
//
// The search of line_search.hpp the other way round: from the room back to whoever would gain by
// it. Room is worth its price; a line that takes it leaves room elsewhere, or had a unit unfilled.
// It ends at the nearest place where the gain ends: an unfilled unit, or room that stays idle.
// Prices fall.

namespace jiedui::solver {

template <class Weight, class Score>
class RoomSearch : private Search<Weight, Score> {
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
  explicit RoomSearch(typename Base::State& state) : Base(state) {}

  /// Whether the volunteer has room and his time is priced above what it costs.
  bool is_wanted(std::uint32_t v) const {
    return s_.has_room(v) && s_.prices[v] > s_.room_price(v);
  }
  /// Uses one place of the volunteer's, or lowers his price to what it costs. The total of his
  /// organisation may then be exceeded by one.
  void fill(std::uint32_t v) {
    best_ = {s_.prices[v] - s_.room_price(v), Kind::volunteer, v};
    run({Kind::volunteer, v});
  }

  /// Uses one place of an organisation's total, or lowers its price to nothing.
  void fill_organisation(std::uint32_t o) {
    best_ = {s_.organisations[o].price, Kind::organisation, o};
    run({Kind::organisation, o});
  }

  /// Takes a pair out of the plan and uses the room that it leaves.
  /// @param for_its_need whether another line of the need may take the pair over.
  void drop(std::uint32_t p, bool for_its_need = true) {
    begin(p);
    best_ = {s_.beyond, Kind::line, none};
    // Its line loses the pair without a gain elsewhere.
    reach(Base::place_of(p), {.step = Step::start, .distance = s_.margin(s_.pairs[p])});
    if (s_.has_lines && for_its_need) reach_siblings(p, 0);
    finish();
  }

  /// Holds a pair that was pinned against the prices: whether others gain more by its place.
  /// @returns whether it had to go.
  bool reconsider(std::uint32_t p) {
    begin(p);
    best_ = {0, Kind::line, none};  // it stays
    reach(Base::place_of(p), {.step = Step::start, .distance = s_.margin(s_.pairs[p])});
    if (s_.has_lines) reach_siblings(p, 0);
    Base::settle(best_, [&](Place place) { scan(place); });
    const bool goes = best_.index != none;
    if (!goes) removed_.clear();
    carry_out(goes);
    return goes;
  }

  /// What it costs, in the weight of the plan, that the line gives up one of its pairs. Changes
  /// nothing.
  Weight cost_of_release(std::uint32_t n) {
    best_ = {s_.beyond, Kind::line, none};
    begin(none);
    start_ = {Kind::line, n};
    Base::start_at(start_);
    scan(start_);
    Base::settle(best_, [&](Place place) { scan(place); });
    return best_.distance;
  }

  /// Makes the line give up one of its pairs, for good: the one that is missed least.
  void release(std::uint32_t n) {
    best_ = {s_.beyond, Kind::line, none};
    run({Kind::line, n});
  }

 private:
  void begin(std::uint32_t dropped) {
    Base::begin();
    start_ = {Kind::line, none};
    dropped_ = dropped;
    if (dropped != none) removed_.push_back(dropped);
  }

  void run(Place start) {
    begin(none);
    start_ = start;
    Base::start_at(start);
    scan(start);
    finish();
  }

  void finish() {
    Base::settle(best_, [&](Place place) { scan(place); });
    JIEDUI_CHECK(best_.index != none);
    carry_out(true);
  }

  void carry_out(bool is_path) {
    for (const Place place : touched_) lower_price(place);
    cheaper_.clear();
    for (const Place place : touched_) note_cheaper(place);
    if (is_path) trace_back();
    Base::apply();
    raise_worths();
  }

  void lower_price(Place place) {
    const Weight by = best_.distance - arrival_at(place).distance;
    if (by > 0) Base::add_to_price(place, -by);
  }

  void scan(Place place) {
    const Weight distance = arrival_at(place).distance;
    switch (place.kind) {
      case Kind::line:
        scan_line(place.index, distance);
        break;
      case Kind::volunteer:
        scan_volunteer(place.index, distance);
        break;
      case Kind::seat:
        scan_seat(place.index, distance);
        break;
      case Kind::organisation:
        scan_organisation(place.index, distance);
        break;
    }
  }

  void reach(Place place, const Arrival& arrival) {
    Arrival& known = arrival_at(place);
    if (arrival.distance >= best_.distance) return;
    if (Base::is_known(known, arrival.distance)) return;
    Base::arrive(place, known, arrival);
    Base::push(arrival.distance, place);
  }

  void end_at(Weight distance, Place place) {
    if (distance < best_.distance) best_ = {distance, place.kind, place.index};
  }

  /// There is room with the volunteer: his own, or that of a pair that goes.
  void scan_volunteer(std::uint32_t v, Weight distance) {
    const auto& volunteer = s_.volunteers[v];
    const bool is_own = start_ == Place{Kind::volunteer, v};
    const Weight cost = is_own ? s_.next_cost(v) : s_.last_cost(v);
    if (volunteer.arrival.step != Step::organisation) {
      const std::uint32_t o = s_.organisation_of(v);
      const Weight idle = distance + s_.prices[v] - s_.organisation_price(v) - cost;
      if (o == none || s_.organisations[o].used < s_.organisations[o].total)
        end_at(idle, {Kind::volunteer, v});
      else if (!is_own)  // its own total limits room that is his own: idle was the first end
        reach({Kind::organisation, o}, {.step = Step::volunteer, .from = v, .distance = idle});
    }
    offer_room(v, [&](const Request& request, Arrival arrival) {
      if (request.slots != 0) {
        arrival.slot = s_.free_slot(v, request.slots);
        if (arrival.slot == none) return;
      }
      arrival.step = Step::volunteer;
      arrival.from = v;
      reach_line(request, distance + s_.prices[v], arrival);
    });
    // A pair of his in a slot may move to a free one and leave its own.
    each_move(v, none, [&](std::uint32_t p, std::uint32_t slots, std::uint32_t slot, Score points) {
      const Weight gain = s_.pairs[p].points - s_.pairs[p].price - points + s_.prices[v];
      reach({Kind::seat, p}, {.step = Step::volunteer,
                              .from = v,
                              .slots = slots,
                              .slot = slot,
                              .points = points,
                              .distance = distance + gain});
    });
  }

  /// The seat is free: its pair goes.
  void scan_seat(std::uint32_t p, Weight distance) {
    const Pair& seat = s_.pairs[p];
    const std::uint32_t v = seat.volunteer;
    reach({Kind::volunteer, v},
          {.step = Step::seat, .from = p, .distance = distance + seat.price - s_.prices[v]});
    offer_room(v, [&](const Request& request, Arrival arrival) {
      if (!contains(request.slots, seat.slot)) return;
      arrival.step = Step::seat;
      arrival.from = p;
      arrival.slot = seat.slot;
      reach_line(request, distance + seat.price, arrival);
    });
    each_move(v, p, [&](std::uint32_t q, std::uint32_t slots, std::uint32_t slot, Score points) {
      const Weight gain = s_.pairs[q].points - s_.price(s_.pairs[q]) - points + seat.price;
      Arrival arrival{.step = Step::pair,
                      .from = p,
                      .slots = slots,
                      .slot = slot,
                      .points = points,
                      .distance = distance + gain};
      if (s_.pairs[q].slot == Candidate::no_slot) arrival.pair = q;
      reach(Base::place_of(q), arrival);
    });
  }

  /// Calls use(pair, slots, slot, points) for each other pair of the volunteer that could move to
  /// the seat, or, without one, for each pair in a seat that could move to a free slot.
  template <class Use>
  void each_move(std::uint32_t v, std::uint32_t seat, Use use) {
    const auto try_set = [&](std::uint32_t p, std::uint32_t slots, Score points) {
      if (slots == 0) {
        if (seat == none && s_.pairs[p].slots != 0) use(p, slots, Candidate::no_slot, points);
        return;
      }
      if (seat != none) {
        if (contains(slots, s_.pairs[seat].slot)) use(p, slots, s_.pairs[seat].slot, points);
        return;
      }
      if (s_.pairs[p].slot == Candidate::no_slot) return;
      const std::uint32_t slot = s_.free_slot(v, slots);
      if (slot != none) use(p, slots, slot, points);
    };
    for (std::uint32_t p = s_.volunteers[v].first_pair; p != none;
         p = s_.pairs[p].next_of_volunteer) {
      const Pair& pair = s_.pairs[p];
      if (pair.pinned || p == seat || p == dropped_) continue;
      if (pair.slots != 0) try_set(p, pair.slots, pair.points);
      if (!s_.splits_offers) continue;
      for (const Entry& entry : s_.lines[pair.line].offers.parked())
        if (entry.volunteer == v && entry.slots != pair.slots)
          try_set(p, entry.slots, entry.points);
    }
  }

  bool contains(std::uint32_t slots, std::uint32_t slot) const {
    const auto set = s_.source.slots(slots);
    return slots != 0 && std::find(set.begin(), set.end(), slot) != set.end();
  }

  /// Calls use(request, arrival) for each line that could take room of the volunteer.
  template <class Use>
  void offer_room(std::uint32_t v, Use use) {
    // A line that has not read the offer gains no more by it than the least price of all: idle room
    // is nearer, unless an organisation's total has a price too.
    if (s_.index && !s_.has_organisations)
      s_.index->requests_of(v, requests_);
    else
      s_.source.requests_of(v, requests_);
    for (const Request& request : requests_) {
      const Line& line = s_.lines[request.line];
      if (line.demand == 0 || s_.pair_for(v, line.need) != none) continue;
      use(request,
          Arrival{.slots = request.slots, .points = s_.points_of(request.line, v, request.points)});
    }
  }

  /// The line takes the room, at this price.
  void reach_line(const Request& request, Weight price, Arrival arrival) {
    const Line& line = s_.lines[request.line];
    arrival.distance = price + line.profit - s_.weight(request.line, arrival.points);
    reach({Kind::line, request.line}, arrival);
  }

  /// The line has one pair more, and fills a unit or gives up another.
  void scan_line(std::uint32_t n, Weight distance) {
    const Line& line = s_.lines[n];
    const bool is_start = start_ == Place{Kind::line, n};
    if (line.used < line.demand && !is_start) {
      end_at(distance + line.profit, {Kind::line, n});
      return;
    }
    for (std::uint32_t p = line.first_pair; p != none; p = s_.pairs[p].next_of_line) {
      const Pair& pair = s_.pairs[p];
      if (pair.pinned || p == dropped_) continue;
      reach(Base::place_of(p),
            {.step = Step::line, .from = n, .pair = p, .distance = distance + s_.margin(pair)});
      if (s_.has_lines) reach_siblings(p, distance);
    }
  }

  /// Another line of the need could take the pair over.
  void reach_siblings(std::uint32_t p, Weight distance) {
    const Pair& pair = s_.pairs[p];
    s_.source.requests_of(pair.volunteer, requests_);
    for (const Request& request : requests_) {
      const Line& other = s_.lines[request.line];
      if (request.line == pair.line || other.need != s_.lines[pair.line].need || other.demand == 0)
        continue;
      const Score points = s_.points_of(request.line, pair.volunteer, request.points);
      const Weight gain = s_.weight(pair) - s_.lines[pair.line].profit -
                          s_.weight(request.line, points) + other.profit;
      reach({Kind::line, request.line}, {.step = Step::pair,
                                         .from = p,
                                         .slots = request.slots,
                                         .slot = pair.slot,
                                         .points = points,
                                         .distance = distance + gain});
    }
  }

  /// The organisation's total has room.
  void scan_organisation(std::uint32_t o, Weight distance) {
    const auto& organisation = s_.organisations[o];
    if (organisation.price == 0) {
      end_at(distance, {Kind::organisation, o});
      return;
    }
    end_at(distance + organisation.price, {Kind::organisation, o});
    for (const std::uint32_t v : organisation.volunteers)
      if (start_ == Place{Kind::volunteer, v})
        end_at(distance, {Kind::organisation, o});  // the room that the search began with takes it
      else if (s_.has_room(v))
        reach({Kind::volunteer, v},
              {.step = Step::organisation,
               .from = o,
               .distance = distance + organisation.price + s_.next_cost(v) - s_.prices[v]});
  }

  /// Follows the path from where the search ended back to the room that it began with.
  void trace_back() {
    Place place{best_.kind, best_.index};
    while (place != start_) {
      const Arrival& arrival = arrival_at(place);
      switch (arrival.step) {
        case Step::start:
          return;
        case Step::volunteer:
          if (place.kind == Kind::line)
            take_room(place.index, arrival.from, arrival, s_.prices[arrival.from]);
          else if (place.kind == Kind::seat)
            moved_.push_back({place.index, arrival.slots, arrival.slot, arrival.points,
                              s_.prices[arrival.from]});
          place = {Kind::volunteer, arrival.from};
          break;
        case Step::seat:
          if (place.kind == Kind::line)
            take_room(place.index, s_.pairs[arrival.from].volunteer, arrival,
                      s_.pairs[arrival.from].price);
          place = {Kind::seat, arrival.from};
          break;
        case Step::line:
          removed_.push_back(arrival.pair);
          place = {Kind::line, arrival.from};
          break;
        case Step::pair:
          if (place.kind == Kind::line) {
            const Pair& pair = s_.pairs[arrival.from];
            take_room(place.index, pair.volunteer, arrival, s_.price(pair));
            if (arrival.from == dropped_) return;
            removed_.push_back(arrival.from);
            place = {Kind::line, pair.line};
          } else {
            moved_.push_back({place.kind == Kind::seat ? place.index : arrival.pair, arrival.slots,
                              arrival.slot, arrival.points, s_.pairs[arrival.from].price});
            place = {Kind::seat, arrival.from};
          }
          break;
        case Step::organisation:
          place = {Kind::organisation, arrival.from};
          break;
        case Step::offer:
          JIEDUI_CHECK(false);
      }
    }
  }

  void take_room(std::uint32_t n, std::uint32_t v, const Arrival& arrival, Weight price) {
    added_.push_back({n, v, arrival.slots, arrival.slot, arrival.points, price});
  }

  void note_cheaper(Place place) {
    if (place.kind != Kind::volunteer && place.kind != Kind::seat) return;
    if (arrival_at(place).distance < best_.distance) cheaper_.push_back(Base::volunteer_at(place));
  }
  /// Offers whose price fell may be worth more than their lines know.
  void raise_worths() {
    for (const std::uint32_t v : cheaper_) {
      if (s_.index)
        s_.index->requests_of(v, requests_);
      else
        s_.source.requests_of(v, requests_);
      for (const Request& request : requests_) s_.raise_worth(v, request);
    }
  }

  Place start_{};
  std::uint32_t dropped_ = none;
  End best_{};
  std::vector<std::uint32_t> cheaper_;  // volunteers one of whose prices fell
  std::vector<Request> requests_;
};

}  // namespace jiedui::solver
