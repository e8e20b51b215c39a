#include <algorithm>

#include "eligibility.hpp"

// Times that take several slots in a row (MarketOptions::span_slots).

namespace jiedui {

void Eligibility::runs_within(std::span<const Interval> open, std::int64_t duration,
                              std::int64_t after, std::vector<std::uint32_t>& out) const {
  struct Way {
    solver::SlotRun run;
    std::int64_t begin;
  };
  std::vector<Way> ways;
  for (const Interval& part : open) {
    auto slot = std::upper_bound(slots_.begin(), slots_.end(), part.begin,
                                 [](std::int64_t at, const Slot& s) { return at < s.end; });
    for (; slot != slots_.end(); ++slot) {
      const std::int64_t begin = std::max(part.begin, slot->begin);
      if (begin + duration > part.end) break;
      if (begin >= slot->end) continue;  // a change of the clocks left it empty
      const auto last =
          std::lower_bound(slot, slots_.end(), begin + duration,
                           [](const Slot& s, std::int64_t end) { return s.end < end; });
      ways.push_back({{static_cast<std::uint32_t>(slot - slots_.begin()),
                       static_cast<std::uint32_t>(last - slots_.begin()) + 1},
                      begin});
    }
  }
  // The earliest time in a slot is the one that counts, and it takes the fewest slots.
  std::stable_sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) {
    return std::pair(a.run.first, a.begin) < std::pair(b.run.first, b.begin);
  });
  const std::size_t begun = out.size();
  auto least_end = static_cast<std::uint32_t>(slots_.size()) + 1;  // of those that begin later
  for (std::size_t i = ways.size(); i-- > 0;) {
    const Way& way = ways[i];
    const bool is_earliest = i == 0 || ways[i - 1].run.first != way.run.first;
    if (!is_earliest || way.run.end >= least_end) continue;
    least_end = way.run.end;
    if (way.begin > after) out.push_back(way.run.number(static_cast<std::uint32_t>(slots_.size())));
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(begun), out.end());
}

void Eligibility::begin_slots(std::uint32_t n, std::vector<std::uint32_t>& out) const {
  const std::int64_t duration = needs_.duration_minutes[n] * std::int64_t{60};
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
    for (const Interval& window : windows_[needs_.windows.number(n)]) {
      const std::int64_t begin = std::max(window.begin, slots_[slot].begin);
      if (begin + duration > window.end || begin >= slots_[slot].end) continue;
      out.push_back(slot);
      break;
    }
}

std::optional<Interval> Eligibility::earliest(std::uint32_t v, std::uint32_t n,
                                              std::uint32_t slot) const {
  const solver::SlotRun run = run_of(slot);
  if (run.first == run.end || run.end > slots_.size()) return std::nullopt;
  const Slot& first = slots_[run.first];
  const Slot& last = slots_[run.end - 1];
  const Interval stretch{first.begin, last.end};
  const std::int64_t duration = needs_.duration_minutes[n] * 60;
  auto common = intersection(windows_[needs_.windows.number(n)], std::span(&stretch, 1));
  if (rules_.has(StandardRule::availability))
    common = intersection(common, availability_[volunteers_.availability.number(v)]);
  for (const Interval& part : common) {
    if (part.end - part.begin < duration) continue;
    const Interval time{part.begin, part.begin + duration};
    if (time.begin >= first.end || (run.end - run.first > 1 && time.end <= last.begin)) break;
    return time;
  }
  return std::nullopt;
}

}  // namespace jiedui
