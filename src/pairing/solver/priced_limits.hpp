#pragma once

#include <optional>
#include <set>

#include "plan_draft.hpp"
#include "priced_source.hpp"

// Private to the room: cross limits by prices (Lagrangian relaxation).
//
// Where pairs may take several slots, "one pair of a volunteer in each slot" holds exactly for the
// first slots of pairs only, and is a limit with a price like the others for the further ones.
//
// Each cross limit gets a price λ ≥ 0. Without these limits, but with λ taken from the points of
// each pair that counts, the problem is nested and solved exactly; its value plus Σ λ · limit is a
// bound on every plan within all limits. The bound falls while prices are searched; each relaxed
// plan gives parts to the best plan within all limits, which is at last solved anew with the pairs
// that count fixed. Bound = value proves the plan best, and the relaxed prices are its proof.

namespace jiedui::solver {

class PricedLimits {
 public:
  /// Everything given must outlive it.
  PricedLimits(const Limits& limits, const CandidateSource& source, const Options& options,
               std::span<const LinePair> before);
  /// @throws Error "points_out_of_range", "changes_infeasible".
  Solution solve();

 private:
  struct Relaxed {
    CrossPrices prices;
    Solution solution;  ///< of the priced problem
    PlanDraft draft;    ///< its pairs, with their own points
    int128 bound = 0;
  };
  /// One price while the others stay: its value, how much more than allowed the plan uses, and its
  /// weight at price 0.
  struct Probe {
    std::int64_t price = 0;
    std::int64_t excess = 0;
    int128 bound = 0;
    int128 at(std::int64_t other) const { return bound - int128{excess} * (int128{other} - price); }
  };

  /// The limits in one row: each lending limit, then the changes.
  std::size_t count() const { return limits_.cross.lending.size() + 1; }
  static std::int64_t& price_of(CrossPrices& prices, std::size_t limit);
  std::int64_t excess(const PlanDraft& draft, std::size_t limit) const;
  std::int64_t greatest_price(std::size_t limit) const;
  /// No pair is worth as much.
  std::int64_t greatest_weight() const;

  Relaxed relax(CrossPrices prices);
  PricedSource priced(CrossPrices prices) const;
  /// Takes from the relaxed plan what makes the best one better.
  void learn_from(const PlanDraft& relaxed);
  /// Looks for a better price of one limit. Whether the bound fell.
  bool search_price(std::size_t limit);
  Probe probe(std::size_t limit, std::int64_t price);
  /// The same for the prices of all slots.
  bool search_slot_prices();
  /// With the pairs' own slots and points.
  static std::vector<ChosenPair> pairs_of(const Limits& limits, const PricedSource& source,
                                          const Solution& solution);
  /// The limits as the solver knows them: pins take one slot each.
  static Limits with_seats(Limits limits, const PricedSource& source);
  /// Slots that go together for those who had several pairs in one: what pairs of the best plan
  /// take, and what pairs of the best relaxed one take beside.
  SlotBlocks blocks() const;
  /// Solves with the pairs fixed that count for cross limits, and for those who had several pairs
  /// in a slot, with the slots that go together fixed: as in the best plan, and what room there is
  /// for the best relaxed one. Whether that is better.
  bool polish();
  void polish_once();
  std::vector<LinePair> lent_pairs() const;
  Limits with_kept_pinned() const;
  PlanDraft first_draft();
  bool is_over() const {
    return is_stopped_ || solves_ >= solves_max || best_->bound == plan_.value;
  }
  static void add_slot_prices(const CrossPrices& prices, Solution& solution);
  void report(double fraction) const;
  /// For a solve on the way.
  Options inner_options(bool is_first);
  void count(const Statistics& statistics);

  static constexpr int solves_max = 400;
  /// Plans at most before the prices of slots rest.
  static constexpr int slot_steps = 40;

  const Limits& limits_;
  const CandidateSource& source_;
  const Options& options_;
  std::span<const LinePair> before_;
  Weights weights_;
  CrossTable table_;
  DraftMaker maker_;
  OffersBefore offers_before_;
  std::vector<std::int64_t> pinned_lent_;
  std::int64_t pinned_kept_ = 0;
  /// Who has had several pairs in a slot in a plan that is looked at.
  std::set<std::uint32_t> contested_;

  PlanDraft plan_;               ///< the best within all limits
  std::optional<Relaxed> best_;  ///< that of the least bound
  Statistics statistics_;
  int solves_ = 0;
  bool is_stopped_ = false;
};

}  // namespace jiedui::solver
