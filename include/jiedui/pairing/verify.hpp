#pragma once

#include <string>
#include <vector>

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui {

struct VerifyOptions {
  /// Look at every volunteer for every need instead of those with the item's skill only.
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
    std::string code;   ///< "pair_not_eligible", "capacity_exceeded", "weight_above_price", …
    std::string place;  ///< ids of the volunteer and the need
    friend bool operator==(const Finding&, const Finding&) = default;
  };
  bool feasible = false;
  bool optimal = false;
  std::vector<Finding> findings;  ///< at most 100
  std::int64_t finding_count = 0;
  std::int64_t pairs_checked = 0;  ///< eligible candidates against which the prices were held
  explicit operator bool() const { return feasible && optimal; }
};

/// Checks a plan against a market with code that the solver does not share: that every pair is
/// eligible and no limit is exceeded; that the prices prove the plan optimal over every eligible
/// pair, which it enumerates itself; that the step makes the tiers strict; and that primal and dual
/// totals are equal, in 128 bits. O(needs · volunteers with
/// the skill · log demand).
JIEDUI_API Verification verify(const Plan& plan, const Market& market,
                               const VerifyOptions& options = {});

}  // namespace jiedui
