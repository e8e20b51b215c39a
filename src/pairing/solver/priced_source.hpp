#pragma once

#include <map>
#include <mutex>

#include "cross_table.hpp"
#include "shared_slot_sets.hpp"

// Private to the room: a source whose points are less by the prices of the cross limits, and whose
// candidates take one slot each.

namespace jiedui::solver {

/// What the cross limits cost a pair.
struct CrossPrices {
  std::vector<std::int64_t> lending;  ///< of each limit, ≥ 0
  std::int64_t kept = 0;              ///< what a pair of the plan before brings more, ≥ 0
  /// Of each slot that the pair takes, by volunteer and slot, > 0.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> slots = {};
};

/// Slots of a volunteer that may be taken by one pair in all, whichever of them it takes; they do
/// not overlap.
using SlotBlocks = std::map<std::uint32_t, std::vector<SlotRun>>;

/// The offers of the lines that ask for pairs of the plan before, read once.
class OffersBefore {
 public:
  OffersBefore(const CandidateSource& source, const CrossTable& table);
  std::span<const Offer> of(std::uint32_t line) const {
    const auto found = of_line_.find(line);
    if (found == of_line_.end()) return {};
    return found->second;
  }

 private:
  std::map<std::uint32_t, std::vector<Offer>> of_line_;
};

/// Where pairs may take several slots, each candidate is handed out with its first one alone, the
/// best of those that begin together; those that clash with pins are left out.
class PricedSource final : public CandidateSource {
 public:
  /// @param too_much a candidate whose slots cost as much is in no best plan, and is left out.
  PricedSource(const CandidateSource& base, const CrossTable& table, const OffersBefore& before,
               CrossPrices prices, std::size_t volunteers, std::int64_t too_much);
  /// From now on those pairs alone count for a lending limit that are given, in order; others that
  /// would are not handed out.
  void restrict_to(std::vector<LinePair> lent) {
    lent_ = std::move(lent);
    is_restricted_ = true;
  }
  /// From now on the pairs of these volunteers take slots of one block, or one slot beside the
  /// blocks; others are not handed out.
  void restrict_to(SlotBlocks blocks);

  /// What is taken from the points of a pair.
  std::int64_t price(std::uint32_t line, const Candidate& candidate) const {
    return price(line, candidate.volunteer) + slot_price(candidate);
  }
  /// The slot by which a candidate is handed out.
  std::uint32_t seat_of(const Candidate& candidate) const;
  /// The candidate behind a pair of a solution.
  Candidate candidate_of(const ChosenPair& pair) const;

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override {
    if (!has_runs_) return base_.slots(set);
    return set % 2 == 0 ? base_.slots(set / 2) : sets_[set / 2];
  }
  bool splits_offers() const override { return base_.splits_offers() || !prices_.slots.empty(); }
  Range points_range() const override;

 private:
  static constexpr std::uint32_t no_seat = 0xFFFF'FFFE;
  /// A candidate under its seat, its points less the prices of its slots.
  struct Way {
    std::uint32_t volunteer, seat, slot;
    std::int64_t points;
  };
  std::int64_t price(std::uint32_t line, std::uint32_t volunteer) const {
    const std::uint32_t k = table_.lending(line, volunteer);
    const std::int64_t lending = k == CrossTable::no_limit ? 0 : prices_.lending[k];
    return prices_.kept != 0 && table_.was_before(line, volunteer) ? lending - prices_.kept
                                                                   : lending;
  }
  std::int64_t slot_price(const Candidate& candidate) const;
  bool is_touched(std::uint32_t line) const;
  bool is_withheld(std::uint32_t line, std::uint32_t volunteer) const {
    return is_restricted_ && table_.lending(line, volunteer) != CrossTable::no_limit &&
           !std::binary_search(lent_.begin(), lent_.end(), LinePair{line, volunteer});
  }
  /// Whether its candidates are to be looked at one by one.
  bool is_mixed(const Offer& offer) const;
  /// The seat for a pair that takes these slots, or no_seat.
  std::uint32_t seat_of(std::uint32_t volunteer, SlotRun run) const;
  void add_ways(const Offer& offer, std::vector<Way>& ways) const;
  /// Puts ways of a line together into offers, those alone that have more points than `above`.
  void add_offers(std::uint32_t line, std::int64_t above, std::vector<Way>& ways,
                  std::vector<Offer>& out) const;

  const CandidateSource& base_;
  const CrossTable& table_;
  const OffersBefore& before_;
  CrossPrices prices_;
  std::int64_t too_much_;
  bool has_runs_;
  bool is_restricted_ = false;
  std::vector<LinePair> lent_;
  SlotBlocks blocks_;
  std::vector<std::uint8_t> is_mixed_;  // of each volunteer: slots have prices or are withheld

  mutable SharedSlotSets sets_;  // those that are not the base's have odd numbers here
  mutable std::mutex mutex_;
  using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // line, volunteer, seat
  mutable std::map<Place, std::uint32_t> slot_of_;  // of ways whose slot is not their seat
};

}  // namespace jiedui::solver
