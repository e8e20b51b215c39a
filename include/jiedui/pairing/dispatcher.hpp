#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"
#include "jiedui/pairing/solve.hpp"

namespace jiedui {

/// What an operation changed in the plan. Lists are by need id, then volunteer id.
struct PlanChange {
  std::vector<PairName> added;
  std::vector<PairName> dropped;
  std::vector<PairName> moved;  ///< the same pair, at another time
  /// Whose day looks different now, by id; no names.
  std::vector<std::string> volunteers, needs;
  bool empty() const { return added.empty() && dropped.empty() && moved.empty(); }
  friend bool operator==(const PlanChange&, const PlanChange&) = default;
};

/// A volunteer whom a need could have, and what that would cost the whole plan.
struct Proposal {
  std::string volunteer;
  Points points;    ///< of the pair
  int128 cost = 0;  ///< weight that the plan loses; 0 if he serves the need already
  /// The part of the cost below tiers: points. Empty if urgent units would be lost, or others won.
  std::optional<int128> points_lost;
};

/// Keeps a plan optimal while the day changes.
///
/// After each operation the plan is as good as one solved anew under the same limits and pins, and
/// among equally good plans it has the fewest changes against the plan before. Pinned pairs stay
/// until they are unpinned or declined. An operation costs a few shortest paths, each of which
/// touches only what it reaches; at worst O(pairs · log) for each unit that moves.
///
/// Not to be used by two threads at once.
class JIEDUI_API Dispatcher {
 public:
  /// Solves the market, staying close to `options.before` if it is given.
  /// @throws Error as solve(); "interrupted" if stopped before the first plan is optimal;
  ///   "limits_not_kept" where the market limits lending or changes.
  explicit Dispatcher(Market market, const SolveOptions& options = {});
  Dispatcher(Dispatcher&&) noexcept;
  Dispatcher& operator=(Dispatcher&&) noexcept;
  ~Dispatcher();

  /// The pair must not be in any plan from now on, pinned or not.
  /// @throws Error "id_unknown".
  PlanChange decline(std::string_view volunteer, std::string_view need);
  /// The pair is in every plan from now on; it is put there if need be.
  /// @throws Error "id_unknown", "pin_not_eligible", "pin_infeasible".
  PlanChange pin(std::string_view volunteer, std::string_view need);
  /// Pins a pair of the plan: both have agreed, and nobody touches them any more.
  /// @throws Error "id_unknown", "pair_unknown" if the plan does not have it.
  PlanChange confirm(std::string_view volunteer, std::string_view need);
  /// Lets a pinned pair go its way again; no change if it is not pinned.
  PlanChange unpin(std::string_view volunteer, std::string_view need);
  /// The volunteer takes so many pairs in all; 0 withdraws him.
  /// @param pairs 0 to 10,000, no less than are pinned. @throws Error "id_unknown",
  ///   "capacity_out_of_range": the way out is to unpin, or, for a volunteer whom the network gives
  ///   no capacity, to make a new market.
  PlanChange set_capacity(std::string_view volunteer, std::int32_t pairs);
  /// The need asks for so many people; 0 withdraws it.
  /// @param people 0 to 100,000, no less than are pinned. @throws Error "id_unknown",
  ///   "demand_out_of_range".
  PlanChange set_demand(std::string_view need, std::int32_t people);
  /// Takes another market for the one at hand: people and needs that came, went or were edited.
  /// What was pinned or declined stays so, as far as both are known and eligible there and the
  /// limits allow; a pinned pair that could not stay is among the dropped ones. The plan has the
  /// fewest changes among the best. Costs a cold solve.
  PlanChange update(Market market, const SolveOptions& options = {});

  /// The `count` volunteers with the most points for a need, with what each would cost the plan.
  /// Changes nothing.
  /// @throws Error "id_unknown"; "lines_not_proposed" in a market where a need has several lines.
  std::vector<Proposal> propose(std::string_view need, std::size_t count);

  /// The plan as it is now, with its proof. O(volunteers + needs).
  Plan plan() const;
  /// The market as it is now, declined pairs and limits included: verify(plan(), market()) holds.
  Market market() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
