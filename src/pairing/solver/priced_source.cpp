#include "priced_source.hpp"

#include <limits>
#include <tuple>

namespace jiedui::solver {

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

}  // namespace

OffersBefore::OffersBefore(const CandidateSource& source, const CrossTable& table) {
  if (table.limits().kept_least() == 0) return;
  std::vector<Offer> all;
  for (const LinePair& pair : table.limits().before) {
    if (of_line_.contains(pair.line)) continue;
    source.best(pair.line, std::numeric_limits<std::size_t>::max(), all);
    std::erase_if(all, [&](const Offer& o) { return !table.was_before(pair.line, o.volunteer); });
    of_line_.emplace(pair.line, all);
  }
}

PricedSource::PricedSource(const CandidateSource& base, const CrossTable& table,
                           const OffersBefore& before, CrossPrices prices, std::size_t volunteers,
                           std::int64_t too_much)
    : base_(base),
      table_(table),
      before_(before),
      prices_(std::move(prices)),
      too_much_(too_much),
      has_runs_(table.limits().slots != 0) {
  if (!has_runs_) return;
  is_mixed_.assign(volunteers, 0);
  for (const auto& [place, price] : prices_.slots) is_mixed_[place.first] = 1;
  for (const auto& [volunteer, runs] : table.pinned_runs()) is_mixed_[volunteer] = 1;
}

void PricedSource::restrict_to(SlotBlocks blocks) {
  blocks_ = std::move(blocks);
  for (const auto& [volunteer, runs] : blocks_) is_mixed_[volunteer] = 1;
}

std::int64_t PricedSource::slot_price(const Candidate& candidate) const {
  std::int64_t sum = 0;
  if (!has_runs_ || is_mixed_[candidate.volunteer] == 0) return sum;
  const SlotRun run = table_.run(candidate.slot);
  for (auto at = prices_.slots.lower_bound({candidate.volunteer, run.first});
       at != prices_.slots.end() && at->first < std::pair(candidate.volunteer, run.end); ++at)
    sum = std::min(sum + at->second, too_much_);
  return sum;
}

std::uint32_t PricedSource::seat_of(std::uint32_t volunteer, SlotRun run) const {
  const auto pinned = table_.pinned_runs().find(volunteer);
  if (pinned != table_.pinned_runs().end() &&
      std::any_of(pinned->second.begin(), pinned->second.end(),
                  [&](SlotRun pin) { return pin.overlaps(run); }))
    return no_seat;
  const auto blocks = blocks_.find(volunteer);
  if (blocks == blocks_.end()) return run.first;
  for (const SlotRun block : blocks->second) {
    if (block.holds(run)) return block.first;
    if (block.overlaps(run)) return no_seat;
  }
  return run.end - run.first == 1 ? run.first : no_seat;
}

std::uint32_t PricedSource::seat_of(const Candidate& candidate) const {
  if (!has_runs_ || candidate.slot == Candidate::no_slot) return candidate.slot;
  const SlotRun run = table_.run(candidate.slot);
  const auto blocks = blocks_.find(candidate.volunteer);
  if (blocks != blocks_.end())
    for (const SlotRun block : blocks->second)
      if (block.holds(run)) return block.first;
  return run.first;
}

Candidate PricedSource::candidate_of(const ChosenPair& pair) const {
  Candidate candidate = pair.candidate;
  const auto found = slot_of_.find({pair.need, candidate.volunteer, candidate.slot});
  if (found != slot_of_.end()) candidate.slot = found->second;
  candidate.points += price(pair.need, candidate);
  return candidate;
}

bool PricedSource::is_mixed(const Offer& offer) const {
  if (!has_runs_ || offer.slots == 0) return false;
  return is_mixed_[offer.volunteer] != 0 || base_.splits_offers() ||
         base_.slots(offer.slots).back() >= table_.limits().slots;
}

void PricedSource::add_ways(const Offer& offer, std::vector<Way>& ways) const {
  for (const std::uint32_t slot : base_.slots(offer.slots)) {
    const std::uint32_t seat = seat_of(offer.volunteer, table_.run(slot));
    const std::int64_t price = slot_price({.volunteer = offer.volunteer, .slot = slot});
    if (seat != no_seat && price < too_much_)
      ways.push_back({offer.volunteer, seat, slot, offer.points - price});
  }
}

void PricedSource::add_offers(std::uint32_t line, std::int64_t above, std::vector<Way>& ways,
                              std::vector<Offer>& out) const {
  if (ways.empty()) return;
  const auto by_seat = [](const Way& way) { return std::pair(way.volunteer, way.seat); };
  std::sort(ways.begin(), ways.end(), [&](const Way& a, const Way& b) {
    return std::tuple(by_seat(a), -a.points, a.slot) < std::tuple(by_seat(b), -b.points, b.slot);
  });
  ways.erase(std::unique(ways.begin(), ways.end(),
                         [&](const Way& a, const Way& b) { return by_seat(a) == by_seat(b); }),
             ways.end());
  // What is not in its place yet may still be replaced by a better way to its seat.
  std::erase_if(ways, [&](const Way& way) { return way.points <= above; });
  {
    const std::lock_guard lock(mutex_);
    for (const Way& way : ways)
      if (way.slot != way.seat) slot_of_[{line, way.volunteer, way.seat}] = way.slot;
  }
  std::sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) {
    return std::tuple(a.volunteer, -a.points, a.seat) < std::tuple(b.volunteer, -b.points, b.seat);
  });
  std::vector<std::uint32_t> seats;
  for (std::size_t i = 0; i < ways.size();) {
    const Way& head = ways[i];
    seats.clear();
    for (; i < ways.size() && ways[i].volunteer == head.volunteer && ways[i].points == head.points;
         ++i)
      seats.push_back(ways[i].seat);
    out.push_back({head.volunteer, 2 * sets_.number(seats) + 1, head.points});
  }
}

bool PricedSource::is_touched(std::uint32_t line) const {
  if (has_runs_ || (prices_.kept != 0 && !before_.of(line).empty())) return true;
  const auto lending = table_.lending_of(line);
  return std::any_of(lending.begin(), lending.end(),
                     [&](std::uint32_t k) { return is_restricted_ || prices_.lending[k] != 0; });
}

Rest PricedSource::best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const {
  if (!is_touched(line)) return base_.best(line, count, out);
  std::vector<Offer> read;
  std::vector<Way> ways;
  for (std::size_t asked = count;; asked *= 4) {
    const Rest rest = base_.best(line, asked, read);
    out.clear();
    ways.clear();
    const auto take = [&](Offer offer) {
      if (is_withheld(line, offer.volunteer)) return;
      offer.points -= price(line, offer.volunteer);
      if (is_mixed(offer)) return add_ways(offer, ways);
      if (has_runs_) offer.slots *= 2;
      out.push_back(offer);
    };
    for (const Offer& offer : read)
      if (prices_.kept == 0 || !table_.was_before(line, offer.volunteer)) take(offer);
    if (prices_.kept != 0)
      for (const Offer& offer : before_.of(line)) take(offer);
    add_offers(line, rest.any ? rest.points_max : lowest, ways, out);
    std::sort(out.begin(), out.end(), [&](const Offer& a, const Offer& b) {
      if (a.points != b.points) return a.points > b.points;
      return a.volunteer != b.volunteer ? a.volunteer < b.volunteer
                                        : slots(a.slots)[0] < slots(b.slots)[0];
    });
    if (!rest.any) return rest;
    // Prices lower what has not been read: only offers above it are in their place.
    const auto placed = std::partition_point(
        out.begin(), out.end(), [&](const Offer& o) { return o.points > rest.points_max; });
    const auto found = static_cast<std::size_t>(placed - out.begin());
    if (found < count) continue;
    out.erase(placed, out.end());
    return rest;
  }
}

void PricedSource::requests_of(std::uint32_t volunteer, std::vector<Request>& out) const {
  std::vector<Request> read;
  base_.requests_of(volunteer, read);
  out.clear();
  std::vector<Way> ways;
  std::vector<Offer> offers;
  for (std::size_t i = 0; i < read.size();) {
    const std::uint32_t line = read[i].line;
    ways.clear();
    offers.clear();
    for (; i < read.size() && read[i].line == line; ++i) {
      if (is_withheld(line, volunteer)) continue;
      Offer offer{volunteer, read[i].slots, read[i].points - price(line, volunteer)};
      if (is_mixed(offer)) {
        add_ways(offer, ways);
        continue;
      }
      if (has_runs_) offer.slots *= 2;
      offers.push_back(offer);
    }
    add_offers(line, lowest, ways, offers);
    for (const Offer& offer : offers) out.push_back({line, offer.slots, offer.points});
  }
}

CandidateSource::Range PricedSource::points_range() const {
  Range range = base_.points_range();
  std::int64_t most = 0;
  for (const std::int64_t price : prices_.lending) most = std::max(most, price);
  range.least -= most;
  range.most += prices_.kept;
  std::int64_t of_slots = 0;
  std::int64_t of_volunteer = 0;
  std::uint32_t last = 0;
  for (const auto& [place, price] : prices_.slots) {
    of_volunteer = std::min((place.first == last ? of_volunteer : 0) + price, too_much_);
    last = place.first;
    of_slots = std::max(of_slots, of_volunteer);
  }
  range.least -= of_slots;
  return range;
}

}  // namespace jiedui::solver
