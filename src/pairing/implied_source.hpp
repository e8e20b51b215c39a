#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "line_scan.hpp"
#include "market_columns.hpp"
#include "ranking.hpp"
#include "solver/candidate_source.hpp"
#include "solver/shared_slot_sets.hpp"

// Private to the room: candidates that are found where they are asked for.

namespace jiedui {

/// The candidates of a network under rules and points, best first without looking at them all.
///
/// best: O((looked at + count) · log) with few looked at beyond the count; in the worst case all
/// volunteers of the item within reach. requests_of: all lines of his items within reach.
class ImpliedSource final : public solver::CandidateSource {
 public:
  /// @param terms all of whose own terms have declared bounds.
  ImpliedSource(const Network& network, const Rules& rules, const PointTerms& terms,
                const Eligibility& eligibility,
                std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden, int threads);
  ~ImpliedSource() override;

  solver::Rest best(std::uint32_t line, std::size_t count,
                    std::vector<solver::Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<solver::Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override { return sets_[set]; }
  Range points_range() const override { return range_; }

  const MarketColumns& columns() const { return columns_; }
  MarketColumns& columns() { return columns_; }
  SharedSlotSets& slot_sets() const { return sets_; }
  /// All candidates of a line, in no order.
  void all(std::uint32_t line, std::vector<solver::Offer>& out) const;
  /// The sum of the standard points of all pairs of the lines from `begin` to `end` for which the
  /// standard rules hold, and their number: one plain pass, to measure the market by.
  struct Sum {
    std::int64_t pairs = 0;
    std::int64_t points = 0;
  };
  Sum plain_pass(std::uint32_t begin, std::uint32_t end) const;
  /// The number of pairs of the lines from `begin` to `end`.
  std::int64_t pair_count(std::uint32_t begin, std::uint32_t end) const;

 private:
  struct Scratch;
  class Search;
  class Borrowed;
  /// False, and nothing is looked at, if more than `most` volunteers would have to be, or if it
  /// must be done one by one.
  bool look_at_all(std::uint32_t line, LineScan& scan, std::size_t most) const;
  /// The best of what the scratch's scan has found.
  solver::Rest choose_best(Scratch& scratch, std::size_t count,
                           std::vector<solver::Offer>& out) const;
  template <class Use>
  void each_pair(std::uint32_t line, LineScan& scan, Use&& use) const;
  /// Leaves those for whom the user's rules hold, and adds his terms.
  void apply_own(std::uint32_t line, std::vector<StandardPair>& pairs, Scratch& scratch) const;

  const Eligibility& eligibility_;
  MarketColumns columns_;
  bool has_own_ = false;
  std::int64_t own_most_ = 0;
  Range range_;
  mutable SharedSlotSets sets_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Scratch>> idle_;  // one for each thread that is in here
};

}  // namespace jiedui
