#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/pairing/dispatcher_data.hpp"
#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/operations.hpp"
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
  /// Needs for which it has become too late: advance() closed them. By id.
  std::vector<std::string> closed;
  /// Whether no pair has changed.
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
/// until they are unpinned or declined, or one of the two withdraws. An operation costs a few
/// shortest paths, each of which touches only what it reaches; at worst O(pairs · log) for each
/// unit that moves. One that is refused changes nothing.
///
/// Who came or was edited stands in an index beside that of the market, so that none has to be made
/// anew. Some rows do not fit in beside it; they cost a new market, O(market), though no new solve:
/// any row where rules or points of one's own take part; needs in a market with `part_of`; the
/// first need for an item, or with a wish for a language; volunteers who change to another
/// organisation where totals limit organisations, or have the id of a beneficiary. A solve anew is
/// only needed for the first need of a tier above all others in number, and each time that the
/// demand has doubled.
///
/// Not to be used by two threads at once.
class JIEDUI_API Dispatcher {
 public:
  /// Solves the market, staying close to `options.before` if it is given.
  /// @throws Error as solve(); "interrupted" if stopped before the first plan is optimal;
  ///   "limits_not_kept" where the market limits lending or changes.
  explicit Dispatcher(Market market, const SolveOptions& options = {});
  /// Goes on where data() was called, with the same changes from then on. Nothing is solved: the
  /// prices are held against the conditions of the proof, for each pair that they could leave out.
  /// Costs as much as making the market and reading the first offers of each need.
  /// @param terms those of the Dispatcher that was saved.
  /// @throws Error "terms_differ" where rules, points or roads are other ones; "dispatcher_invalid"
  ///   where the parts contradict each other; "dispatcher_not_proved" where the plan is not
  ///   eligible or its prices do not prove it; as Market.
  explicit Dispatcher(const DispatcherData& data, const DispatcherTerms& terms = {});
  Dispatcher(Dispatcher&&) noexcept;
  Dispatcher& operator=(Dispatcher&&) noexcept;
  ~Dispatcher();

  /// The volunteer comes, or comes back. His row is checked as by NetworkBuilder.
  /// @throws InputError with all problems of the row; Error "id_duplicate"; "horizon_unknown" where
  ///   the row has dates and the market no horizon; "market_explicit" for an ExplicitMarket.
  PlanChange add_volunteer(const Volunteer& row);
  /// All fields of the volunteer are from now on as in the row; those left out are absent. His
  /// pinned pairs stay, with their points as they are now.
  /// @throws as add_volunteer(), but "id_unknown" for "id_duplicate"; Error "pin_not_eligible" if
  ///   he might not serve a pinned pair any more, "capacity_out_of_range" if his capacity is less
  ///   than his pins: unpin first.
  PlanChange edit_volunteer(const Volunteer& row);
  /// The volunteer leaves, and his pins with him. Pairs that have begun stay, and he with them.
  /// @throws Error "id_unknown".
  PlanChange withdraw_volunteer(std::string_view volunteer);
  /// The need comes, or comes back. Errors as add_volunteer(); "lines_with_slots".
  PlanChange add_need(const Need& row);
  /// All fields of the need are from now on as in the row; those left out are absent. Its pinned
  /// pairs stay. A part keeps what it has taken from its need.
  /// @throws as edit_volunteer(), "demand_out_of_range" in place of the capacity.
  PlanChange edit_need(const Need& row);
  /// The need leaves, and its pins and its parts with it. Pairs that have begun stay, and it with
  /// them.
  /// @throws Error "id_unknown".
  PlanChange withdraw_need(std::string_view need);

  /// The pair must not be in any plan from now on, pinned or not.
  /// @throws Error "id_unknown"; "pair_begun".
  PlanChange decline(std::string_view volunteer, std::string_view need);
  /// The pair is in every plan from now on; it is put there if need be.
  /// @throws Error "id_unknown", "pin_not_eligible", "pin_infeasible".
  PlanChange pin(std::string_view volunteer, std::string_view need);
  /// Pins a pair of the plan: both have agreed, and nobody touches them any more.
  /// @throws Error "id_unknown", "pair_unknown" if the plan does not have it.
  PlanChange confirm(std::string_view volunteer, std::string_view need);
  /// Lets a pinned pair go its way again; no change if it is not pinned.
  /// @throws Error "id_unknown"; "pair_begun".
  PlanChange unpin(std::string_view volunteer, std::string_view need);
  /// The volunteer takes so many pairs in all; 0 for none, until it is set anew.
  /// @param pairs 0 to 10,000, no less than are pinned. @throws Error "id_unknown",
  ///   "capacity_out_of_range": the way out is to unpin, or, for a volunteer whose row gives no
  ///   capacity, to edit it.
  PlanChange set_capacity(std::string_view volunteer, std::int32_t pairs);
  /// The need asks for so many people; 0 for nobody.
  /// @param people 0 to 100,000, no less than are pinned. @throws Error "id_unknown",
  ///   "demand_out_of_range".
  PlanChange set_demand(std::string_view need, std::int32_t people);

  /// Does all operations one after the other, as one: a single change is told, with the fewest
  /// changes against the plan before them all. If one is refused, none is done.
  /// @throws Error as the operation that is refused; the place names its index, from 0. Costs one
  ///   copy of the plan beside the operations, O(volunteers + needs).
  PlanChange apply(const Operations& operations);

  /// The clock moves on. A pair begins at the earliest time in its slot that suits both.
  ///
  /// A pair of the plan that has begun by `now` is pinned for good. A pair outside the plan whose
  /// begin has come cannot be planned any more. A need is closed when nobody could begin with it
  /// after `now` and still end within a window and slot: it then asks for no more people than it
  /// has; the change names it. Needs without windows stay open. No pair of the plan changes.
  /// O(needs + pairs), and the offers of needs whose windows are open are read anew when they are
  /// asked for; a new market where rules or points of one's own take part. An ExplicitMarket has no
  /// times: nothing happens.
  /// @throws Error "clock_backwards" if now is before the clock.
  PlanChange advance(Instant now);
  /// The moment of the last advance(), or of MarketOptions::begin_after.
  std::optional<Instant> clock() const;

  /// Takes another market for the one at hand. What was pinned or declined stays so, as far as both
  /// are known and eligible there and the limits allow; a pinned pair that could not stay is among
  /// the dropped ones. The plan has the fewest changes among the best. Costs a cold solve.
  PlanChange update(Market market, const SolveOptions& options = {});

  /// The `count` volunteers with the most points for a need, with what each would cost the plan.
  /// Changes nothing. Where a need of the market has several lines, each choice is tried in a copy
  /// of the plan, O(volunteers + needs), and those for whom pins leave no room are left out.
  /// @throws Error "id_unknown".
  std::vector<Proposal> propose(std::string_view need, std::size_t count);

  /// The plan as it is now, with its proof. O(volunteers + needs).
  Plan plan() const;
  /// The market as it is now, people, needs, clock, declined pairs and limits included:
  /// verify(plan(), market()) holds. Costs as much as making a market once people, needs or the
  /// clock have changed, else O(volunteers + needs).
  Market market() const;
  /// The network of market(), without making the market. O(cells) once it has changed.
  Network network() const;
  /// All that the Dispatcher consists of, to be saved (jiedui/wire/snapshot.hpp). Not const: the
  /// Dispatcher itself goes on as one that is made from the data does, so that both choose alike
  /// among equally good plans. Plan and prices stay. Costs as much as
  /// making one from the data.
  /// @throws Error "market_explicit" for an ExplicitMarket.
  DispatcherData data();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
