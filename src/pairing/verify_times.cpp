#include "verify_times.hpp"

#include <algorithm>

namespace jiedui::verification {

Times::Times(const Network& network, const Eligibility& definition)
    : volunteers_(network.volunteers()), needs_(network.needs()), definition_(definition) {
  const auto& slots = definition.slots();
  begin_ = slots.front().begin;
  constexpr std::int64_t parts = 128;
  part_ = (slots.back().end - begin_ + parts - 1) / parts;
  const bool matters = definition.rules().has(StandardRule::availability);
  for (std::uint32_t list = 0; list < volunteers_.availability.distinct(); ++list) {
    TimeMask mask = matters ? TimeMask{} : always;
    for (const Interval& free : definition.availability(list)) add(mask, free.begin, free.end - 1);
    by_availability_.push_back(mask);
  }
}

void Times::add(TimeMask& mask, std::int64_t first, std::int64_t last) const {
  const auto part_of = [&](std::int64_t second) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>((second - begin_) / part_, 0, 127));
  };
  for (std::size_t part = part_of(first); part <= part_of(last); ++part)
    mask[part / 64] |= std::uint64_t{1} << (part % 64);
}

TimeMask Times::of_line(std::uint32_t line) const {
  if (!definition_.is_timed(line)) return always;
  TimeMask mask{};
  const std::int64_t duration = needs_.duration_minutes[line] * 60;
  for (const Interval& window : definition_.windows(needs_.windows.number(line))) {
    const std::int64_t length = window.end - window.begin;
    if (length < duration) continue;
    // A visit of more than half the window covers its middle, whenever it begins.
    const std::int64_t middle = window.begin + length / 2;
    if (2 * duration > length)
      add(mask, middle, middle);
    else
      add(mask, window.begin, window.end - 1);
  }
  return mask;
}

}  // namespace jiedui::verification
