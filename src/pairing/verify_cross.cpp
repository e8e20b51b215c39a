#include <algorithm>

#include "verify_input.hpp"

// Limits that cross the nested ones: lending and changes.

namespace jiedui::verification {

std::uint32_t Input::lending_of(std::uint32_t line, std::uint32_t v) const {
  const solver::CrossLimits& cross = limits.cross;
  for (std::uint32_t k = 0; k < cross.lending.size(); ++k)
    if (cross.lending[k].to == cross.asking[line] && cross.lending[k].from == cross.home[v])
      return k;
  return nobody;
}

bool Input::was_before(std::uint32_t line, std::uint32_t v) const {
  const auto& before = limits.cross.before;
  return std::binary_search(before.begin(), before.end(), solver::LinePair{line, v});
}

int128 Input::sum_of_cross_prices(std::uint32_t line, std::uint32_t v) const {
  const std::uint32_t k = lending_of(line, v);
  const int128 lending = k == nobody ? 0 : lending_price_[k];
  return was_before(line, v) ? lending - plan.proof.change_price : lending;
}

std::span<const solver::LinePair> Input::favoured(std::uint32_t line) const {
  if (plan.proof.change_price == 0) return {};
  const auto& before = limits.cross.before;
  const auto begin = std::lower_bound(before.begin(), before.end(), solver::LinePair{line, 0});
  const auto end =
      std::find_if(begin, before.end(), [&](const auto& pair) { return pair.line != line; });
  return {begin, end};
}

std::string Input::organisation_row_id(std::uint32_t row) const {
  return market.is_explicit() ? std::to_string(row)
                              : std::string(market.network().ids(Entity::organisation)[row]);
}

void Input::check_cross_limits(Findings& findings) const {
  const solver::CrossLimits& cross = limits.cross;
  if (!cross.any()) return;
  std::vector<std::int64_t> lent(cross.lending.size(), 0);
  std::int64_t kept = 0;
  for (std::uint32_t line = 0; line < lines(); ++line)
    for (const Chosen& chosen : chosen_of(line)) {
      const std::uint32_t k = lending_of(line, chosen.volunteer);
      if (k != nobody) ++lent[k];
      if (was_before(line, chosen.volunteer)) ++kept;
    }
  for (std::size_t k = 0; k < lent.size(); ++k)
    if (lent[k] > cross.lending[k].at_most)
      findings.add_next_infeasible("lending_exceeded",
                                   "from " + organisation_row_id(cross.lending[k].from) + " to " +
                                       organisation_row_id(cross.lending[k].to));
  if (kept < cross.kept_least()) findings.add_next_infeasible("changes_exceeded", "plan");
}

void Input::read_cross_prices(Findings& findings) {
  const auto& lending = limits.cross.lending;
  lending_price_.assign(lending.size(), 0);
  std::vector<std::uint8_t> listed(lending.size(), 0);
  for (const OptimalityProof::LendingPrice& given : plan.proof.lending) {
    std::size_t k = 0;
    while (k < lending.size() && (organisation_row_id(lending[k].from) != given.from ||
                                  organisation_row_id(lending[k].to) != given.to))
      ++k;
    if (k == lending.size() || listed[k] != 0 || given.price < 0) {
      findings.add_next("price_invalid", "from " + given.from + " to " + given.to);
      continue;
    }
    lending_price_[k] = given.price;
    listed[k] = 1;
    has_cross_prices_ = true;
  }
  const int128 change = plan.proof.change_price;
  if (change < 0 || (change > 0 && limits.cross.kept_least() == 0))
    findings.add_next("price_invalid", "changes");
  has_cross_prices_ = has_cross_prices_ || change != 0;
}

bool Input::cross_numbers_are_sane(int128 most) const {
  const auto sane = [&](int128 number) { return -most <= number && number <= most; };
  const OptimalityProof& proof = plan.proof;
  const bool has_all =
      proof.bonuses.empty() || proof.bonuses.size() == static_cast<std::size_t>(proof.tiers) + 1;
  return has_all && sane(proof.change_price) &&
         std::all_of(proof.bonuses.begin(), proof.bonuses.end(), sane) &&
         std::all_of(lending_price_.begin(), lending_price_.end(), sane);
}

void Input::add_cross_bound(int128& bound) const {
  const solver::CrossLimits& cross = limits.cross;
  if (!has_cross_prices_) return;
  std::vector<std::int64_t> lent(cross.lending.size(), 0);
  std::int64_t kept = 0;
  for (const solver::ChosenPair& pin : limits.pinned) {
    const std::uint32_t k = lending_of(pin.need, pin.candidate.volunteer);
    if (k != nobody) ++lent[k];
    if (was_before(pin.need, pin.candidate.volunteer)) ++kept;
  }
  for (std::size_t k = 0; k < lent.size(); ++k)
    bound += lending_price_[k] * (cross.lending[k].at_most - lent[k]);
  bound -= plan.proof.change_price * (cross.kept_least() - kept);
}

bool Input::are_bonuses_strict(int128 span) const {
  const auto& bonuses = plan.proof.bonuses;
  if (bonuses.empty()) return !limits.cross.any();
  std::vector<int128> units(bonuses.size(), 0);
  for (std::uint32_t line = 0; line < lines(); ++line) {
    const auto tier = static_cast<std::size_t>(limits.tier[line]);
    if (tier >= units.size()) return false;
    units[tier] += std::min<std::int64_t>(limits.demand[line], volunteers());
  }
  int128 behind = span;  // that all units of later tiers and all points can bring
  for (std::size_t tier = bonuses.size(); tier-- > 0;) {
    if (tier == 0 && limits.least.empty()) return true;
    if (bonuses[tier] <= behind) return false;
    behind += units[tier] * bonuses[tier];
  }
  return true;
}

}  // namespace jiedui::verification
