#pragma once

#include <string>
#include <vector>

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui {

struct VerifyOptions {
  /// Look at every volunteer for every need, pair by pair, by the definitions of the rules alone.
  bool exhaustive = false;
  /// Threads to use, 1 to 64; the answer is the same for any number. The market's own rules and
  /// terms are called from all of them.
  int threads = 1;
  /// When stopped, the answer is not feasible and not optimal, with the finding "interrupted".
  Control control = {};
};

/// What verify found. Converts to true if the plan is feasible and proved optimal.
struct Verification {
  struct Finding {
    std::string code;   ///< as docs/errors.md lists them: "pair_not_eligible", …
    std::string place;  ///< ids of the volunteer and the need
    friend bool operator==(const Finding&, const Finding&) = default;
  };
  bool feasible = false;
  bool optimal = false;
  std::vector<Finding> findings;  ///< at most 100
  std::int64_t finding_count = 0;
  /// Pairs that were held against the prices: eligible ones one by one, or whole groups by a bound,
  /// in which not all are eligible.
  std::int64_t pairs_checked = 0;
  explicit operator bool() const { return feasible && optimal; }
};

/// Checks a plan against a market with code that the solver does not share: that every pair is
/// eligible, the pins are there and no limit is exceeded; that the prices prove the plan optimal
/// over every eligible pair, which it finds itself; that the step makes the tiers strict; and that
/// primal and dual totals are equal, in 128 bits. Of an interrupted plan it checks that it is
/// feasible and that its prices prove its bound; its findings are empty then, and `optimal` is
/// false.
///
/// The conditions, as docs/pairing-model.md derives them. P is the listed price of a volunteer, O
/// that of his organisation's total, c(i) the load cost of his i-th pair, less the least bonus if
/// it is among his least; he has U pairs, pins first, and room for k.
/// - Outside the plan weight ≤ P + slot prices + profit, inside ≥, and no other slot or line of the
///   same need is better for him.
/// - P ≤ O + c(U + 1) if U < k; P ≥ O + c(U) if not all U are pins.
/// - Slot prices, profits and O are ≥ 0, and 0 unless the slot is taken, the line full, the total
///   used up.
/// - Pairs that do not fit beside the pins are exempt.
///
/// O(pairs of the plan · log + needs · boxes that bounds leave open); with the user's own terms
/// O(eligible pairs), by road or exhaustive O(needs · volunteers).
/// @throws Error "overflow" for threads outside the range.
JIEDUI_API Verification verify(const Plan& plan, const Market& market,
                               const VerifyOptions& options = {});

}  // namespace jiedui
