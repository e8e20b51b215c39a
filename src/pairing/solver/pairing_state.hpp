#pragma once

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "huge_pages.hpp"
#include "line_threads.hpp"
#include "offer_index.hpp"
#include "state_records.hpp"
#include "taken_slots.hpp"

// Private to the room: the plan as it stands, with its prices.
//
// What holds between any two searches, P being the price of a volunteer's time, Q that of a taken
// slot of his, O that of his organisation's total, u the profit of a line, W a weight, c_i what
// the volunteer's i-th pair costs, U the pairs that he has:
//   outside the plan    W ≤ Q + u   (P for a slot that is free, or where there is none)
//   inside the plan     W ≥ Q + u, and Q is no greater than for another slot of the same offer
//   a taken slot        Q ≥ P
//   U < capacity        P ≤ O + c_{U+1};      U > pinned pairs:   P ≥ O + c_U
//   total not used up   O = 0;                line not full:      u = 0
// Pinned pairs hold their place and are exempt.

namespace jiedui::solver {

template <class Weight, class Score>
class PairingState {
 public:
  using Offers = OfferList<Weight, Score>;
  using Entry = typename Offers::Entry;

  using Step = solver::Step;
  using Arrival = solver::Arrival<Weight, Score>;

  using Volunteer = VolunteerRecord<Weight, Score>;
  using Organisation = OrganisationRecord<Weight, Score>;
  using Line = LineRecord<Weight, Score>;
  using Pair = PairRecord<Weight, Score>;

  /// @param greatest no weight is greater, all scaled.
  PairingState(const Limits& given, const Weights& weights, const CandidateSource& from,
               Weight greatest, Weight scale_by = 1)
      : limits(given),
        source(from),
        beyond(4 * greatest),
        scale(scale_by),
        taken_slots_(from),
        out_of_reach_(greatest) {
    readers.push_back(std::make_unique<Reader>());
    least_bonus = static_cast<Weight>(weights.least_bonus()) * scale;
    if (!given.least.empty()) least_price_of_all = -least_bonus;
    has_load = !given.load_cost.empty() || !given.least.empty();
    has_organisations = !given.organisation.empty();
    has_lines = !given.need.empty();
    splits_offers = from.splits_offers();
    organisations.resize(given.organisation_total.size());
    for (std::size_t o = 0; o < organisations.size(); ++o)
      organisations[o].total = given.organisation_total[o];
    volunteers.reserve(given.volunteers());
    prices.reserve(given.volunteers());
    taken_slots_.reserve(given.volunteers());
    lines.reserve(given.needs());
    for (std::uint32_t v = 0; v < given.volunteers(); ++v) add_volunteer();
    for (std::uint32_t n = 0; n < given.needs(); ++n) add_line(weights);
    for (const ChosenPair& pin : given.pinned)
      this->pin(add_pair(pin.need, pin.candidate.volunteer, 0, pin.candidate.slot,
                         scaled(pin.candidate.points), 0));
    for (std::uint32_t v = 0; v < volunteers.size(); ++v)
      prices[v] = has_room(v) ? next_cost(v) : out_of_reach_;
  }

  void unpin(std::uint32_t p) {
    const std::uint32_t v = pairs[p].volunteer;
    Volunteer& volunteer = volunteers[v];
    pairs[p].pinned = false;
    // From the first pair on that may go, the price is no less than what the last pair costs.
    if (--volunteer.pinned + 1 == volunteer.used)
      prices[v] = std::max(prices[v], organisation_price(v) + last_cost(v));
  }
  bool is_out_of_reach(std::uint32_t v) const {
    return volunteers[v].pinned == volunteers[v].capacity;
  }
  /// After a change of the capacity or of pins: one of whom nothing can be had is out of reach.
  void reprice(std::uint32_t v) {
    if (is_out_of_reach(v)) prices[v] = out_of_reach_;
  }
  /// Those who come later are to cost no copy of all the others.
  void make_room() {
    const auto reserve = [](auto& all) { all.reserve(all.size() + all.size() / 8 + 4096); };
    reserve(volunteers);
    reserve(prices);
    reserve(taken_slots_);
    reserve(lines);
    reserve(pairs);
    reserve(seats);
  }
  /// The next of the limits. Nothing of him is used: his price is out of reach until he has room.
  void add_volunteer() {
    const auto v = static_cast<std::uint32_t>(volunteers.size());
    volunteers.emplace_back();
    prices.push_back(0);
    taken_slots_.add_volunteer();
    volunteers[v].capacity = limits.capacity[v];
    prices[v] = out_of_reach_;
    if (organisation_of(v) != none) organisations[organisation_of(v)].volunteers.push_back(v);
  }
  void add_line(const Weights& weights) {
    const auto n = static_cast<std::uint32_t>(lines.size());
    lines.emplace_back();
    lines[n].bonus = static_cast<Weight>(weights.bonus(limits.tier[n])) * scale;
    lines[n].demand = limits.demand[n];
    lines[n].need = limits.need_of(n);
  }
  /// A line without pairs is another from now on: its offers are read again.
  void renew_line(std::uint32_t n, Weight bonus) {
    lines[n].bonus = bonus;
    lines[n].profit = 0;
    clear_offers(n);
  }
  /// They are to be read again.
  void clear_offers(std::uint32_t n) {
    if (index)
      for (const Entry& entry : lines[n].offers.all()) index->remove(entry.volunteer, n);
    lines[n].offers.clear();
  }
  void forget_offers(std::uint32_t n, std::uint32_t v) {
    lines[n].offers.erase(v);
    if (index) index->remove(v, n);
  }
  /// From now on it is known where the offers of a volunteer have been read.
  void make_index() {
    index = std::make_unique<OfferIndex>(volunteers.size(), [&](auto&& use) {
      for (std::uint32_t n = 0; n < lines.size(); ++n)
        for (const Entry& entry : lines[n].offers.all())
          use(entry.volunteer,
              Request{n, entry.slots,
                      static_cast<std::int64_t>(unscaled(n, entry.volunteer, entry.points))});
    });
  }
  void pin(std::uint32_t p) {
    pairs[p].pinned = true;
    pairs[p].price = out_of_reach_;
    ++volunteers[pairs[p].volunteer].pinned;
    reprice(pairs[p].volunteer);
  }

  // --- fewest changes ---
  //
  // Where a plan came before, all weights are scaled, and a pair that was in it weighs one more: a
  // last level below points. Pairs of that plan that are not in this one are listed.

  Score scaled(std::int64_t points) const {
    return static_cast<Score>(points) * static_cast<Score>(scale);
  }
  static std::uint64_t key(std::uint32_t n, std::uint32_t v) {
    return (std::uint64_t{n} << 32U) | v;
  }
  Score points_of(std::uint32_t n, std::uint32_t v, std::int64_t points) const {
    const bool is_kept = !given_up.empty() && given_up.contains(key(n, v));
    return scaled(points) + (is_kept ? 1 : 0);
  }
  /// Whether the volunteer serves the line, as in the plan before.
  bool is_kept(const Line& line, std::uint32_t n, std::uint32_t v) const {
    if (scale == 1) return false;
    std::uint32_t p = line.first_pair;
    while (p != none && pairs[p].volunteer != v) p = pairs[p].next_of_line;
    return p != none && !taken_up.contains(key(n, v));
  }
  /// The plan as it stands is from now on the one before.
  void accept() {
    for (const std::uint64_t pair : given_up) set_kept(pair, false);
    for (const std::uint64_t pair : taken_up) set_kept(pair, true);
    // To clear a table costs its size, which one large change would leave behind.
    std::unordered_set<std::uint64_t>().swap(given_up);
    std::unordered_set<std::uint64_t>().swap(taken_up);
    std::unordered_map<std::uint64_t, std::uint32_t>().swap(slot_before);
  }

  std::uint32_t organisation_of(std::uint32_t v) const {
    return has_organisations ? limits.organisation[v] : none;
  }
  /// What the volunteer's i-th pair costs, less what it brings towards the least pairs asked for.
  Weight cost(std::uint32_t v, std::int32_t i) const {
    if (!has_load) return 0;
    Weight cost = static_cast<Weight>(limits.cost_of(v, i)) * scale;
    if (!limits.least.empty() && i <= limits.least[v]) cost -= least_bonus;
    return cost;
  }
  /// How many of a volunteer's pairs may cost differently from the next.
  std::int32_t varied_costs(std::uint32_t v) const {
    const auto schedule = static_cast<std::int32_t>(limits.load_cost.size());
    return std::max(schedule, limits.least.empty() ? 0 : limits.least[v]);
  }
  Weight next_cost(std::uint32_t v) const { return cost(v, volunteers[v].used + 1); }
  Weight last_cost(std::uint32_t v) const { return cost(v, volunteers[v].used); }
  bool has_room(std::uint32_t v) const { return volunteers[v].used < volunteers[v].capacity; }
  Weight organisation_price(std::uint32_t v) const {
    const std::uint32_t o = organisation_of(v);
    return o == none ? Weight{0} : organisations[o].price;
  }

  /// Above which the time of one who has room cannot be priced.
  Weight room_price(std::uint32_t v) const { return organisation_price(v) + next_cost(v); }

  Weight weight(std::uint32_t line, Score points) const { return lines[line].bonus + points; }
  Weight weight(const Pair& pair) const { return weight(pair.line, pair.points); }
  Weight price(const Pair& pair) const {
    return pair.slot == Candidate::no_slot ? prices[pair.volunteer] : pair.price;
  }
  /// What the pair is worth beyond its prices: ≥ 0 inside the plan.
  Weight margin(const Pair& pair) const {
    return weight(pair) - price(pair) - lines[pair.line].profit;
  }

  /// The volunteer's pair in the slot.
  std::uint32_t seat(std::uint32_t v, std::uint32_t slot) const {
    std::uint32_t p = volunteers[v].first_pair;
    while (p != none && pairs[p].slot != slot) p = pairs[p].next_of_volunteer;
    return p;
  }
  /// The first free slot of the set; none if all are taken.
  std::uint32_t free_slot(std::uint32_t v, std::uint32_t slots) const {
    return free_slot(v, source.slots(slots));
  }
  std::uint32_t free_slot(std::uint32_t v, std::span<const std::uint32_t> slots) const {
    for (const std::uint32_t slot : slots)
      if (taken_slots_.is_free(v, slot) || seat(v, slot) == none) return slot;
    return none;
  }
  /// The volunteer's pair for the need.
  std::uint32_t pair_for(std::uint32_t v, std::uint32_t need) const {
    std::uint32_t p = volunteers[v].first_pair;
    while (p != none && lines[pairs[p].line].need != need) p = pairs[p].next_of_volunteer;
    return p;
  }
  /// The least price at which the offer can be had.
  Weight least_price(std::uint32_t v, std::uint32_t slots) const {
    if (slots == 0 || taken_slots_.has_free(v, slots)) return prices[v];
    Weight least = beyond;
    for (const std::uint32_t slot : source.slots(slots)) {
      const std::uint32_t p = seat(v, slot);
      if (p == none) return prices[v];
      least = std::min(least, pairs[p].price);
    }
    return least;
  }
  Weight worth(const Entry& entry) const {
    return entry.points - least_price(entry.volunteer, entry.slots);
  }

  /// What one thread needs to read offers.
  struct Reader {
    std::vector<Offer> offers;
    std::vector<std::uint64_t> known;  // volunteers and sets that a list has, in order
    std::pmr::monotonic_buffer_resource memory{std::size_t{1} << 20U, HugePages::get()};
  };

  /// Reads more offers of the line; false if there are no more. Lines may be read at once, by a
  /// reader each.
  bool read_offers(std::uint32_t n, Reader& reader) {
    Line& line = lines[n];
    Offers& list = line.offers;
    if (!list.rest.any) return false;
    const std::size_t count = list.taken == 0 ? offers_first : std::size_t{list.taken} * 4;
    list.rest = source.best(n, count, reader.offers);
    // Else what was taken is the beginning of what is handed out now.
    const bool is_mixed = has_newcomers || list.is_thinned;
    const std::size_t begin = is_mixed ? 0 : list.taken;
    list.reserve(list.all().size() + reader.offers.size() - begin, reader.memory);
    if (splits_offers) list.set_split();
    if (is_mixed) list.list_keys(reader.known);
    for (std::size_t i = begin; i < reader.offers.size(); ++i) {
      const Offer& offer = reader.offers[i];
      if (limits.capacity[offer.volunteer] == 0) continue;
      if (is_mixed && std::binary_search(reader.known.begin(), reader.known.end(),
                                         key(offer.volunteer, offer.slots)))
        continue;
      // Nobody's price is asked for yet: most offers are never looked at.
      const Score points =
          points_of(n, offer.volunteer, offer.points) + (is_kept(line, n, offer.volunteer) ? 1 : 0);
      list.append({offer.volunteer, offer.slots, points}, points - least_price_of_all);
      if (index) index->add(offer.volunteer, {n, offer.slots, offer.points});
    }
    // Those who serve the need already, by a pin, were not parked when they came.
    for (std::uint32_t p = line.first_pair; p != none; p = pairs[p].next_of_line)
      list.park(pairs[p].volunteer);
    list.taken = static_cast<std::uint32_t>(reader.offers.size());
    return true;
  }
  /// Tells the lines of a volunteer who was not among their offers.
  void admit(std::uint32_t v) {
    Reader& reader = *readers.front();
    source.requests_of(v, requests_);
    for (const Request& request : requests_) {
      Offers& list = lines[request.line].offers;
      // Behind what has been read he is found once it is read.
      if (list.rest.any && request.points < list.rest.points_max) continue;
      has_newcomers = true;
      if (list.has(v, request.slots)) continue;
      const Score points = points_of(request.line, v, request.points) +
                           (is_kept(lines[request.line], request.line, v) ? 1 : 0);
      list.reserve(list.all().size() + 1, reader.memory);
      list.append({v, request.slots, points}, points - least_price_of_all);
      if (index) index->add(v, request);
    }
  }
  bool read_offers(std::uint32_t n) { return read_offers(n, *readers.front()); }

  /// Reads the first offers of all lines on so many threads; false if stopped before the end.
  bool read_first_offers(int threads, const Control& control) {
    std::vector<Reader*> idle;
    for (int t = 0; t < threads; ++t) {
      readers.push_back(std::make_unique<Reader>());
      idle.push_back(readers.back().get());
    }
    std::mutex mutex;
    const auto borrow = [&] {
      const std::lock_guard lock(mutex);
      Reader* reader = idle.back();
      idle.pop_back();
      return reader;
    };
    const auto read = [&](std::uint32_t begin, std::uint32_t end) {
      Reader* reader = borrow();
      for (std::uint32_t n = begin; n < end; ++n) read_offers(n, *reader);
      const std::lock_guard lock(mutex);
      idle.push_back(reader);
    };
    if (!each_block(static_cast<std::uint32_t>(lines.size()), threads, control, read)) return false;
    std::size_t most = pairs.size();
    for (const Line& line : lines)
      most += std::min(static_cast<std::uint32_t>(line.demand), line.offers.taken);
    pairs.reserve(most);
    return true;
  }

  std::uint32_t add_pair(std::uint32_t n, std::uint32_t v, std::uint32_t slots, std::uint32_t slot,
                         Score points, Weight price) {
    std::uint32_t p = free_pair_;
    if (p == none) {
      p = static_cast<std::uint32_t>(pairs.size());
      pairs.emplace_back();
      seats.emplace_back();
    } else {
      free_pair_ = pairs[p].next_of_volunteer;
      pairs[p] = Pair{};
    }
    Pair& pair = pairs[p];
    pair.line = n;
    pair.volunteer = v;
    pair.slots = slots;
    pair.slot = slot;
    pair.points = points;
    pair.price = price;
    pair.next_of_volunteer = volunteers[v].first_pair;
    volunteers[v].first_pair = p;
    taken_slots_.take(v, slot);
    ++volunteers[v].used;
    if (organisation_of(v) != none) ++organisations[organisation_of(v)].used;
    pair.next_of_line = lines[n].first_pair;
    if (pair.next_of_line != none) pairs[pair.next_of_line].previous_of_line = p;
    lines[n].first_pair = p;
    ++lines[n].used;
    lines[n].offers.park(v);
    value += weight(pair);
    if (has_load) value -= last_cost(v);
    if (scale > 1 && given_up.erase(key(n, v)) == 0) taken_up.insert(key(n, v));
    return p;
  }

  /// A price of the volunteer fell: the line learns what the offer is worth now, if it has read it.
  void raise_worth(std::uint32_t v, const Request& request) {
    // The pair of a plan before weighs one more.
    const Score points = scaled(request.points) + (scale > 1 ? 1 : 0);
    lines[request.line].offers.raise_some(points - least_price(v, request.slots));
  }

  /// To another slot of the same volunteer.
  void move_pair(std::uint32_t p, std::uint32_t slots, std::uint32_t slot, Score points,
                 Weight price) {
    Pair& pair = pairs[p];
    if (scale > 1) slot_before.try_emplace(key(pair.line, pair.volunteer), pair.slot);
    value += int128{points} - pair.points;
    pair.slots = slots;
    pair.slot = slot;
    pair.points = points;
    pair.price = price;
    list_taken_slots(pair.volunteer);
  }

  void remove_pair(std::uint32_t p) {
    Pair& pair = pairs[p];
    const std::uint32_t v = pair.volunteer;
    if (scale > 1) {
      slot_before.try_emplace(key(pair.line, v), pair.slot);
      if (taken_up.erase(key(pair.line, v)) == 0) given_up.insert(key(pair.line, v));
    }
    value -= weight(pair);
    if (has_load) value += last_cost(v);
    std::uint32_t* link = &volunteers[v].first_pair;
    while (*link != p) link = &pairs[*link].next_of_volunteer;
    *link = pair.next_of_volunteer;
    list_taken_slots(v);
    --volunteers[v].used;
    if (organisation_of(v) != none) --organisations[organisation_of(v)].used;
    Line& line = lines[pair.line];
    if (pair.previous_of_line == none)
      line.first_pair = pair.next_of_line;
    else
      pairs[pair.previous_of_line].next_of_line = pair.next_of_line;
    if (pair.next_of_line != none)
      pairs[pair.next_of_line].previous_of_line = pair.previous_of_line;
    --line.used;
    line.offers.unpark(v, [&](const Entry& entry) { return worth(entry); });
    pair.next_of_volunteer = free_pair_;
    free_pair_ = p;
  }

  const Limits& limits;
  const CandidateSource& source;
  const Weight beyond;  // greater than any distance
  const Weight scale;
  Weight least_price_of_all = 0;  // no volunteer's price is ever less
  std::pmr::vector<Volunteer> volunteers{HugePages::get()};
  std::pmr::vector<Weight> prices{HugePages::get()};  // of the volunteers
  std::vector<Organisation> organisations;
  std::pmr::vector<Line> lines{HugePages::get()};
  std::pmr::vector<Pair> pairs{HugePages::get()};
  std::pmr::vector<Arrival> seats{
      HugePages::get()};       // how the search came to the seats of the pairs
  bool has_newcomers = false;  // offers were added to lines beside those that the source handed out
  std::unordered_set<std::uint64_t> given_up;  // key() of pairs of the plan before that are out
  std::unordered_set<std::uint64_t> taken_up;  // of pairs in the plan that it did not have
  std::unordered_map<std::uint64_t, std::uint32_t> slot_before;  // by key(), where it may differ
  Weight least_bonus = 0;
  bool has_load = false;
  bool has_organisations = false;
  bool has_lines = false;
  bool splits_offers = false;
  static constexpr std::size_t offers_first = 16;
  int128 value = 0;  // scaled
  std::uint32_t epoch = 0;
  std::vector<std::unique_ptr<Reader>> readers;
  std::unique_ptr<OfferIndex> index;  // null unless a day is kept

 private:
  int128 unscaled(std::uint32_t n, std::uint32_t v, Score points) const {
    const bool is_more = scale > 1 && (given_up.contains(key(n, v)) || is_kept(lines[n], n, v));
    return (int128{points} - (is_more ? 1 : 0)) / scale;
  }
  void set_kept(std::uint64_t pair, bool is_kept) {
    const auto n = static_cast<std::uint32_t>(pair >> 32U);
    const auto v = static_cast<std::uint32_t>(pair);
    const Score by = is_kept ? 1 : -1;
    lines[n].offers.add_points(v, by, [&](const Entry& entry) { return worth(entry); });
    for (std::uint32_t p = volunteers[v].first_pair; is_kept && p != none;
         p = pairs[p].next_of_volunteer)
      if (pairs[p].line == n) {
        pairs[p].points += by;
        value += by;
      }
  }

  void list_taken_slots(std::uint32_t v) {
    taken_slots_.forget(v);
    for (std::uint32_t p = volunteers[v].first_pair; p != none; p = pairs[p].next_of_volunteer)
      taken_slots_.take(v, pairs[p].slot);
  }

  TakenSlots taken_slots_;
  const Weight out_of_reach_;
  std::uint32_t free_pair_ = none;
  std::vector<Request> requests_;
};

}  // namespace jiedui::solver
