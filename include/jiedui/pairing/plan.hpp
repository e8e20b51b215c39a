#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/pairing/planned_pair.hpp"
#include "jiedui/pairing/solver/instance.hpp"

namespace jiedui {

using PlanStatus = solver::Status;

/// Filled and wanted demand units of one tier.
struct TierCount {
  std::int32_t tier = 1;
  std::int64_t demand = 0;
  std::int64_t filled = 0;
  friend bool operator==(const TierCount&, const TierCount&) = default;
};

/// A price for each volunteer and slot and a profit for each need that together prove that no plan
/// is better (linear programming duality). Only what is not zero is listed, by id.
///
/// The weight of a pair is (tiers + 1 − tier) · step + points, or bonus of the tier + points where
/// bonuses are listed. docs/pairing-model.md tells how to check the proof by hand; verify() does
/// it.
struct OptimalityProof {
  struct Price {
    std::string volunteer;
    /// no_slot: for the volunteer's capacity. A pair pays for each slot that it takes.
    std::uint32_t slot = solver::Candidate::no_slot;
    /// Not 0; negative only for the capacity of one who has no more than the least pairs asked for
    /// him.
    int128 price = 0;
    friend bool operator==(const Price&, const Price&) = default;
  };
  /// For the total of an organisation.
  struct TotalPrice {
    std::string organisation;
    int128 price = 0;  ///< > 0
    friend bool operator==(const TotalPrice&, const TotalPrice&) = default;
  };
  /// For what one organisation may lend another.
  struct LendingPrice {
    std::string from, to;
    int128 price = 0;  ///< > 0
    friend bool operator==(const LendingPrice&, const LendingPrice&) = default;
  };
  struct Profit {
    std::string need;
    int128 profit = 0;  ///< > 0
    friend bool operator==(const Profit&, const Profit&) = default;
  };
  std::int32_t tiers = 1;
  int128 step = 1;
  std::vector<Price> prices;       ///< by volunteer id, then slot
  std::vector<Profit> profits;     ///< by need id
  std::vector<TotalPrice> totals;  ///< by organisation id
  /// Of a least pair, then of tier 1, 2, …; only under limits that cross the others.
  std::vector<int128> bonuses;
  std::vector<LendingPrice> lending;  ///< by from, then to
  int128 change_price = 0;            ///< of a change against the plan before, ≥ 0
  friend bool operator==(const OptimalityProof&, const OptimalityProof&) = default;
};

/// What a plan consists of: the plain form that store and wire save and load.
struct PlanData {
  struct Entry {
    PlannedPair pair;
    std::uint32_t slot = solver::Candidate::no_slot;  ///< or a run of slots: solver::SlotRun
    bool pinned = false;                              ///< held by a pin: exempt from the prices
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  PlanStatus status = PlanStatus::optimal;
  std::vector<Entry> pairs;               ///< by need id, then volunteer id
  std::vector<TierCount> tiers;           ///< by tier
  std::vector<std::string> without_slot;  ///< needs that no slot of the horizon holds
  /// Volunteers who have less than the least pairs asked for them: no plan does better in all.
  struct Unmet {
    std::string volunteer;
    std::int32_t missing = 0;  ///< pairs
    friend bool operator==(const Unmet&, const Unmet&) = default;
  };
  std::vector<Unmet> unmet;  ///< by volunteer id
  int128 load_cost = 0;      ///< of the pairs, in points
  OptimalityProof proof;
  int128 value = 0;  ///< weight of the pairs
  int128 bound = 0;  ///< no plan weighs more
  solver::Statistics statistics;
};

/// Who helps whom, with the proof that no plan is better. Frozen; copies share the data.
class JIEDUI_API Plan {
 public:
  /// The empty plan.
  Plan();
  /// @throws Error "plan_invalid" if the parts contradict each other.
  explicit Plan(PlanData data);

  PlanStatus status() const;
  bool is_optimal() const { return status() == PlanStatus::optimal; }
  std::size_t size() const;
  /// @throws Error "index_out_of_range".
  const PlannedPair& pair(std::size_t index) const;
  std::vector<PlannedPair> pairs() const;
  /// The pairs of one need or one volunteer.
  std::vector<PlannedPair> pairs_of_need(std::string_view id) const;
  std::vector<PlannedPair> pairs_of_volunteer(std::string_view id) const;

  const std::vector<TierCount>& tiers() const;
  std::int64_t filled() const;
  std::int64_t demand() const;
  /// Sum of the points of the pairs. Exact.
  int128 points() const;
  /// Weight of the plan and a bound that no plan exceeds; equal when optimal. Limits on lending and
  /// changes, and pairs that span slots, may leave a gap between them: then the status is bounded.
  int128 value() const;
  int128 bound() const;
  /// bound − value: 0 when optimal.
  int128 gap() const;
  const OptimalityProof& proof() const;
  const solver::Statistics& statistics() const;
  /// Needs whose duration fits no window within one slot; other MarketOptions::slot_cuts, or
  /// span_slots, may hold them.
  const std::vector<std::string>& needs_without_slot() const;
  /// Volunteers who have less than the least pairs asked for them, by id.
  const std::vector<PlanData::Unmet>& unmet() const;
  /// What the pairs cost their volunteers, in points: the value is less by it.
  int128 load_cost() const;

  /// Filled units by tier, volunteers used and short of pairs, metres, points, cost of load and
  /// proof in a few lines of text.
  std::string summary() const;
  /// need, volunteer, points, metres, begins, ends, slot, pinned ("yes" or "no"): one row for each
  /// pair.
  Table table() const;

  const PlanData& data() const;
  friend JIEDUI_API bool operator==(const Plan& a, const Plan& b);

 private:
  std::shared_ptr<const PlanData> data_;
};

JIEDUI_API std::ostream& operator<<(std::ostream& out, const Plan& plan);

}  // namespace jiedui
