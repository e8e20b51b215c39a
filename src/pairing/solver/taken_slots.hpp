#pragma once

#include <vector>

#include "candidate_source.hpp"
#include "huge_pages.hpp"

// Private to the room: whether a volunteer is free in a slot, mostly without a look at his pairs.

namespace jiedui::solver {

/// One word a volunteer, one a set of slots: a bit for each slot, shared by slots 32 apart. What a
/// bit says free is free; what it says taken may be the other slot.
class TakenSlots {
 public:
  explicit TakenSlots(const CandidateSource& source) : source_(source) {}

  void add_volunteer() { taken_.push_back(0); }
  void reserve(std::size_t volunteers) { taken_.reserve(volunteers); }
  std::size_t size() const { return taken_.size(); }

  void take(std::uint32_t v, std::uint32_t slot) { taken_[v] |= bit(slot); }
  void forget(std::uint32_t v) { taken_[v] = 0; }
  /// For sure.
  bool is_free(std::uint32_t v, std::uint32_t slot) const { return (taken_[v] & bit(slot)) == 0; }
  /// Whether some slot of the set is, for sure.
  bool has_free(std::uint32_t v, std::uint32_t set) const {
    return taken_[v] == 0 || (mask_of(set) & ~taken_[v]) != 0;
  }

 private:
  static std::uint32_t bit(std::uint32_t slot) {
    return slot == Candidate::no_slot ? 0 : std::uint32_t{1} << slot % 32;
  }
  /// Sources number sets as they meet them. No set is empty.
  std::uint32_t mask_of(std::uint32_t set) const {
    if (set >= masks_.size()) masks_.resize(set + 1);
    if (masks_[set] == 0)
      for (const std::uint32_t slot : source_.slots(set)) masks_[set] |= bit(slot);
    return masks_[set];
  }

  const CandidateSource& source_;
  std::pmr::vector<std::uint32_t> taken_{HugePages::get()};
  mutable std::vector<std::uint32_t> masks_;
};

}  // namespace jiedui::solver
