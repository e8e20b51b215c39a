#pragma once

#include <map>

#include "candidate_source.hpp"

// Private to the room: candidates that are given as arrays.

namespace jiedui::solver {

class ExplicitSource : public CandidateSource {
 public:
  explicit ExplicitSource(const Instance& instance);

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override { return sets_[set]; }
  bool splits_offers() const override { return splits_; }
  Range points_range() const override { return range_; }

 private:
  /// The candidates of the line by volunteer, then points, then slot.
  std::vector<Candidate> sorted(std::uint32_t line) const;
  void collect_sets();

  const Instance& instance_;
  bool has_slots_ = false;
  bool splits_ = false;
  Range range_;
  SlotSets sets_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;  // of the sets
};

}  // namespace jiedui::solver
