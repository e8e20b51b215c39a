#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "jiedui/base/quantity.hpp"

// Numbers only: the pairing problem without people. docs/pairing-model.md explains it.

namespace jiedui::solver {

/// One eligible way to fill one demand unit of a need.
struct Candidate {
  static constexpr std::uint32_t no_slot = 0xFFFF'FFFF;
  std::uint32_t volunteer = 0;
  std::uint32_t slot = no_slot;  ///< the stretch of time it takes, or no_slot; see SlotRun
  std::int64_t points = 0;       ///< −2^62 to 2^62
  friend constexpr bool operator==(const Candidate&, const Candidate&) = default;
};

struct ChosenPair {
  std::uint32_t need = 0;  ///< the line
  Candidate candidate;
  friend constexpr bool operator==(const ChosenPair&, const ChosenPair&) = default;
};

/// A line beside a volunteer.
struct LinePair {
  std::uint32_t line = 0;
  std::uint32_t volunteer = 0;
  friend constexpr auto operator<=>(const LinePair&, const LinePair&) = default;
};

/// The slots that a pair takes: `first` up to, not including, `end`.
///
/// Where pairs may take several slots in a row (CrossLimits::slots is not 0), those of a run are
/// named by one number: `first` + (slots taken − 1) · slots of the horizon, so that a number below
/// the slots of the horizon is a slot alone.
struct SlotRun {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  static constexpr std::uint32_t slots_max = 65'535;  ///< of the horizon
  /// Of the candidate's number; empty for no_slot.
  static constexpr SlotRun of(std::uint32_t slot, std::uint32_t slots) {
    if (slot == Candidate::no_slot) return {};
    return slots == 0 ? SlotRun{slot, slot + 1}
                      : SlotRun{slot % slots, slot % slots + slot / slots + 1};
  }
  constexpr std::uint32_t number(std::uint32_t slots) const {
    return first + (end - first - 1) * slots;
  }
  constexpr bool overlaps(SlotRun other) const { return first < other.end && other.first < end; }
  constexpr bool holds(SlotRun other) const { return first <= other.first && other.end <= end; }
  friend constexpr auto operator<=>(const SlotRun&, const SlotRun&) = default;
};

/// Limits that cross the nested families of the others, so that the problem is NP-hard or open: a
/// plan under them has a bound, and is proved best only where the bound is reached.
struct CrossLimits {
  /// Most pairs of volunteers at home in one organisation for lines that another one asks for.
  struct Lending {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::int32_t at_most = 0;
    friend constexpr bool operator==(const Lending&, const Lending&) = default;
  };
  /// The organisation of each volunteer and of each line, or no_organisation; numbers of their own,
  /// not those of Limits::organisation. Empty without lending limits.
  std::vector<std::uint32_t> home, asking;
  std::vector<Lending> lending;  ///< by from, then to; each couple once

  /// Pairs of an earlier plan that might be in this one, in order.
  std::vector<LinePair> before;
  /// All pairs of that plan, whether their people and lines are still there or not; up to 2^31 − 1.
  std::int64_t before_count = 0;
  /// Most of them that may be missing from this one; a pair that is met at another time is not.
  std::optional<std::int64_t> changes_at_most;

  /// The slots of the horizon, up to SlotRun::slots_max, where pairs may take several in a row: a
  /// volunteer then has at most one pair in each slot of every run. 0: each pair takes one slot.
  std::uint32_t slots = 0;

  /// How many of `before` a plan must have.
  std::int64_t kept_least() const {
    return changes_at_most ? std::max<std::int64_t>(0, before_count - *changes_at_most) : 0;
  }
  bool any() const { return !lending.empty() || kept_least() > 0 || slots > 0; }
};

/// Everything that limits a plan but the candidates themselves.
///
/// A need asks for `demand` different people; where it asks for several kinds of people it has
/// several lines. In these arrays a row is a line, and `need` says which lines belong together.
struct Limits {
  static constexpr std::uint32_t no_organisation = 0xFFFF'FFFF;
  static constexpr std::int32_t tiers_max = 16;
  static constexpr std::int64_t points_max = std::int64_t{1} << 62U;

  std::vector<std::int32_t> capacity;  ///< of each volunteer, ≥ 0
  std::vector<std::int32_t> demand;    ///< of each line, ≥ 0
  std::vector<std::int32_t> tier;      ///< of each line, 1 (most urgent) to tiers_max

  /// The need that each line is of: a volunteer serves a need at most once, on whatever line.
  /// Empty: each line is a need of its own. A volunteer may have at most one slot for a need of
  /// several lines.
  std::vector<std::uint32_t> need;
  /// Pairs that each volunteer is to have at least, ≤ capacity. Empty: none. Comes before all
  /// tiers.
  std::vector<std::int32_t> least;
  /// What a volunteer's first, second … pair costs in points, ≥ 0, never falling; further pairs
  /// cost as much as the last. Empty: nothing.
  std::vector<std::int64_t> load_cost;
  /// Pairs of each volunteer that count for the load already. Empty: none.
  std::vector<std::int32_t> load_before;
  /// The organisation of each volunteer, or no_organisation. Empty: none has one.
  std::vector<std::uint32_t> organisation;
  /// Pairs that the volunteers of each organisation may have in all, ≥ 0.
  std::vector<std::int32_t> organisation_total;
  /// Pairs that are in every plan. They count against all limits, and they need not be candidates.
  std::vector<ChosenPair> pinned;
  CrossLimits cross;

  std::size_t volunteers() const { return capacity.size(); }
  std::size_t needs() const { return demand.size(); }  ///< lines, in fact
  std::uint32_t need_of(std::size_t line) const {
    return need.empty() ? static_cast<std::uint32_t>(line) : need[line];
  }
  /// What the pair of a volunteer costs that is his `number`-th in the plan, from 1.
  std::int64_t cost_of(std::size_t volunteer, std::int32_t number) const {
    if (load_cost.empty()) return 0;
    const auto place = static_cast<std::size_t>(number - 1) +
                       (load_before.empty() ? 0 : static_cast<std::size_t>(load_before[volunteer]));
    return load_cost[std::min(place, load_cost.size() - 1)];
  }
};

/// A b-matching with slots: choose candidates so that
/// - a volunteer has at most `capacity` of them in all, and at most one in each slot,
/// - the volunteers of an organisation have at most its total,
/// - a line has at most `demand` of them, and a need each volunteer at most once.
///
/// The goals in order: the least pairs of volunteers met, filled units of tier 1, of tier 2, …,
/// then the sum of points less the cost of load.
struct Instance : Limits {
  std::vector<std::uint64_t> first;  ///< candidates of line n: first[n] up to first[n + 1]
  std::vector<Candidate> candidates;

  std::span<const Candidate> candidates_of(std::size_t line) const {
    return std::span(candidates).subspan(first[line], first[line + 1] - first[line]);
  }
};

/// The weight of a pair: tier bonus + points, the bonus of tier t being (tiers + 1 − t) · step.
///
/// `step` exceeds the difference in points between any two whole plans, so that one unit of a more
/// urgent tier outweighs all points. As the sets of units that can be filled are the independent
/// sets of a gammoid, bonuses that merely fall with the tier already give the lexicographic optimum
/// (docs/pairing-model.md). Under CrossLimits that does not hold: each bonus there outweighs all
/// units of less urgent tiers together, and is listed.
struct Weights {
  std::int32_t tiers = 1;
  int128 step = 1;
  /// Of a least pair, then of tier 1, 2, … Empty: as above.
  std::vector<int128> bonuses = {};
  int128 bonus(std::int32_t tier) const {
    return bonuses.empty() ? (tiers + 1 - tier) * step : bonuses[static_cast<std::size_t>(tier)];
  }
  /// For each of the least pairs of a volunteer, beside the bonus of the tier.
  int128 least_bonus() const { return bonuses.empty() ? (tiers + 1) * step : bonuses[0]; }
};

struct SlotPrice {
  std::uint32_t volunteer = 0;
  std::uint32_t slot = 0;
  int128 price = 0;
};

enum class Status : std::uint8_t {
  optimal,
  interrupted,  ///< stopped early; completed greedily, with a bound
  bounded,      ///< within all limits; under CrossLimits, the bound was not reached
};

struct Statistics {
  std::int64_t candidates = 0;   ///< read from the market, of all that are eligible
  std::int64_t relaxations = 0;  ///< candidates looked at
  std::int64_t scans = 0;        ///< needs scanned
  std::int64_t paths = 0;        ///< shortest paths found
  double build_seconds = 0;
  double solve_seconds = 0;
};

struct Solution {
  Status status = Status::optimal;
  std::vector<ChosenPair> pairs;  ///< by need, then volunteer
  Weights weights;
  std::vector<int128> price;  ///< of each volunteer; negative only while he has less than `least`
  /// The positive ones, by volunteer, then slot. A pair pays for each slot that it takes.
  std::vector<SlotPrice> slot_price;
  std::vector<int128> organisation_price;  ///< of each organisation's total, ≥ 0
  std::vector<int128> profit;              ///< of each line, ≥ 0
  std::vector<int128> lending_price;       ///< of each lending limit, ≥ 0
  int128 change_price = 0;                 ///< what a pair of the plan before brings more, ≥ 0
  int128 value = 0;                        ///< weight of the pairs
  int128 bound = 0;                        ///< no plan weighs more; equal to value when optimal
  Statistics statistics;
};

/// How far a solve is. `value` and `bound` are weights.
struct Progress {
  double fraction = 0;
  int128 value = 0;  ///< of the pairs so far
  int128 bound = 0;  ///< no plan weighs more; never rises from call to call
};

struct Options {
  /// Threads to use, 1 to 64; the answer is the same for any number.
  int threads = 1;
  std::stop_token stop;
  /// Called on the solving thread at the beginning, then at most every 50 ms.
  std::function<void(const Progress&)> progress;
};

/// The weights that make tiers strict for this problem.
JIEDUI_API Weights strict_weights(const Instance& instance);

/// Checks lengths, indexes and ranges, that no candidate is there twice, and that the pins keep the
/// limits. O(candidates · log).
/// @throws Error "array_length", "index_out_of_range", "capacity_out_of_range",
///   "demand_out_of_range", "tier_out_of_range", "points_out_of_range", "option_invalid" (least,
///   load, totals, cross limits), "pair_double", "lines_with_slots", "pin_infeasible" or
///   "too_many_pairs".
JIEDUI_API void check(const Instance& instance);

/// Solves to proven optimality, or, when stopped, completes greedily and gives a bound.
///
/// Successive shortest paths with prices: Jonker, Volgenant (1987), Computing 38, generalised to
/// capacities, optional service and slots. O(units · E log V) at worst; a search ends at the first
/// free volunteer, so that roomy problems take little more than one look at each candidate.
/// Deterministic; needs no order of the candidates. Under CrossLimits, some dozens of such solves
/// under prices for these limits; the answer is a plan with a bound.
/// @param instance one that check() accepts.
/// @throws Error "points_out_of_range" where the weights would not fit 128 bits, or under
///   CrossLimits 57; "changes_infeasible" where no plan was found that keeps enough.
JIEDUI_API Solution solve(const Instance& instance, const Options& options = {});

}  // namespace jiedui::solver
