#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "jiedui/base/control.hpp"
#include "jiedui/base/export.hpp"

namespace jiedui {

/// One participant could meet the wish of another.
struct HelpOffer {
  std::string helper;       ///< external id
  std::string helped;       ///< external id, of another participant
  std::int64_t weight = 1;  ///< 1 to 1,000,000: what meeting it is worth; 1 each counts wishes met
  friend bool operator==(const HelpOffer&, const HelpOffer&) = default;
};

/// Two or three participants of whom each helps the next and the last the first.
struct ExchangeCycle {
  std::vector<std::string> participants;  ///< from the one whose id sorts first
  std::int64_t weight = 0;                ///< of its offers together
  friend bool operator==(const ExchangeCycle&, const ExchangeCycle&) = default;
};

/// What a participant's place in a cycle is worth at most, in parts of `exchange_price_scale`.
struct ExchangePrice {
  std::string participant;
  std::int64_t price = 0;  ///< at least 0
  friend bool operator==(const ExchangePrice&, const ExchangePrice&) = default;
};
/// What a cycle that holds two or three participants of an odd set pays beside. Of so many
/// participants at most half, rounded down, such cycles can be in one plan.
struct ExchangeSetPrice {
  std::vector<std::string> participants;  ///< rising; three, five or seven of them
  std::int64_t price = 0;                 ///< more than 0
  friend bool operator==(const ExchangeSetPrice&, const ExchangeSetPrice&) = default;
};
/// Prices are whole parts of one unit of weight.
inline constexpr std::int64_t exchange_price_scale = 65'536;

/// Disjoint cycles, and how far they can be from the best there are.
struct ExchangePlan {
  std::vector<ExchangeCycle> cycles;  ///< by their first participant; no participant twice
  std::int64_t value = 0;             ///< weight of the cycles together
  std::int64_t bound = 0;             ///< no plan is worth more; from prices and search
  /// A witness that anyone can check without a search: each possible cycle weighs at most the
  /// prices of its participants and of the sets that hold two of them. So no plan weighs more than
  /// all prices of participants, and those of sets times half their size, rounded down, together.
  /// Prices of 0 are left out.
  std::vector<ExchangePrice> prices;
  std::vector<ExchangeSetPrice> set_prices;
  std::int64_t price_bound = 0;  ///< that sum, rounded down; at least `bound`
  std::int64_t possible = 0;     ///< cycles of two and three that there are
  std::int64_t steps = 0;        ///< nodes of the search; 0 where prices were enough
  bool stopped = false;          ///< before the search was over: `gap` may be above 0

  /// How much better a plan could be at most; 0: this one is proved best.
  std::int64_t gap() const { return bound - value; }
  friend bool operator==(const ExchangePlan&, const ExchangePlan&) = default;
};

struct ExchangeOptions {
  std::int64_t steps_max = 20'000;  ///< nodes of the search, at least 1
  Control control = {};             ///< stopped, the best plan so far is given
};

/// Chooses cycles of two and three, each participant in one at most, of the greatest weight.
///
/// The cycle formulation of kidney exchange (Roth, Sönmez & Ünver, American Economic Review 97
/// (2007) 828; Abraham, Blum & Sandholm, EC 2007), which is NP-hard with cycles of three. Each part
/// of the market that shares no participant is relaxed, tightened by rows of odd sets (Edmonds
/// 1965) and searched by COIN-OR Cbc (EPL 2.0). What Cbc reckons in floating point decides nothing
/// but the choice: value, prices and `price_bound` are whole numbers. Where several plans are best,
/// which one is given may differ between builds of Cbc; not with the order of the offers.
/// In a build without Cbc (JIEDUI_CBC=OFF) cycles are taken greedily, and the gap tells how far off
/// they may be.
///
/// O(o·d) to list the cycles of o offers, d the most of one helper; then the search, which can take
/// exponential time: see `steps_max`.
/// @throws InputError "offer_to_self", "offer_duplicate", "number_out_of_range" (weight),
/// "id_missing"; Error "cycles_too_many" above 5,000,000, "option_invalid".
JIEDUI_API ExchangePlan plan_exchanges(std::span<const HelpOffer> offers,
                                       const ExchangeOptions& options = {});

/// Checks a plan against the offers with code of its own: cycles of offers that exist, disjoint,
/// their weights and value; prices that cover every possible cycle, their sum, and value ≤ bound ≤
/// that sum. It cannot see whether a `bound` below `price_bound` is right: that took the search.
/// O(o·d·s), s the sets of a participant.
/// @return what is wrong, in words without ids; empty if nothing is.
JIEDUI_API std::vector<std::string> check_exchanges(std::span<const HelpOffer> offers,
                                                    const ExchangePlan& plan);

}  // namespace jiedui
