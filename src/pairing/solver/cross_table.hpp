#pragma once

#include <algorithm>
#include <map>

#include "candidate_source.hpp"

// Private to the room: which pairs the cross limits of a problem count.

namespace jiedui::solver {

class CrossTable {
 public:
  static constexpr std::uint32_t no_limit = 0xFFFF'FFFF;

  explicit CrossTable(const Limits& limits) : cross_(limits.cross), lines_(limits.needs()) {
    for (std::uint32_t line = 0; line < lines_.size() && !cross_.lending.empty(); ++line)
      for (std::uint32_t k = 0; k < cross_.lending.size(); ++k)
        if (cross_.lending[k].to == cross_.asking[line]) lines_[line].push_back(k);
    if (cross_.slots == 0) return;
    for (const ChosenPair& pin : limits.pinned)
      if (pin.candidate.slot != Candidate::no_slot)
        pinned_[pin.candidate.volunteer].push_back(run(pin.candidate.slot));
  }
  /// The lending limits that pairs of the line may count for.
  std::span<const std::uint32_t> lending_of(std::uint32_t line) const { return lines_[line]; }
  /// The one that the pair counts for.
  std::uint32_t lending(std::uint32_t line, std::uint32_t volunteer) const {
    for (const std::uint32_t k : lines_[line])
      if (cross_.lending[k].from == cross_.home[volunteer]) return k;
    return no_limit;
  }
  bool was_before(std::uint32_t line, std::uint32_t volunteer) const {
    return std::binary_search(cross_.before.begin(), cross_.before.end(),
                              LinePair{line, volunteer});
  }
  /// The slots that a candidate takes, by the number of its slot.
  SlotRun run(std::uint32_t slot) const { return SlotRun::of(slot, cross_.slots); }
  /// The slots taken by pins of each volunteer, where pairs may take several.
  const std::map<std::uint32_t, std::vector<SlotRun>>& pinned_runs() const { return pinned_; }
  const CrossLimits& limits() const { return cross_; }

 private:
  const CrossLimits& cross_;
  std::vector<std::vector<std::uint32_t>> lines_;
  std::map<std::uint32_t, std::vector<SlotRun>> pinned_;
};

}  // namespace jiedui::solver
