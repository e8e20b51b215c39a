#include <algorithm>
#include <map>

#include "verify_input.hpp"

namespace jiedui::verification {

int128 Input::slot_price(std::uint32_t v, std::uint32_t number) const {
  if (number == no_slot || has_slot_price_[v] == 0) return 0;
  const auto [begin, end] = slots_of(number);
  int128 sum = 0;
  for (auto price = std::lower_bound(
           slot_prices_.begin(), slot_prices_.end(), std::pair(v, begin),
           [](const SlotPrice&a, const auto&key) { return std::pair(a.volunteer, a.slot) < key; });
       price != slot_prices_.end() && price->volunteer == v && price->slot < end; ++price)
    sum += price->price;
  return sum;
}

bool Input::is_open(std::uint32_t v) const {
  const std::uint32_t o = organisation_of(v);
  return pinned_[v] < limits.capacity[v] &&
         (o == nobody || pinned_total_[o] < limits.organisation_total[o]);
}

bool Input::is_open(std::uint32_t v, std::uint32_t line, std::uint32_t slot) const {
  if (!is_open(v) || !is_line_open(line)) return false;
  if (pinned_[v] == 0) return true;
  const auto [begin, end] = slots_of(slot);
  const auto taken =
      std::lower_bound(pinned_slots_.begin(), pinned_slots_.end(), std::pair(v, begin));
  return (taken == pinned_slots_.end() || *taken >= std::pair(v, end)) &&
         !std::binary_search(pinned_needs_.begin(), pinned_needs_.end(),
                             std::pair(v, limits.need_of(line)));
}

std::int32_t Input::useful_capacity(std::uint32_t v) const {
  const auto needs = static_cast<std::int64_t>(need_first.size()) - 1;
  return static_cast<std::int32_t>(std::min<std::int64_t>(limits.capacity[v], needs));
}

int128 Input::units() const {
  int128 by_volunteers = 0;
  int128 by_needs = 0;
  for (std::uint32_t v = 0; v < volunteers(); ++v) by_volunteers += useful_capacity(v);
  for (const std::int32_t demand : limits.demand)
    by_needs += std::min<std::int64_t>(demand, volunteers());
  return std::min(by_volunteers, by_needs);
}

std::int64_t Input::greatest_load_cost() const {
  std::int64_t greatest = 0;
  if (limits.load_cost.empty()) return greatest;
  for (std::uint32_t v = 0; v < volunteers(); ++v)
    if (useful_capacity(v) > 0)
      greatest = std::max(greatest, limits.cost_of(v, useful_capacity(v)));
  return greatest;
}

bool Input::numbers_are_sane() const {
  int128 terms = 1 + static_cast<int128>(plan.pairs.size() + plan.proof.prices.size());
  for (std::uint32_t v = 0; v < volunteers(); ++v) terms += useful_capacity(v);
  for (const std::int32_t demand : limits.demand)
    terms += std::min<std::int64_t>(demand, volunteers());
  for (const int128 total : useful_total_) terms += total;
  for (const auto& lending : limits.cross.lending) terms += lending.at_most;
  terms += limits.cross.kept_least();
  // A term is at most a weight, a cost, two prices and a profit, each up to `most`.
  const int128 most = (int128{1} << 122U) / terms / 8;
  const auto sane = [&](int128 number) { return -most <= number && number <= most; };
  const OptimalityProof& proof = plan.proof;
  return proof.tiers >= 1 && proof.tiers <= solver::Limits::tiers_max && proof.step >= 1 &&
         proof.step <= most / (proof.tiers + 2) && std::all_of(price.begin(), price.end(), sane) &&
         std::all_of(profit.begin(), profit.end(), sane) && cross_numbers_are_sane(most) &&
         std::all_of(organisation_price.begin(), organisation_price.end(), sane) &&
         std::all_of(slot_prices_.begin(), slot_prices_.end(),
                     [&](const SlotPrice& slot) { return sane(slot.price); });
}

bool Input::fits_64_bits() const {
  constexpr int128 most = int128{1} << 60U;
  const auto fits = [&](int128 number) { return -most < number && number < most; };
  return fits((plan.proof.tiers + 1) * plan.proof.step) &&
         std::all_of(plan.proof.bonuses.begin(), plan.proof.bonuses.end(), fits) &&
         std::all_of(price.begin(), price.end(), fits) &&
         std::all_of(profit.begin(), profit.end(), fits);
}

void Input::check_prices(Findings& findings, int128& value, int128& bound) const {
  check_volunteer_prices(findings, value, bound);
  check_slot_prices(findings, bound);
  for (std::uint32_t line = 0; line < lines(); ++line) {
    const auto filled = static_cast<std::int64_t>(chosen_of(line).size());
    const std::int64_t demand = std::min<std::int64_t>(limits.demand[line], volunteers());
    if (is_optimal() && profit[line] > 0 && filled < demand)
      findings.add_next("profit_without_full_need", "", line);
    bound += profit[line] * std::max<std::int64_t>(0, demand - pinned_line_[line]);
  }
  for (const solver::ChosenPair& pin : limits.pinned)
    bound += weight(pin.need, pin.candidate.points);
  add_cross_bound(bound);
  const bool any_price = std::any_of(organisation_price.begin(), organisation_price.end(),
                                     [](int128 total) { return total > 0; });
  if (!any_price) return;
  const std::vector<std::string> ids = organisation_ids();
  for (std::uint32_t o = 0; o < organisation_price.size(); ++o) {
    if (is_optimal() && organisation_price[o] > 0 && used_total_[o] < useful_total(o))
      findings.add_next("total_price_without_full_total", "organisation " + ids[o]);
    bound += organisation_price[o] * std::max<int128>(0, useful_total(o) - pinned_total_[o]);
  }
}

void Input::check_volunteer_prices(Findings& findings, int128& value, int128& bound) const {
  for (std::uint32_t v = 0; v < volunteers(); ++v) {
    const int128 own = price[v] - total_price(v);
    if (is_optimal() && used_[v] < useful_capacity(v) && is_open(v) &&
        own > unit_cost(v, used_[v] + 1))
      findings.add_next("price_without_full_volunteer", "", nobody, v);
    if (is_optimal() && used_[v] > pinned_[v] && own < unit_cost(v, used_[v]))
      findings.add_next("price_below_last_cost", "", nobody, v);
    for (std::int32_t i = 1; i <= used_[v]; ++i) value -= unit_cost(v, i);
    for (std::int32_t i = 1; i <= pinned_[v]; ++i) bound -= unit_cost(v, i);
    if (!is_open(v)) continue;
    // Costs never fall, so that the first unit that is not worth its cost ends the sum; behind the
    // last step of the cost all are alike.
    const auto changes = static_cast<std::int64_t>(limits.load_cost.size());
    const std::int32_t last = useful_capacity(v);
    for (std::int32_t i = pinned_[v] + 1; i <= last; ++i) {
      const int128 worth = own - unit_cost(v, i);
      if (worth <= 0) break;
      if (i > least(v) && i >= changes) {
        bound += worth * (last - i + 1);
        break;
      }
      bound += worth;
    }
  }
}

void Input::check_slot_prices(Findings& findings, int128& bound) const {
  for (const SlotPrice& given : slot_prices_) {
    const std::pair seat(given.volunteer, given.slot);
    if (is_optimal() && given.price > 0 &&
        !std::binary_search(taken_slots_.begin(), taken_slots_.end(), seat))
      findings.add_next("slot_price_without_pair", "", nobody, given.volunteer);
    if (!std::binary_search(pinned_slots_.begin(), pinned_slots_.end(), seat)) bound += given.price;
  }
}

/// What the plan says of itself beside pairs and proof.
void Input::check_counts(Findings& findings) const {
  std::map<std::int32_t, TierCount> tiers;
  std::int32_t last_tier = 1;
  for (std::uint32_t line = 0; line < lines(); ++line) {
    TierCount& count = tiers[limits.tier[line]];
    count.tier = limits.tier[line];
    count.demand += limits.demand[line];
    count.filled += static_cast<std::int64_t>(chosen_of(line).size());
    last_tier = std::max(last_tier, limits.tier[line]);
  }
  if (plan.proof.tiers < last_tier) findings.add_next("tiers_too_few", "proof");
  std::vector<TierCount> counts;
  for (const auto& [tier, count] : tiers) counts.push_back(count);
  if (counts != plan.tiers) findings.add_next("tier_counts_differ", "plan");

  std::vector<PlanData::Unmet> unmet;
  int128 load_cost = 0;
  for (std::uint32_t v = 0; v < volunteers(); ++v) {
    if (used_[v] < least(v))
      unmet.push_back({market.volunteer_id(VolunteerIndex{v}), least(v) - used_[v]});
    for (std::int32_t i = 1; i <= used_[v]; ++i) load_cost += limits.cost_of(v, i);
  }
  std::sort(unmet.begin(), unmet.end(),
            [](const auto& a, const auto& b) { return a.volunteer < b.volunteer; });
  if (unmet != plan.unmet) findings.add_next("unmet_differ", "plan");
  if (load_cost != plan.load_cost) findings.add_next("load_cost_differs", "plan");

  std::vector<std::string> without_slot;
  for (const NeedIndex need : market.needs_without_slot())
    without_slot.push_back(market.need_id(need));
  if (without_slot != plan.without_slot) findings.add_next("needs_without_slot_differ", "plan");
}

}  // namespace jiedui::verification
