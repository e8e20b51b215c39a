#include <algorithm>
#include <string>

#include "jiedui/pairing/solver/instance.hpp"

namespace jiedui::solver {

namespace {

[[noreturn]] void refuse(std::string_view code, const std::string& place, std::string allowed) {
  throw Error({.code = std::string(code),
               .place = place,
               .message = "the pairing problem cannot be posed",
               .allowed = std::move(allowed),
               .way_out = "mend the arrays given"});
}

std::string numbered(const char* what, std::size_t number) {
  return std::string(what) + " " + std::to_string(number);
}

/// A column that may be left out.
template <class Column>
void check_length(const Column& column, std::size_t wanted, const char* name) {
  if (!column.empty() && column.size() != wanted)
    refuse("array_length", name, "none, or " + std::to_string(wanted) + " entries");
}

void check_index(std::size_t index, std::size_t size, const std::string& place) {
  if (index >= size)
    refuse("index_out_of_range", place, "0 to " + std::to_string(size) + " (exclusive)");
}

void check_points(std::int64_t points, const std::string& place) {
  if (points < -Limits::points_max || points > Limits::points_max)
    refuse("points_out_of_range", place, "-2^62 to 2^62");
}

void check_shape(const Instance& instance) {
  const std::size_t needs = instance.needs();
  if (instance.tier.size() != needs || instance.first.size() != needs + 1 ||
      instance.first[0] != 0 || instance.first.back() != instance.candidates.size() ||
      !std::is_sorted(instance.first.begin(), instance.first.end()))
    refuse("array_length", "instance", "one tier a need, first[] rising from 0 to the candidates");
  constexpr std::uint64_t most = 0xFFFF'FFFF;
  if (instance.candidates.size() >= most || instance.volunteers() + needs >= most)
    refuse("too_many_pairs", "instance", "fewer than 4294967295 candidates");
  for (std::size_t v = 0; v < instance.volunteers(); ++v)
    if (instance.capacity[v] < 0)
      refuse("capacity_out_of_range", numbered("volunteer", v), "0 to 2147483647");
  for (std::size_t n = 0; n < needs; ++n) {
    if (instance.demand[n] < 0)
      refuse("demand_out_of_range", numbered("need", n), "0 to 2147483647");
    if (instance.tier[n] < 1 || instance.tier[n] > Instance::tiers_max)
      refuse("tier_out_of_range", numbered("need", n), "1 to 16");
  }
}

void check_loads(const Limits& limits) {
  check_length(limits.least, limits.volunteers(), "least");
  for (std::size_t v = 0; v < limits.least.size(); ++v)
    if (limits.least[v] < 0 || limits.least[v] > limits.capacity[v])
      refuse("option_invalid", numbered("least, volunteer", v),
             "0 to " + std::to_string(limits.capacity[v]));
  check_length(limits.load_before, limits.volunteers(), "load_before");
  for (std::size_t v = 0; v < limits.load_before.size(); ++v)
    if (limits.load_before[v] < 0)
      refuse("option_invalid", numbered("load_before, volunteer", v), "0 to 2147483647");
  const auto& cost = limits.load_cost;
  if (!std::is_sorted(cost.begin(), cost.end()) ||
      (!cost.empty() && (cost.front() < 0 || cost.back() > Limits::points_max)))
    refuse("option_invalid", "load_cost", "0 to 2^62, never falling");
}

void check_organisations(const Limits& limits) {
  check_length(limits.organisation, limits.volunteers(), "organisation");
  for (std::size_t v = 0; v < limits.organisation.size(); ++v)
    if (limits.organisation[v] != Limits::no_organisation)
      check_index(limits.organisation[v], limits.organisation_total.size(),
                  numbered("organisation, volunteer", v));
  for (std::size_t o = 0; o < limits.organisation_total.size(); ++o)
    if (limits.organisation_total[o] < 0)
      refuse("option_invalid", numbered("organisation_total, organisation", o), "0 to 2147483647");
}

void check_cross(const Limits& limits) {
  const CrossLimits& cross = limits.cross;
  if (cross.slots > SlotRun::slots_max)
    refuse("option_invalid", "slots", "0 to " + std::to_string(SlotRun::slots_max));
  if (!cross.lending.empty()) {
    if (cross.home.size() != limits.volunteers())
      refuse("array_length", "home", std::to_string(limits.volunteers()) + " entries");
    if (cross.asking.size() != limits.needs())
      refuse("array_length", "asking", std::to_string(limits.needs()) + " entries");
  }
  for (std::size_t k = 0; k < cross.lending.size(); ++k) {
    const auto& [from, to, at_most] = cross.lending[k];
    if (from == to || from == Limits::no_organisation || to == Limits::no_organisation)
      refuse("option_invalid", numbered("lending", k), "two different organisations");
    if (at_most < 0) refuse("option_invalid", numbered("lending", k), "0 or more pairs");
    const bool is_next = k == 0 || std::pair(cross.lending[k - 1].from, cross.lending[k - 1].to) <
                                       std::pair(from, to);
    if (!is_next) refuse("option_invalid", numbered("lending", k), "by from, then to, each once");
  }
  for (std::size_t i = 0; i < cross.before.size(); ++i) {
    check_index(cross.before[i].line, limits.needs(), numbered("before, line of pair", i));
    check_index(cross.before[i].volunteer, limits.volunteers(),
                numbered("before, volunteer of pair", i));
    if (i > 0 && cross.before[i - 1] >= cross.before[i])
      refuse("option_invalid", numbered("before, pair", i), "by line, then volunteer, each once");
  }
  if (cross.before_count < static_cast<std::int64_t>(cross.before.size()) ||
      cross.before_count > 0x7FFF'FFFF)
    refuse("option_invalid", "before_count", "no less than the pairs listed, up to 2147483647");
  if (cross.changes_at_most && *cross.changes_at_most < 0)
    refuse("option_invalid", "changes_at_most", "0 or more");
}

/// Pins beyond a lending limit leave no plan.
void check_pins_lent(const Limits& limits) {
  for (const auto& [from, to, at_most] : limits.cross.lending) {
    std::int64_t lent = 0;
    for (const ChosenPair& pin : limits.pinned)
      if (limits.cross.home[pin.candidate.volunteer] == from && limits.cross.asking[pin.need] == to)
        ++lent;
    if (lent > at_most) refuse("pin_infeasible", "pins", "pins within the limits on lending");
  }
}

/// A run ends within the horizon.
void check_slot(const Limits& limits, std::uint32_t slot, const std::string& place) {
  const std::uint32_t slots = limits.cross.slots;
  if (slots != 0 && SlotRun::of(slot, slots).end > slots)
    refuse("index_out_of_range", place + ", slot",
           "first + (slots taken - 1) * " + std::to_string(slots) + ", within the slots");
}

template <class Keys>
bool has_double(Keys& keys) {
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// Pins enter every plan, so that they must fit together beside nothing else.
void check_pins(const Limits& limits) {
  std::vector<std::int32_t> free_capacity = limits.capacity;
  std::vector<std::int32_t> free_demand = limits.demand;
  std::vector<std::int32_t> free_total = limits.organisation_total;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> slots;  // of each volunteer
  std::vector<std::pair<std::uint32_t, std::uint32_t>> needs;
  for (std::size_t i = 0; i < limits.pinned.size(); ++i) {
    const ChosenPair& pin = limits.pinned[i];
    const std::string place = numbered("pin", i);
    const std::uint32_t v = pin.candidate.volunteer;
    check_index(v, limits.volunteers(), place + ", volunteer");
    check_index(pin.need, limits.needs(), place + ", need");
    check_points(pin.candidate.points, place);
    if (--free_capacity[v] < 0)
      refuse("pin_infeasible", place, "pins within the volunteer's capacity");
    if (--free_demand[pin.need] < 0)
      refuse("pin_infeasible", place, "pins within the need's demand");
    const bool counts =
        !limits.organisation.empty() && limits.organisation[v] != Limits::no_organisation;
    if (counts && --free_total[limits.organisation[v]] < 0)
      refuse("pin_infeasible", place, "pins within the organisation's total");
    check_slot(limits, pin.candidate.slot, place);
    const SlotRun run = SlotRun::of(pin.candidate.slot, limits.cross.slots);
    for (std::uint32_t slot = run.first; slot < run.end; ++slot) slots.emplace_back(v, slot);
    needs.emplace_back(v, limits.need_of(pin.need));
  }
  if (has_double(slots)) refuse("pin_infeasible", "pins", "one pin of a volunteer in each slot");
  if (has_double(needs)) refuse("pin_infeasible", "pins", "one pin of a volunteer for each need");
}

void check_candidates(const Instance& instance) {
  std::vector<std::uint64_t> keys;
  for (std::size_t n = 0; n < instance.needs(); ++n) {
    keys.clear();
    const std::string place = numbered("need", n);
    for (const Candidate& candidate : instance.candidates_of(n)) {
      check_index(candidate.volunteer, instance.volunteers(), place + ", volunteer");
      check_points(candidate.points, place);
      check_slot(instance, candidate.slot, place);
      keys.push_back((std::uint64_t{candidate.volunteer} << 32U) | candidate.slot);
    }
    if (has_double(keys)) refuse("pair_double", place, "each volunteer and slot once");
  }
}

/// One slot for each volunteer beside a need of several lines; runs may end as they like.
void check_lines(const Instance& instance) {
  check_length(instance.need, instance.needs(), "need");
  std::vector<std::vector<std::size_t>> lines_of(instance.need.empty() ? 0 : instance.needs());
  for (std::size_t line = 0; line < instance.need.size(); ++line) {
    check_index(instance.need[line], instance.needs(), numbered("need, line", line));
    lines_of[instance.need[line]].push_back(line);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ways;
  for (std::size_t need = 0; need < lines_of.size(); ++need) {
    if (lines_of[need].size() < 2) continue;
    ways.clear();
    for (const std::size_t line : lines_of[need])
      for (const Candidate& candidate : instance.candidates_of(line))
        ways.emplace_back(candidate.volunteer,
                          candidate.slot == Candidate::no_slot || instance.cross.slots == 0
                              ? candidate.slot
                              : candidate.slot % instance.cross.slots);
    std::sort(ways.begin(), ways.end());
    const auto two_slots = std::adjacent_find(
        ways.begin(), ways.end(),
        [](const auto& a, const auto& b) { return a.first == b.first && a.second != b.second; });
    if (two_slots != ways.end())
      refuse("lines_with_slots", numbered("need", need),
             "one slot of a volunteer for all lines of a need");
  }
}

}  // namespace

void check(const Instance& instance) {
  check_shape(instance);
  check_loads(instance);
  check_organisations(instance);
  check_cross(instance);
  check_candidates(instance);
  check_lines(instance);
  check_pins(instance);
  check_pins_lent(instance);
}

}  // namespace jiedui::solver
