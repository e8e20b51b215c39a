#include "hours/held_seconds.hpp"

#include <algorithm>

#include "hours/hours_state.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui::detail {

void HeldSeconds::read(const Entry& entry, const ServiceRecord& record) {
  if (is_part(entry)) {
    if (entry.credit == account_ && entry.unit == Unit::seconds_served()) book(entry, record);
    return;
  }
  const auto answered = places_.find(entry.answers);
  if (answered == places_.end()) return;
  const std::size_t place = answered->second;
  places_[entry.id] = place;
  answer(place, entry);
}

void HeldSeconds::book(const Entry& entry, const ServiceRecord& record) {
  const std::size_t place = parts_.size();
  const bool disputed = is_disputed(entry), further = is_further_part(entry);
  Part part{.entry = entry,
            .record = further ? entry.reference : entry.id,
            .last = entry.id,
            .amount = entry.amount,
            .holds = !disputed};
  Shares& shares = records_[part.record];
  const auto rest = rests_.find(entry.id);
  if (further && rest != rests_.end()) {
    part.seconds = parts_[rest->second].seconds;
    part.undated = parts_[rest->second].undated;
  } else if (!further) {
    const Intervals counted = counted_intervals(record, counting_of(entry));
    shares.disputed = intersection(counted, held(counted));
    part.seconds = disputed ? shares.disputed : difference(counted, shares.disputed);
    part.undated = record.intervals.empty();
  } else if (disputed) {
    part.seconds = shares.disputed;
  } else {
    Part& before = parts_[shares.last];
    const Intervals first = first_of(before.seconds, std::chrono::seconds{before.amount});
    part.seconds = difference(before.seconds, first);
    before.seconds = first;
    part.undated = before.undated;
  }
  shares.last = place;
  places_[entry.id] = place;
  if (part.holds) assign(part.seconds, place);
  parts_.push_back(std::move(part));
}

void HeldSeconds::answer(std::size_t place, const Entry& entry) {
  Part& part = parts_[place];
  rests_[rest_id(part.last)] = place;
  part.last = entry.id;
  if (entry.kind == EntryKind::confirm) {
    const bool in_part = entry.amount < part.amount;
    part.amount = entry.amount;
    if (part.holds) let_go(place);
    if (in_part) part.seconds = first_of(part.seconds, std::chrono::seconds{part.amount});
    part.holds = true;
    assign(part.seconds, place);
  } else if (part.holds) {
    let_go(place);
    part.holds = false;
  } else if (entry.kind == EntryKind::correct) {  // the correction of a correction
    part.seconds = difference(part.seconds, held(part.seconds));
    part.holds = true;
    assign(part.seconds, place);
  }
}

void HeldSeconds::release(Id128 record) {
  for (std::size_t place = 0; place < parts_.size(); ++place) {
    if (parts_[place].record != record || !parts_[place].holds) continue;
    let_go(place);
    parts_[place].holds = false;
  }
}

std::vector<std::pair<std::size_t, std::uint64_t>> HeldSeconds::holders(Id128 disputed) const {
  std::map<std::size_t, std::uint64_t> found;
  const auto at = places_.find(disputed);
  if (at == places_.end()) return {};
  for (const auto& [begins, ends] : parts_[at->second].seconds) {
    auto piece = pieces_.upper_bound(begins);
    if (piece != pieces_.begin() && std::prev(piece)->second.ends > begins) --piece;
    for (; piece != pieces_.end() && piece->first < ends; ++piece)
      found[piece->second.part] += static_cast<std::uint64_t>(
          (std::min(ends, piece->second.ends) - std::max(begins, piece->first)).count());
  }
  return {found.begin(), found.end()};
}

Intervals HeldSeconds::held(const Intervals& among) const {
  Intervals found;
  for (const auto& [begins, ends] : among) {
    auto piece = pieces_.upper_bound(begins);
    if (piece != pieces_.begin() && std::prev(piece)->second.ends > begins) --piece;
    for (; piece != pieces_.end() && piece->first < ends; ++piece)
      found.push_back({std::max(begins, piece->first), std::min(ends, piece->second.ends)});
  }
  return united(std::move(found));
}

void HeldSeconds::split(Instant at) {
  auto piece = pieces_.lower_bound(at);
  if (piece == pieces_.begin() || (--piece)->second.ends <= at) return;
  pieces_.emplace(at, piece->second);
  piece->second.ends = at;
}

void HeldSeconds::assign(const Intervals& seconds, std::size_t part) {
  for (const auto& [begins, ends] : seconds) {
    split(begins);
    split(ends);
    pieces_.erase(pieces_.lower_bound(begins), pieces_.lower_bound(ends));
    pieces_.emplace(begins, Piece{ends, part});
  }
}

/// Its seconds are then those that it held at the end.
void HeldSeconds::let_go(std::size_t part) {
  Intervals own;
  for (const auto& [begins, ends] : parts_[part].seconds)
    for (auto piece = pieces_.lower_bound(begins); piece != pieces_.end() && piece->first < ends;) {
      if (piece->second.part != part) {
        ++piece;
        continue;
      }
      own.push_back({piece->first, piece->second.ends});
      piece = pieces_.erase(piece);
    }
  parts_[part].seconds = united(std::move(own));
}

}  // namespace jiedui::detail
