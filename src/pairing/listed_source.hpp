#pragma once

#include <span>
#include <vector>

#include "solver/candidate_source.hpp"

// Private to the room: candidates that are listed one by one.

namespace jiedui {

/// A source over listed candidates; lines and volunteers keep their numbers.
class ListedSource final : public solver::CandidateSource {
 public:
  /// @param first candidates of line n: first[n] up to first[n + 1], in any order; no volunteer and
  ///   slot twice in a line.
  ListedSource(std::span<const std::uint64_t> first, std::span<const solver::Candidate> candidates,
               std::size_t volunteers);

  solver::Rest best(std::uint32_t line, std::size_t count,
                    std::vector<solver::Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<solver::Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override { return sets_[set]; }
  Range points_range() const override { return range_; }

 private:
  std::vector<std::uint64_t> first_;
  std::vector<solver::Offer> offers_;  // of each line, best first
  struct Place {
    std::uint32_t line;
    std::uint32_t offer;  // of the line
  };
  std::vector<std::uint64_t> first_place_;  // of each volunteer
  std::vector<Place> places_;
  solver::SlotSets sets_;
  Range range_;
};

}  // namespace jiedui
