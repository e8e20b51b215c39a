#include "market_limits.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "pin_book.hpp"
#include "refusal.hpp"

namespace jiedui {

namespace {

[[noreturn]] void refuse_option(std::string place, std::string message, std::string allowed) {
  refuse("option_invalid", std::move(place), std::move(message), std::move(allowed),
         "mend the options of the market");
}

RowPair rows_of(const Network& network, const PairName& pair) {
  return {network.volunteer_index(pair.volunteer).value(), network.need_index(pair.need).value()};
}

/// A column over the volunteers from pairs of id and number; empty if nobody is named.
template <class Most>
std::vector<std::int32_t> column_of(const Network& network,
                                    const std::vector<VolunteerPairs>& given,
                                    const std::string& place, Most&& most) {
  if (given.empty()) return {};
  std::vector<std::int32_t> column(network.volunteer_count(), 0);
  std::set<std::uint32_t> seen;
  for (const VolunteerPairs& entry : given) {
    const std::uint32_t v = network.volunteer_index(entry.volunteer).value();
    const std::string where = place + ", volunteer " + entry.volunteer;
    if (!seen.insert(v).second) refuse_option(where, "the volunteer is named twice", "once");
    if (entry.pairs < 0 || entry.pairs > most(v))
      refuse_option(where, "the number of pairs is out of range",
                    "0 to " + std::to_string(most(v)));
    column[v] = entry.pairs;
  }
  return column;
}

void set_load_cost(solver::Limits& limits, const std::vector<std::int64_t>& cost) {
  constexpr std::int64_t most = 1'000'000'000;
  const bool in_range = std::all_of(
      cost.begin(), cost.end(), [](std::int64_t points) { return points >= 0 && points <= most; });
  if (!in_range || !std::is_sorted(cost.begin(), cost.end()))
    refuse_option("options.load_cost", "the cost of load is out of range or falls",
                  "0 to 1000000000, never falling");
  limits.load_cost = cost;
}

std::uint32_t organisation_row(const Network& network, const std::string& id,
                               const std::string& place) {
  const auto row = network.find(Entity::organisation, id);
  if (!row)
    refuse("id_unknown", place, "there is no such organisation", "",
           "use the id of an organisation of the network");
  return *row;
}

void set_organisations(solver::Limits& limits, const Network& network,
                       const std::vector<OrganisationPairs>& totals) {
  if (totals.empty()) return;
  std::vector<std::uint32_t> number(network.size(Entity::organisation),
                                    solver::Limits::no_organisation);
  for (const OrganisationPairs& total : totals) {
    const std::string place = "options.organisation_totals, organisation " + total.organisation;
    const std::uint32_t row = organisation_row(network, total.organisation, place);
    if (total.pairs < 0) refuse_option(place, "the total is negative", "0 or more");
    if (number[row] != solver::Limits::no_organisation)
      refuse_option(place, "the organisation is named twice", "once");
    number[row] = static_cast<std::uint32_t>(limits.organisation_total.size());
    limits.organisation_total.push_back(total.pairs);
  }
  for (const OrganisationIndex organisation : network.volunteers().organisation)
    limits.organisation.push_back(organisation.has_value() ? number[organisation.value()]
                                                           : solver::Limits::no_organisation);
}

void set_lending(solver::CrossLimits& cross, const Network& network,
                 const std::vector<LentPairs>& lending) {
  if (lending.empty()) return;
  for (const LentPairs& given : lending) {
    const std::string place = "options.lending, from " + given.from + " to " + given.to;
    const std::uint32_t from = organisation_row(network, given.from, place);
    const std::uint32_t to = organisation_row(network, given.to, place);
    if (from == to) refuse_option(place, "nobody lends to himself", "two organisations");
    if (given.pairs < 0) refuse_option(place, "the number of pairs is negative", "0 or more");
    cross.lending.push_back({from, to, given.pairs});
  }
  const auto couple = [](const auto& limit) { return std::pair(limit.from, limit.to); };
  std::sort(cross.lending.begin(), cross.lending.end(),
            [&](const auto& a, const auto& b) { return couple(a) < couple(b); });
  for (std::size_t k = 1; k < cross.lending.size(); ++k)
    if (couple(cross.lending[k - 1]) == couple(cross.lending[k]))
      refuse_option("options.lending", "two organisations are named twice", "once");
  const auto row_of = [](OrganisationIndex organisation) {
    return organisation.has_value() ? organisation.value() : solver::Limits::no_organisation;
  };
  for (const OrganisationIndex organisation : network.volunteers().organisation)
    cross.home.push_back(row_of(organisation));
  for (const ActivityIndex activity : network.needs().activity)
    cross.asking.push_back(activity.has_value()
                               ? row_of(network.activities().organisation[activity.value()])
                               : solver::Limits::no_organisation);
}

void set_changes(solver::CrossLimits& cross, const Network& network, const MarketOptions& options) {
  if (!options.changes_at_most) return;
  const std::string place = "options.changes_at_most";
  if (*options.changes_at_most < 0) refuse_option(place, "the number is negative", "0 or more");
  if (!options.before)
    refuse_option(place, "there is no plan to count changes against", "with options.before");
  for (const PlanData::Entry& entry : options.before->data().pairs) {
    const auto volunteer = network.find(Entity::volunteer, entry.pair.volunteer);
    const auto need = network.find(Entity::need, entry.pair.need);
    if (volunteer && need) cross.before.push_back({*need, *volunteer});
  }
  std::sort(cross.before.begin(), cross.before.end());
  cross.before_count = static_cast<std::int64_t>(options.before->size());
  cross.changes_at_most = options.changes_at_most;
}

/// A volunteer serves a need once, on whatever line: with several slots to choose from, that would
/// cross the limit of one pair in each slot.
void check_slots_of_parts(const Network& network, const Eligibility& eligibility,
                          const std::vector<std::uint32_t>& need) {
  std::vector<std::vector<std::uint32_t>> slots_of(need.size());
  std::vector<std::uint32_t> slots;
  const auto& part_of = network.needs().part_of;
  std::vector<std::uint8_t> has_parts(need.size(), 0);
  for (const NeedIndex whole : part_of)
    if (whole.has_value()) has_parts[whole.value()] = 1;
  for (std::uint32_t n = 0; n < need.size(); ++n) {
    if (has_parts[need[n]] == 0) continue;
    slots.clear();
    if (eligibility.is_timed(n))
      eligibility.window_slots(n, slots);
    else
      slots.push_back(solver::Candidate::no_slot);
    std::vector<std::uint32_t>& all = slots_of[need[n]];
    all.insert(all.end(), slots.begin(), slots.end());
    if (std::adjacent_find(all.begin(), all.end(), std::not_equal_to<>{}) != all.end())
      refuse("lines_with_slots", "need " + std::string(network.needs().id[need[n]]),
             "the need has several lines, and its windows lie in several slots",
             "one slot for all lines of a need",
             "give the need one window that lies in one slot, or other MarketOptions::slot_cuts");
  }
}

/// To choose teams that come whole or not at all is set packing, which no price proves.
void refuse_teams(const Needs& needs) {
  const auto found = std::find(needs.whole_team.begin(), needs.whole_team.end(), YesNo::yes);
  if (found == needs.whole_team.end()) return;
  const auto n = static_cast<std::size_t>(found - needs.whole_team.begin());
  refuse("teams_not_paired", "need " + std::string(needs.id[n]),
         "the need wants a team that comes whole or not at all; people are paired one by one",
         "whole_team no, or empty",
         "enter the team as one volunteer, its skills being those of all and its capacity the "
         "needs that it takes, and ask for one; or ask for the people one by one, by lines "
         "(part_of)");
}

void set_needs(solver::Limits& limits, const Network& network, const Eligibility& eligibility) {
  const auto& part_of = network.needs().part_of;
  if (std::none_of(part_of.begin(), part_of.end(), [](NeedIndex n) { return n.has_value(); }))
    return;
  for (std::uint32_t n = 0; n < part_of.size(); ++n)
    limits.need.push_back(part_of[n].has_value() ? part_of[n].value() : n);
  check_slots_of_parts(network, eligibility, limits.need);
}

class Pinning {
 public:
  Pinning(const Network& network, const Eligibility& eligibility,
          const std::vector<RowPair>& forbidden, const solver::Limits& limits)
      : network_(network), eligibility_(eligibility), forbidden_(forbidden), book_(limits) {}

  void pin(const PairName& pair) {
    const auto [v, n] = rows_of(network_, pair);
    const std::string place = place_of(pair);
    if (is_forbidden(v, n))
      refuse("pin_forbidden", place, "the pair is pinned and forbidden at once", "one of both",
             "take it from MarketOptions::pinned or forbidden");
    const auto ways = ways_of(v, n);
    if (ways.empty()) {
      std::string reasons;
      for (const Reason& reason : eligibility_.reasons_against(v, n))
        reasons += (reasons.empty() ? "" : "; ") + reason.code + ": " + reason.text;
      refuse("pin_not_eligible", place, "the pinned pair may not be paired: " + reasons,
             "eligible pairs", "take the pin away, or mend the data or the rules");
    }
    const std::string_view full = book_.add(n, ways);
    if (!full.empty())
      refuse("pin_infeasible", place,
             "the pins exceed a limit; it has no room for this one: " + std::string(full),
             "pins within all limits", "take a pin away, or raise the limit");
  }

  /// Pins volunteers with a bond as far as it goes.
  void pin_bonds() {
    std::vector<std::vector<std::uint32_t>> bonds(network_.size(Entity::beneficiary));
    eligibility_.each_bond(
        [&](std::uint32_t v, std::uint32_t beneficiary) { bonds[beneficiary].push_back(v); });
    for (auto& volunteers : bonds) std::sort(volunteers.begin(), volunteers.end());
    for (std::uint32_t n = 0; n < network_.need_count(); ++n) {
      const BeneficiaryIndex beneficiary = network_.needs().beneficiary[n];
      if (!beneficiary.has_value()) continue;
      for (const std::uint32_t v : bonds[beneficiary.value()]) {
        if (is_forbidden(v, n)) continue;
        const auto ways = ways_of(v, n);
        if (!ways.empty()) book_.add(n, ways);
      }
    }
  }
  std::vector<solver::ChosenPair> pins() const { return book_.pins(); }

 private:
  bool is_forbidden(std::uint32_t v, std::uint32_t n) const {
    return std::binary_search(forbidden_.begin(), forbidden_.end(), RowPair{v, n});
  }
  std::vector<solver::Candidate> ways_of(std::uint32_t v, std::uint32_t n) const {
    std::vector<solver::Candidate> ways;
    eligibility_.append_candidates(n, std::span(&v, 1), ways);
    return ways;
  }

  const Network& network_;
  const Eligibility& eligibility_;
  const std::vector<RowPair>& forbidden_;
  PinBook book_;
};

}  // namespace

std::vector<RowPair> forbidden_pairs(const Network& network, const MarketOptions& options) {
  std::vector<RowPair> pairs;
  for (const PairName& pair : options.forbidden) pairs.push_back(rows_of(network, pair));
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

solver::Limits limits_of(const Network& network, const Eligibility& eligibility,
                         const MarketOptions& options, const std::vector<RowPair>& forbidden) {
  refuse_teams(network.needs());
  solver::Limits limits;
  limits.capacity = network.volunteers().capacity;
  limits.demand = network.needs().demand;
  limits.tier = network.needs().tier;
  set_needs(limits, network, eligibility);
  limits.least = column_of(network, options.least, "options.least",
                           [&](std::uint32_t v) { return limits.capacity[v]; });
  limits.load_before = column_of(network, options.load_before, "options.load_before",
                                 [](std::uint32_t) { return 1'000'000; });
  set_load_cost(limits, options.load_cost);
  set_organisations(limits, network, options.organisation_totals);
  set_lending(limits.cross, network, options.lending);
  set_changes(limits.cross, network, options);
  if (eligibility.has_runs())
    limits.cross.slots = static_cast<std::uint32_t>(eligibility.slots().size());
  Pinning pinning(network, eligibility, forbidden, limits);
  for (const PairName& pair : options.pinned) pinning.pin(pair);
  if (options.pin_bonds) pinning.pin_bonds();
  limits.pinned = pinning.pins();
  return limits;
}

}  // namespace jiedui
