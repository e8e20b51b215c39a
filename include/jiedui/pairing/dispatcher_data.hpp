#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jiedui/pairing/market.hpp"

namespace jiedui {

/// What a Dispatcher consists of, but for the terms that its owner gives: the plain form that wire
/// saves and loads. Rows are those of the network.
struct DispatcherData {
  enum class Hold : std::uint8_t {
    free,    ///< may change with the plan
    pinned,  ///< stays
    begun,   ///< stays, and cannot be let go any more
  };
  struct Pair {
    std::uint32_t volunteer = 0;  ///< row
    std::uint32_t need = 0;       ///< row
    std::uint32_t slot = solver::Candidate::no_slot;
    std::int64_t points = 0;
    Hold hold = Hold::free;
    int128 price = 0;  ///< of the slot, if there is one
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  struct TermWeight {
    std::string term;
    std::int64_t weight = 1;
    friend bool operator==(const TermWeight&, const TermWeight&) = default;
  };

  Network network;
  /// The horizon, the clock (begin_after), zone, slots, travel, load_cost, totals of organisations
  /// (by id) and pairs_max. Nothing else is given.
  MarketOptions options;
  /// The terms that it was made with, by name: they must be given again.
  std::vector<std::string> rules;
  std::vector<TermWeight> points;
  bool is_by_road = false;

  std::vector<std::int32_t> capacity;  ///< of each volunteer, 0 to 10,000
  std::vector<std::int32_t> demand;    ///< of each need, 0 to 100,000
  /// Of each volunteer; empty where no market options asked for them.
  std::vector<std::int32_t> least, load_before;
  std::vector<Pair> pairs;         ///< by need, then volunteer
  std::vector<PairName> declined;  ///< by need, then volunteer; also of people who have left

  // The proof. Prices are multiples of the scale that the greatest demand asks for, and their last
  // level counts changes (docs/pairing-model.md).
  std::int32_t tiers = 1;
  int128 step = 1;
  int128 demand_max = 0;            ///< to which the demand in all may grow under this step
  std::vector<int128> price;        ///< of each volunteer
  std::vector<int128> profit;       ///< of each need
  std::vector<int128> total_price;  ///< of options.organisation_totals
};

/// What no file can hold of a Dispatcher: functions, and the roads.
struct DispatcherTerms {
  Rules rules = standard_rules();
  PointTerms points = standard_points();
  std::optional<RoadGraph> roads = {};
  /// Threads to use, 1 to 64; the answer is the same for any number.
  int threads = 1;
};

}  // namespace jiedui
