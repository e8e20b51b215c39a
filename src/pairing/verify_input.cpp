#include "verify_input.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

namespace jiedui::verification {

namespace {

template <class Id, class Of>
TextColumn ids_of(std::size_t count, Of&& of) {
  TextColumn ids;
  for (std::uint32_t i = 0; i < count; ++i) ids.push_back(of(Id{i}));
  return ids;
}

/// The ends of the runs of a counting sort: first[key] is where those of `key` begin.
std::vector<std::uint32_t> run_begins(std::size_t keys, std::span<const std::uint32_t> key_of) {
  std::vector<std::uint32_t> first(keys + 1, 0);
  for (const std::uint32_t key : key_of) ++first[key + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  return first;
}

}  // namespace

IdTable::IdTable(const TextColumn& ids)
    : ids_(ids), places_(std::bit_ceil(2 * ids.size() + 2), nobody) {
  const std::size_t mask = places_.size() - 1;
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    std::size_t place = std::hash<std::string_view>{}(ids[i]) & mask;
    while (places_[place] != nobody) place = (place + 1) & mask;
    places_[place] = i;
  }
}

std::uint32_t IdTable::find(std::string_view id) const {
  const std::size_t mask = places_.size() - 1;
  for (std::size_t place = std::hash<std::string_view>{}(id)&mask; places_[place] != nobody;
       place = (place + 1) & mask)
    if (ids_[places_[place]] == id) return places_[place];
  return nobody;
}

Input::Input(const Plan& of, const Market& in, Findings& findings)
    : plan(of.data()),
      market(in),
      limits(in.limits()),
      price(volunteers()),
      profit(lines()),
      organisation_price(limits.organisation_total.size()),
      used_(volunteers()),
      pinned_(volunteers()),
      pinned_line_(lines()),
      used_total_(limits.organisation_total.size()),
      pinned_total_(limits.organisation_total.size()),
      useful_total_(limits.organisation_total.size()),
      has_slot_price_(volunteers()) {
  if (market.is_explicit()) {
    own_volunteer_ids_ = ids_of<VolunteerIndex>(
        volunteers(), [&](VolunteerIndex v) { return market.volunteer_id(v); });
    own_need_ids_ = ids_of<NeedIndex>(lines(), [&](NeedIndex n) { return market.need_id(n); });
  }
  group_lines();
  read_pairs(findings);
  read_pins(findings);
  for (std::uint32_t v = 0; v < volunteers(); ++v)
    if (organisation_of(v) != nobody) useful_total_[organisation_of(v)] += useful_capacity(v);
  for (std::size_t o = 0; o < useful_total_.size(); ++o)
    useful_total_[o] = std::min<int128>(useful_total_[o], limits.organisation_total[o]);
  check_limits(findings);
  read_prices(findings);
  read_profits(findings);
  read_totals(findings);
  check_cross_limits(findings);
  read_cross_prices(findings);
}

std::pair<std::uint32_t, std::uint32_t> Input::slots_of(std::uint32_t slot) const {
  const std::uint32_t slots = limits.cross.slots;
  if (slot == no_slot) return {0, 0};
  if (slots == 0) return {slot, slot + 1};
  return {slot % slots, slot % slots + 1 + slot / slots};
}

void Input::group_lines() {
  line_order.resize(lines());
  std::iota(line_order.begin(), line_order.end(), 0U);
  if (!limits.need.empty())
    std::stable_sort(line_order.begin(), line_order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return limits.need[a] < limits.need[b];
    });
  for (std::uint32_t i = 0; i < lines(); ++i)
    if (i == 0 || limits.need_of(line_order[i]) != limits.need_of(line_order[i - 1]))
      need_first.push_back(i);
  need_first.push_back(lines());
}

void Input::read_pairs(Findings& findings) {
  const IdTable volunteer_table(market.is_explicit() ? own_volunteer_ids_
                                                     : market.network().ids(Entity::volunteer));
  const IdTable need_table(market.is_explicit() ? own_need_ids_
                                                : market.network().ids(Entity::need));
  std::vector<Chosen> found;
  std::vector<std::uint32_t> line_of;
  for (std::uint32_t i = 0; i < plan.pairs.size(); ++i) {
    const PlanData::Entry& entry = plan.pairs[i];
    const std::uint32_t v = volunteer_table.find(entry.pair.volunteer);
    const std::uint32_t n = need_table.find(entry.pair.need);
    if (v == nobody || n == nobody) {
      findings.add_next_infeasible(
          "id_unknown", "volunteer " + entry.pair.volunteer + ", need " + entry.pair.need);
      continue;
    }
    found.push_back({v, entry.slot, i, entry.pinned, entry.pair.points.count()});
    line_of.push_back(n);
    ++used_[v];
    if (organisation_of(v) != nobody) ++used_total_[organisation_of(v)];
    // A run beyond the horizon is no candidate, which is found later.
    const auto [begin, end] = slots_of(entry.slot);
    for (std::uint32_t slot = begin; slot < std::min(end, begin + limits.cross.slots + 1); ++slot)
      taken_slots_.emplace_back(v, slot);
  }
  chosen_first_ = run_begins(lines(), line_of);
  std::vector<std::uint32_t> next(chosen_first_.begin(), chosen_first_.end());
  std::vector<std::uint32_t> sorted_line_of(found.size());
  chosen_.resize(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::uint32_t place = next[line_of[i]]++;
    chosen_[place] = found[i];
    sorted_line_of[place] = line_of[i];
  }
  for (std::uint32_t line = 0; line < lines(); ++line)
    std::sort(chosen_.begin() + chosen_first_[line], chosen_.begin() + chosen_first_[line + 1],
              [](const Chosen& a, const Chosen& b) { return a.volunteer < b.volunteer; });
  std::sort(taken_slots_.begin(), taken_slots_.end());
  check_volunteers(findings, sorted_line_of);
}

/// Nobody is in two places at once, whatever the slots say, or at one need twice.
void Input::check_volunteers(Findings& findings, std::span<const std::uint32_t> line_of) const {
  std::vector<std::uint32_t> volunteer_of;
  volunteer_of.reserve(chosen_.size());
  for (const Chosen& chosen : chosen_) volunteer_of.push_back(chosen.volunteer);
  const std::vector<std::uint32_t> first = run_begins(volunteers(), volunteer_of);
  std::vector<std::uint32_t> next(first.begin(), first.end());
  std::vector<std::uint32_t> by_volunteer(chosen_.size());
  for (std::uint32_t i = 0; i < chosen_.size(); ++i) by_volunteer[next[volunteer_of[i]]++] = i;

  std::vector<std::tuple<Instant, Instant, std::uint32_t>> visits;
  for (std::uint32_t v = 0; v < volunteers(); ++v) {
    const std::span pairs = std::span(by_volunteer).subspan(first[v], first[v + 1] - first[v]);
    if (pairs.size() < 2) continue;
    std::sort(pairs.begin(), pairs.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(slots_of(chosen_[a].slot), a) < std::pair(slots_of(chosen_[b].slot), b);
    });
    for (std::uint32_t taken = 0; const std::uint32_t i : pairs) {
      const auto [begin, end] = slots_of(chosen_[i].slot);
      if (begin < end && begin < taken)
        findings.add_next_infeasible("slot_taken_twice", "", line_of[i], v);
      taken = std::max(taken, end);
    }
    std::sort(pairs.begin(), pairs.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(limits.need_of(line_of[a]), a) < std::pair(limits.need_of(line_of[b]), b);
    });
    for (std::size_t i = 1; i < pairs.size(); ++i)
      if (limits.need_of(line_of[pairs[i]]) == limits.need_of(line_of[pairs[i - 1]]))
        findings.add_next_infeasible("volunteer_twice", "", line_of[pairs[i]], v);
    visits.clear();
    for (const std::uint32_t i : pairs) {
      const PlannedPair& pair = plan.pairs[chosen_[i].entry].pair;
      if (pair.begins && pair.ends) visits.emplace_back(*pair.begins, *pair.ends, line_of[i]);
    }
    std::sort(visits.begin(), visits.end());
    for (std::size_t i = 1; i < visits.size(); ++i)
      if (std::get<0>(visits[i]) < std::get<1>(visits[i - 1]))
        findings.add_next_infeasible("visits_overlap", "", std::get<2>(visits[i]), v);
  }
}

/// The pinned pairs of the plan are those of the market.
void Input::read_pins(Findings& findings) {
  using Pin = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::int64_t>;
  std::vector<Pin> wanted;
  std::vector<Pin> found;
  for (const solver::ChosenPair& pin : limits.pinned) {
    const auto [v, slot, points] = pin.candidate;
    wanted.emplace_back(pin.need, v, slot, points);
    ++pinned_[v];
    ++pinned_line_[pin.need];
    if (organisation_of(v) != nobody) ++pinned_total_[organisation_of(v)];
    for (auto [at, end] = slots_of(slot); at < end; ++at) pinned_slots_.emplace_back(v, at);
    pinned_needs_.emplace_back(v, limits.need_of(pin.need));
  }
  for (std::uint32_t line = 0; line < lines(); ++line)
    for (const Chosen& chosen : chosen_of(line))
      if (chosen.pinned) found.emplace_back(line, chosen.volunteer, chosen.slot, chosen.points);
  std::sort(pinned_slots_.begin(), pinned_slots_.end());
  std::sort(pinned_needs_.begin(), pinned_needs_.end());
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  std::vector<Pin> differ;
  std::set_symmetric_difference(wanted.begin(), wanted.end(), found.begin(), found.end(),
                                std::back_inserter(differ));
  for (const Pin& pin : differ)
    findings.add_next_infeasible("pins_differ", "", std::get<0>(pin), std::get<1>(pin));
}

void Input::check_limits(Findings& findings) const {
  for (std::uint32_t v = 0; v < volunteers(); ++v)
    if (used_[v] > limits.capacity[v])
      findings.add_next_infeasible("capacity_exceeded", "", nobody, v);
  for (std::uint32_t line = 0; line < lines(); ++line)
    if (static_cast<std::int64_t>(chosen_of(line).size()) > limits.demand[line])
      findings.add_next_infeasible("demand_exceeded", "", line);
  for (std::size_t o = 0; o < used_total_.size(); ++o)
    if (used_total_[o] > limits.organisation_total[o])
      findings.add_next_infeasible("total_exceeded", "organisation " + organisation_ids()[o]);
}

/// The id of each organisation with a total; empty for one that no volunteer belongs to.
std::vector<std::string> Input::organisation_ids() const {
  std::vector<std::string> ids(limits.organisation_total.size());
  for (std::uint32_t v = 0; v < volunteers(); ++v) {
    const std::uint32_t o = organisation_of(v);
    if (o == nobody || !ids[o].empty()) continue;
    ids[o] =
        market.is_explicit()
            ? std::to_string(o)
            : std::string(market.network().ids(
                  Entity::organisation)[market.network().volunteers().organisation[v].value()]);
  }
  return ids;
}

void Input::read_prices(Findings& findings) {
  const IdTable table(market.is_explicit() ? own_volunteer_ids_
                                           : market.network().ids(Entity::volunteer));
  std::vector<std::uint8_t> listed(volunteers(), 0);
  for (const OptimalityProof::Price& given : plan.proof.prices) {
    const std::uint32_t v = table.find(given.volunteer);
    const bool is_capacity = given.slot == no_slot;
    if (v == nobody || (is_capacity && listed[v] != 0) || (!is_capacity && given.price < 0)) {
      findings.add_next("price_invalid", "volunteer " + given.volunteer);
      continue;
    }
    if (is_capacity) {
      price[v] = given.price;
      listed[v] = 1;
    } else {
      slot_prices_.push_back({v, given.slot, given.price});
      has_slot_price_[v] = 1;
    }
  }
  const auto key = [](const SlotPrice& a) { return std::pair(a.volunteer, a.slot); };
  std::sort(slot_prices_.begin(), slot_prices_.end(),
            [&](const SlotPrice& a, const SlotPrice& b) { return key(a) < key(b); });
  for (std::size_t i = 1; i < slot_prices_.size(); ++i)
    if (key(slot_prices_[i - 1]) == key(slot_prices_[i]))
      findings.add_next("price_invalid", "", nobody, slot_prices_[i].volunteer);
}

void Input::read_profits(Findings& findings) {
  const IdTable table(market.is_explicit() ? own_need_ids_ : market.network().ids(Entity::need));
  std::vector<std::uint8_t> listed(lines(), 0);
  for (const OptimalityProof::Profit& given : plan.proof.profits) {
    const std::uint32_t line = table.find(given.need);
    if (line == nobody || listed[line] != 0 || given.profit < 0) {
      findings.add_next("profit_invalid", "need " + given.need);
      continue;
    }
    profit[line] = given.profit;
    listed[line] = 1;
  }
}

void Input::read_totals(Findings& findings) {
  if (plan.proof.totals.empty()) return;
  const std::vector<std::string> ids = organisation_ids();
  std::vector<std::uint8_t> listed(ids.size(), 0);
  for (const OptimalityProof::TotalPrice& given : plan.proof.totals) {
    const auto found = std::find(ids.begin(), ids.end(), given.organisation);
    const auto o = static_cast<std::size_t>(found - ids.begin());
    if (found == ids.end() || listed[o] != 0 || given.price < 0) {
      findings.add_next("price_invalid", "organisation " + given.organisation);
      continue;
    }
    organisation_price[o] = given.price;
    listed[o] = 1;
  }
}

}  // namespace jiedui::verification
