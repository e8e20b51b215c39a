#pragma once

#include <cstdint>
#include <functional>
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
  std::uint32_t slot = no_slot;  ///< the stretch of time it takes, or no_slot
  std::int64_t points = 0;       ///< −2^62 to 2^62
  friend constexpr bool operator==(const Candidate&, const Candidate&) = default;
};

/// A b-matching with slots: choose candidates so that
/// - a volunteer has at most `capacity` of them in all, and at most one in each slot,
/// - a need has at most `demand` of them, and each volunteer at most once.
///
/// The goals in order: filled units of tier 1, of tier 2, …, then the sum of points.
struct Instance {
  std::vector<std::int32_t> capacity;  ///< of each volunteer, ≥ 0
  std::vector<std::int32_t> demand;    ///< of each need, ≥ 0
  std::vector<std::int32_t> tier;      ///< of each need, 1 (most urgent) to tiers_max
  std::vector<std::uint64_t> first;    ///< candidates of need n: first[n] up to first[n + 1]
  std::vector<Candidate> candidates;

  static constexpr std::int32_t tiers_max = 16;
  static constexpr std::int64_t points_max = std::int64_t{1} << 62U;

  std::size_t volunteers() const { return capacity.size(); }
  std::size_t needs() const { return demand.size(); }
  std::span<const Candidate> candidates_of(std::size_t need) const {
    return std::span(candidates).subspan(first[need], first[need + 1] - first[need]);
  }
};

/// The weight of a pair: tier bonus + points, the bonus of tier t being (tiers + 1 − t) · step.
///
/// `step` exceeds the difference in points between any two whole plans, so that one unit of a more
/// urgent tier outweighs all points. As the sets of units that can be filled are the independent
/// sets of a gammoid, bonuses that merely fall with the tier already give the lexicographic optimum
/// (docs/pairing-model.md).
struct Weights {
  std::int32_t tiers = 1;
  int128 step = 1;
  int128 bonus(std::int32_t tier) const { return (tiers + 1 - tier) * step; }
};

struct ChosenPair {
  std::uint32_t need = 0;
  Candidate candidate;
  friend constexpr bool operator==(const ChosenPair&, const ChosenPair&) = default;
};

struct SlotPrice {
  std::uint32_t volunteer = 0;
  std::uint32_t slot = 0;
  int128 price = 0;
};

enum class Status : std::uint8_t {
  optimal,
  interrupted,  ///< stopped early; completed greedily, with a bound
};

struct Statistics {
  std::int64_t candidates = 0;   ///< eligible candidates in the instance
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
  std::vector<int128> price;          ///< of each volunteer, ≥ 0
  std::vector<SlotPrice> slot_price;  ///< the positive ones, by volunteer, then slot
  std::vector<int128> profit;         ///< of each need, ≥ 0
  int128 value = 0;                   ///< weight of the pairs
  int128 bound = 0;                   ///< no plan weighs more; equal to value when optimal
  Statistics statistics;
};

/// How far a solve is. `value` and `bound` are weights.
struct Progress {
  double fraction = 0;
  int128 value = 0;
};

struct Options {
  std::stop_token stop;
  /// Called on the solving thread at most every 50 ms.
  std::function<void(const Progress&)> progress;
};

/// The weights that make tiers strict for this problem.
JIEDUI_API Weights strict_weights(const Instance& instance);

/// Checks lengths, indexes and ranges, and that no candidate is there twice. O(candidates · log).
/// @throws Error "array_length", "index_out_of_range", "capacity_out_of_range",
///   "demand_out_of_range", "tier_out_of_range", "points_out_of_range", "pair_double" or
///   "too_many_pairs".
JIEDUI_API void check(const Instance& instance);

/// Solves to proven optimality, or, when stopped, completes greedily and gives a bound.
///
/// Successive shortest paths with prices: Jonker, Volgenant (1987), Computing 38, generalised to
/// capacities, optional service and slots. O(units · E log V) at worst; a search ends at the first
/// free volunteer, so that roomy problems take little more than one look at each candidate.
/// Deterministic; needs no order of the candidates.
/// @param instance one that check() accepts.
/// @throws Error "points_out_of_range" where the weights would not fit 128 bits.
JIEDUI_API Solution solve(const Instance& instance, const Options& options = {});

}  // namespace jiedui::solver
