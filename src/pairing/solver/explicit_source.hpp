#pragma once

#include <map>

#include "candidate_source.hpp"
#include "numbering.hpp"

// Private to the room: candidates that are given as arrays, in no helpful order.

namespace jiedui::solver {

/// Lines and volunteers are numbered for locality.
class ExplicitSource : public CandidateSource {
 public:
  /// @param instance must stay. O(candidates).
  explicit ExplicitSource(const Instance& instance, int threads = 1);
  /// With numbers that are known.
  ExplicitSource(const Instance& instance, Numbering volunteers, Numbering lines);
  const Numbering& volunteers() const { return volunteers_; }
  const Numbering& lines() const { return lines_; }

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override { return sets_[set]; }
  bool splits_offers() const override { return splits_; }
  Range points_range() const override { return range_; }

 private:
  /// As best(), by rows.
  Rest best_by_row(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const;
  /// The candidates of a line by volunteer, then points, then slot; all by rows.
  std::vector<Candidate> sorted(std::uint32_t line) const;
  void read_instance();
  void collect_sets();

  const Instance& instance_;
  bool has_slots_ = false;
  bool splits_ = false;
  Range range_;
  Numbering volunteers_, lines_;
  SlotSets sets_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;  // of the sets
};

}  // namespace jiedui::solver
