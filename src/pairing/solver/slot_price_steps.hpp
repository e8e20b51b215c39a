#pragma once

#include "plan_draft.hpp"
#include "priced_source.hpp"

// Private to the room: prices for the slots of each volunteer, where pairs may take several.

namespace jiedui::solver {

/// Raises the price of a slot that several pairs of a volunteer take in the relaxed plan, and
/// lowers one that nobody pays, all at once: in growing steps until it lies between a price that is
/// too low and one that is too high, then by halves. Prices reach points and bonuses of tiers alike
/// within some dozens of plans, and depend on little beside their own volunteer. What the others do
/// may make the ends stale; one that is reached again is forgotten.
class SlotPriceSteps {
 public:
  /// @param first_step ≥ 1.
  SlotPriceSteps(const CrossTable& table, std::int64_t first_step, std::int64_t greatest)
      : table_(table), first_step_(first_step), greatest_(greatest) {}
  /// Changes the prices at which the draft is the relaxed plan. False if none is to be changed: no
  /// slot is taken twice, and each that has a price is taken.
  bool step(const PlanDraft& draft, CrossPrices& prices);

 private:
  using Place = std::pair<std::uint32_t, std::uint32_t>;  // volunteer, slot
  struct Pace {
    static constexpr std::int64_t unknown = -1;
    std::int64_t low = unknown, high = unknown;
    std::int64_t step = 1;
    int rests = 0;  // plans in a row at the least price that is too high
  };
  static constexpr int rests_max = 2;
  std::int64_t raised(Pace& pace, std::int64_t price) const;
  static std::int64_t lowered(Pace& pace, std::int64_t price);

  const CrossTable& table_;
  std::int64_t first_step_, greatest_;
  std::map<Place, Pace> pace_;
};

}  // namespace jiedui::solver
