#include "slot_price_steps.hpp"

#include <numeric>

namespace jiedui::solver {

bool SlotPriceSteps::step(const PlanDraft& draft, CrossPrices& prices) {
  std::map<Place, std::int64_t> pairs_in;
  for (const auto& [place, price] : prices.slots) pairs_in[place] = 0;
  for (const ChosenPair& pair : draft.pairs) {
    const SlotRun run = table_.run(pair.candidate.slot);
    for (std::uint32_t slot = run.first; slot < run.end; ++slot)
      ++pairs_in[{pair.candidate.volunteer, slot}];
  }
  bool has_changed = false;
  for (const auto& [place, pairs] : pairs_in) {
    if (pairs == 1) continue;
    Pace& pace = pace_.try_emplace(place, Pace{.step = first_step_}).first->second;
    std::int64_t& price = prices.slots[place];
    const std::int64_t next = pairs > 1 ? raised(pace, price) : lowered(pace, price);
    has_changed = has_changed || next != price;
    price = next;
    if (price == 0) prices.slots.erase(place);
  }
  return has_changed;
}

std::int64_t SlotPriceSteps::raised(Pace& pace, std::int64_t price) const {
  pace.low = price;
  pace.rests = 0;
  if (pace.high > price) {
    pace.step = 1;
    return price + (pace.high - price + 1) / 2;
  }
  pace.high = Pace::unknown;
  const std::int64_t next = std::min(price + pace.step, greatest_);
  pace.step = std::min(4 * pace.step, greatest_);
  return next;
}

std::int64_t SlotPriceSteps::lowered(Pace& pace, std::int64_t price) {
  pace.high = price;
  if (pace.low != Pace::unknown && pace.low < price) {
    pace.step = 1;
    if (price - pace.low > 1) return std::midpoint(pace.low, price);
    // Where both are one apart, the higher one tends to be the least that proves the plan.
    if (++pace.rests > rests_max) pace.low = Pace::unknown;
    return price;
  }
  pace.low = Pace::unknown;
  pace.rests = 0;
  const std::int64_t next = std::max<std::int64_t>(price - pace.step, 0);
  pace.step *= 4;
  return next;
}

}  // namespace jiedui::solver
