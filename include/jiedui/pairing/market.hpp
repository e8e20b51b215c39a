#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/control.hpp"
#include "jiedui/network/network.hpp"
#include "jiedui/network/roads.hpp"
#include "jiedui/network/window.hpp"
#include "jiedui/pairing/plan.hpp"
#include "jiedui/pairing/rules.hpp"
#include "jiedui/pairing/solver/instance.hpp"

namespace jiedui {

/// How fast one gets about in a straight line, all detours counted.
struct TravelSpeed {
  std::int32_t metres_per_hour = 5'000;  ///< 100 to 1,000,000
  std::int32_t start_seconds = 0;        ///< to set out and to park; 0 to 86,400
};

/// A volunteer and a need (or a line of one), by external id.
struct PairName {
  std::string volunteer;
  std::string need;
  friend bool operator==(const PairName&, const PairName&) = default;
};
/// A number of pairs of one volunteer.
struct VolunteerPairs {
  std::string volunteer;
  std::int32_t pairs = 1;
};
/// A number of pairs of all volunteers of one organisation.
struct OrganisationPairs {
  std::string organisation;
  std::int32_t pairs = 0;
};

/// A number of pairs of volunteers of one organisation for needs of another one's activities.
struct LentPairs {
  std::string from;  ///< the volunteers' organisation
  std::string to;    ///< that of the activity which the need is part of
  std::int32_t pairs = 0;
};

struct MarketOptions {
  /// First local day of the planning horizon; by default the first day on which a need has a dated
  /// window (all of them must lie within 31 days), else the latest registration of a volunteer.
  std::optional<Date> from;
  /// Length of the horizon, 1 to 366; by default up to the last dated window of a need, at most 31,
  /// or 7 where no window is dated.
  std::optional<int> days;
  /// Only pairs that begin after this moment: a pair begins at the earliest time in its slot that
  /// suits both. By default all times of the horizon. Pinned pairs, and pairs without a time, stay.
  std::optional<Instant> begin_after;
  /// Zone of all windows.
  std::string zone = "Asia/Shanghai";
  /// Where each day is cut into slots, in seconds of local time, rising: a volunteer has at most
  /// one pair in a slot, so that no two of his can overlap.
  std::vector<std::int32_t> slot_cuts = {12 * 3600, 18 * 3600};
  /// Whether a pair may take several slots in a row, and with them a time across a cut, where no
  /// slot alone suits both. It then takes all slots that its time touches (slots_taken()); the
  /// horizon has at most solver::SlotRun::slots_max. That crosses the other limits, as lending
  /// below does.
  bool span_slots = false;
  /// By TravelMode: walk, cycle, ebike, transit, car. Minutes of reach turn into metres by them.
  std::array<TravelSpeed, 5> travel = {
      {{5'000, 0}, {13'000, 60}, {18'000, 60}, {18'000, 420}, {30'000, 180}}};
  /// Ways by road instead: from the volunteer in a straight line to the nearest node, along edges
  /// to the node nearest to the need, and in a straight line to it, at the mode's speed where the
  /// line is straight; TravelSpeed::start_seconds come on top. Minutes of reach and the term
  /// nearness go by these seconds; metres of reach stay straight. All eligible pairs are then
  /// listed when the market is made, 32 bytes each, and at most pairs_max of them.
  std::optional<RoadGraph> roads;
  /// Pairs are found where they are asked for and not listed, except where a term of one's own has
  /// no declared bounds, with roads, and by Market::instance(). More candidates than this are then
  /// refused with Error "too_many_pairs".
  std::int64_t pairs_max = 50'000'000;
  /// Pairs that every plan has. Each must be eligible, and all together within the limits; the pins
  /// of a volunteer take slots that suit them all.
  std::vector<PairName> pinned;
  /// Pairs that no plan has.
  std::vector<PairName> forbidden;
  /// Pins each need of a beneficiary to volunteers with a bond to him, as far as they are eligible
  /// and the limits allow, in the order of needs, then of volunteers.
  bool pin_bonds = false;
  /// Pairs that a volunteer is to have at least: "each new volunteer gets one". They come before
  /// all tiers; where they cannot all be met, the plan meets the most and names the others.
  std::vector<VolunteerPairs> least;
  /// What a volunteer's first, second … pair costs in points, never falling; further pairs cost as
  /// much as the last. A growing cost spreads the load. 0 to 10^9 each.
  std::vector<std::int64_t> load_cost;
  /// Pairs that count for a volunteer's load already, from before the horizon.
  std::vector<VolunteerPairs> load_before;
  /// Most pairs that the volunteers of an organisation may have in all. It counts those whose
  /// organisation it is, not those of organisations below it.
  std::vector<OrganisationPairs> organisation_totals;
  /// Most pairs that one organisation may lend another. These limits, the next one and span_slots
  /// cross the others: a plan under them has a bound, and is proved best only if its gap is 0. A
  /// Dispatcher does not take them.
  std::vector<LentPairs> lending;
  /// An earlier plan, and the most of its pairs that may be missing from the next one. A pair that
  /// is met at another time is not missing; one whose volunteer or need is gone, or that may not be
  /// paired any more, is.
  std::optional<Plan> before;
  std::optional<std::int64_t> changes_at_most;
  /// Threads to use, 1 to 64; the answer is the same for any number.
  int threads = 1;
  /// Watches the search for eligible pairs; when stopped, the market throws Error "interrupted".
  Control control = {};
};

/// One reason why a volunteer may not serve a need.
struct Reason {
  std::string code;  ///< "skill", "reach", … or the code of one's own rule
  std::string text;  ///< in plain words, without names
  friend bool operator==(const Reason&, const Reason&) = default;
};

/// A stretch of time of the horizon, in seconds since 1970-01-01T00:00Z.
using Slot = Interval;

/// Everybody who may help anybody, and how good each pair would be.
///
/// Frozen. Pairs come from a network with rules and points, or from arrays (ExplicitMarket). Copies
/// are cheap and share the data; threads may read at once.
class JIEDUI_API Market {
 public:
  /// @throws Error "horizon_unknown" if dates matter and none is given; "horizon_too_wide";
  /// "zone_unknown";
  ///   "slot_cuts_invalid"; "days_out_of_range"; "too_many_pairs"; "interrupted"; "overflow"
  ///   (threads, travel); "roads_invalid"; of the options that limit plans: "id_unknown";
  ///   "option_invalid"; "pin_not_eligible"; "pin_infeasible"; "pin_forbidden"; "lines_with_slots";
  ///   "teams_not_paired".
  explicit Market(Network network, Rules rules = standard_rules(),
                  PointTerms points = standard_points(), MarketOptions options = {});

  std::size_t volunteer_count() const;
  std::size_t need_count() const;
  std::string volunteer_id(VolunteerIndex volunteer) const;
  std::string need_id(NeedIndex need) const;
  /// Of the organisation with that number in limits().
  std::string organisation_id(std::uint32_t organisation) const;
  /// @throws Error "id_unknown".
  VolunteerIndex volunteer_index(std::string_view id) const;
  NeedIndex need_index(std::string_view id) const;
  /// The same without an error: empty where the id is unknown.
  std::optional<VolunteerIndex> find_volunteer(std::string_view id) const;
  std::optional<NeedIndex> find_need(std::string_view id) const;

  /// How many candidates are eligible; a pair that fits several slots counts once. Looks at them
  /// all, on MarketOptions::threads.
  std::int64_t pair_count() const;
  /// Least and most points that a candidate may have: bounds, by the definition of the terms.
  std::pair<std::int64_t, std::int64_t> points_range() const;
  /// The capacities, demands and other limits, by index.
  const solver::Limits& limits() const;
  /// The best `count` candidates of a need: by points falling, then by volunteer, then by slot;
  /// those of one volunteer together.
  std::vector<solver::Candidate> best(NeedIndex need, std::size_t count) const;
  /// All needs that a volunteer may serve, by need, then by slot.
  std::vector<solver::ChosenPair> requests(VolunteerIndex volunteer) const;
  /// The whole problem in numbers, every pair listed. @throws Error "too_many_pairs".
  solver::Instance instance() const;

  /// Every rule that keeps the two apart; empty if they may be paired. O(rules).
  std::vector<Reason> reasons_against(VolunteerIndex volunteer, NeedIndex need) const;
  /// All ways in which the two may be paired, one for each slot; empty if they may not.
  ///
  /// Works from the network and the definitions of the rules alone, not from the index by which the
  /// market found its candidates: verify relies on that.
  std::vector<solver::Candidate> candidates(VolunteerIndex volunteer, NeedIndex need) const;
  /// The same for many volunteers beside one need, in the order given.
  std::vector<solver::Candidate> candidates(std::span<const VolunteerIndex> volunteers,
                                            NeedIndex need) const;

  /// Needs that no slot holds: their duration fits no window within one slot of the horizon, or,
  /// with MarketOptions::span_slots, no window of the horizon.
  std::vector<NeedIndex> needs_without_slot() const;
  /// Straight-line distance, if both positions are known.
  std::optional<Metres> metres(VolunteerIndex volunteer, NeedIndex need) const;
  /// The earliest stretch of the need's duration within the slot that suits both; for a run of
  /// slots (solver::SlotRun), that begins in the first and ends in the last.
  std::optional<std::pair<Instant, Instant>> time_of(VolunteerIndex volunteer, NeedIndex need,
                                                     std::uint32_t slot) const;

  const std::vector<Slot>& slots() const;
  /// The slots that a pair takes, by the number of its slot: one, a run of them with
  /// MarketOptions::span_slots, or none for solver::Candidate::no_slot.
  solver::SlotRun slots_taken(std::uint32_t slot) const;
  /// The network behind the market; the empty one for an ExplicitMarket.
  const Network& network() const;
  /// First and last local day of the planning horizon.
  Date from() const;
  Date until() const;
  /// Whether only volunteers with the item's skill can be eligible.
  bool needs_skill() const;
  /// True for an ExplicitMarket.
  bool is_explicit() const;

 protected:
  struct State;
  explicit Market(std::shared_ptr<const State> state);

 private:
  friend struct MarketAccess;
  std::shared_ptr<const State> state_;
};

/// The columns of an ExplicitMarket: one entry for each eligible pair.
struct PairColumns {
  std::vector<std::uint32_t> volunteer;  ///< index, 0 to volunteers − 1
  std::vector<std::uint32_t> need;       ///< index, 0 to needs − 1
  std::vector<std::int64_t> points;      ///< −2^62 to 2^62
  /// Slot number of each pair, solver::Candidate::no_slot for none; empty: no pair has a slot.
  std::vector<std::uint32_t> slot;
};

/// A market of pairs that are given as arrays, for those who have their own rules and points.
class JIEDUI_API ExplicitMarket : public Market {
 public:
  /// @param capacity pairs that each volunteer can take, ≥ 0.
  /// @param demand people that each need asks for, ≥ 0.
  /// @param tier 1 (most urgent) to 16 for each need; empty: all 1.
  /// @param volunteer_ids,need_ids external ids; empty: the indexes in decimal.
  /// @throws Error "array_length", "index_out_of_range", "pair_double" and the others of
  ///   solver::solve.
  ExplicitMarket(PairColumns pairs, std::vector<std::int32_t> capacity,
                 std::vector<std::int32_t> demand, std::vector<std::int32_t> tier = {},
                 std::vector<std::string> volunteer_ids = {},
                 std::vector<std::string> need_ids = {});
  /// A market with every limit there is; organisations are named by their indexes in decimal.
  static ExplicitMarket of(solver::Instance instance, std::vector<std::string> volunteer_ids = {},
                           std::vector<std::string> need_ids = {});

 private:
  explicit ExplicitMarket(std::shared_ptr<const State> state);
};

}  // namespace jiedui
