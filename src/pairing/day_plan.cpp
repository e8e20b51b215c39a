#include "day_plan.hpp"

#include <algorithm>

#include "refusal.hpp"

namespace jiedui {

namespace {

using solver::StateSnapshot;

[[noreturn]] void refuse_id(std::string place, std::string_view id) {
  refuse("id_unknown", std::move(place), "there is no id '" + std::string(id) + "'", "",
         "use an id of market()");
}

bool is_standard(const Eligibility& eligibility) {
  return eligibility.rules().own().empty() && eligibility.terms().own().empty() &&
         !eligibility.is_by_road();
}

}  // namespace

DayPlan::DayPlan(Market of) : given(std::move(of)), working(given) {
  if (is_explicit()) return;
  editable = std::make_unique<EditableNetwork>(given.network());
  gone_volunteers.resize(given.volunteer_count(), 0);
  gone_needs.resize(given.need_count(), 0);
  const Eligibility& eligibility = *room().eligibility;
  clock = eligibility.options().begin_after;
  if (!is_standard(eligibility)) return;
  working = Market(editable->network(), eligibility.rules(), eligibility.terms(), options(clock));
  source = std::make_unique<DaySource>(*room().implied);
}

DayPlan::DayPlan(Market of, const SolveOptions& options) : DayPlan(std::move(of)) {
  const auto& state = MarketAccess::state(given);
  solver::EditableSource from(source ? *source : state.source());
  for (const RowPair& pair : state.forbidden)
    from.forbid(state.lines().number(pair.second), state.volunteers().number(pair.first));
  solver::Limits limits = state.numbered_limits();
  refuse_cross_limits(limits);
  limits.cross = {};
  demand_max = 2 * solver::total_demand(limits) + 1'000;
  std::vector<StateSnapshot::Seat> before;
  if (options.before != nullptr)
    for (const LinePair& pair : kept_pairs(given, *options.before)) before.push_back({pair});
  planner = solver::Replanner::make(std::move(limits), std::move(from), demand_max, before,
                                    numeric(options));
  if (planner->solution().status == PlanStatus::interrupted)
    throw Error({.code = "interrupted",
                 .place = "dispatcher",
                 .message = "stopped before the first plan was optimal",
                 .allowed = "",
                 .way_out = "solve() gives a plan when stopped"});
  planner->accept();
}

DayPlan::DayPlan(Market of, const DayPlan& before, std::optional<Instant> now)
    : DayPlan(std::move(of)) {
  constexpr std::uint32_t nobody = 0xFFFF'FFFF;
  clock = now;
  demand_max = before.demand_max;
  const auto& state = MarketAccess::state(given);
  const solver::Limits old = before.planner->limits_with_pins();
  StateSnapshot snapshot = before.planner->snapshot();

  // Numbers there of the numbers here, and back.
  std::vector<std::uint32_t> volunteer_there(given.volunteer_count(), nobody);
  std::vector<std::uint32_t> volunteer_here(old.capacity.size(), nobody);
  std::vector<std::uint32_t> line_there(given.need_count(), nobody);
  std::vector<std::uint32_t> line_here(old.demand.size(), nobody);
  for (std::uint32_t v = 0; v < volunteer_there.size(); ++v)
    if (const auto there = before.find_volunteer(volunteer_id(v))) {
      volunteer_there[v] = *there;
      volunteer_here[*there] = v;
    }
  for (std::uint32_t n = 0; n < line_there.size(); ++n)
    if (const auto there = before.find_line(need_id(n))) {
      line_there[n] = *there;
      line_here[*there] = n;
    }
  const auto here = [&](LinePair pair) {
    return LinePair{line_here[pair.line], volunteer_here[pair.volunteer]};
  };
  const auto is_here = [&](LinePair pair) {
    return pair.line != nobody && pair.volunteer != nobody;
  };
  const auto taken_over = [](const auto& column, const std::vector<std::uint32_t>& there,
                             auto otherwise) {
    auto found = column;
    if (column.empty()) return found;
    found.assign(there.size(), otherwise);
    for (std::size_t i = 0; i < there.size(); ++i)
      if (there[i] != nobody) found[i] = column[there[i]];
    return found;
  };

  solver::Limits limits = state.numbered_limits();
  limits.capacity.assign(volunteer_there.size(), 0);
  limits.demand.assign(line_there.size(), 0);
  for (std::size_t v = 0; v < volunteer_there.size(); ++v)
    if (volunteer_there[v] != nobody) limits.capacity[v] = old.capacity[volunteer_there[v]];
  for (std::size_t n = 0; n < line_there.size(); ++n)
    if (line_there[n] != nobody) limits.demand[n] = old.demand[line_there[n]];
  limits.least = taken_over(old.least, volunteer_there, 0);
  limits.load_before = taken_over(old.load_before, volunteer_there, 0);
  limits.load_cost = old.load_cost;
  limits.pinned = old.pinned;
  for (solver::ChosenPair& pin : limits.pinned) {
    const LinePair now_here = here({pin.need, pin.candidate.volunteer});
    pin.need = now_here.line;
    pin.candidate.volunteer = now_here.volunteer;
  }
  for (const std::uint64_t pair : before.begun)
    begun.insert(
        key(here({static_cast<std::uint32_t>(pair >> 32U), static_cast<std::uint32_t>(pair)})));

  solver::EditableSource from(source ? *source : state.source());
  for (const LinePair& pair : before.planner->source().forbidden())
    forbid_or_note(from, before.name_of(pair));
  for (const auto& [id, name] : before.declined_away) forbid_or_note(from, name);

  for (StateSnapshot::Pair& pair : snapshot.pairs) {
    const LinePair now_here = here({pair.pair.need, pair.pair.candidate.volunteer});
    pair.pair.need = now_here.line;
    pair.pair.candidate.volunteer = now_here.volunteer;
  }
  lost = before.lost;
  for (StateSnapshot::Seat& seat : snapshot.before) {
    const LinePair there = seat.pair;
    seat.pair = here(there);
    if (!is_here(seat.pair)) lost.push_back(before.name_of(there));
  }
  std::erase_if(snapshot.before,
                [&](const StateSnapshot::Seat& seat) { return !is_here(seat.pair); });
  const auto prices = [&](std::vector<int128>& of, const std::vector<std::uint32_t>& there) {
    std::vector<int128> found(there.size(), 0);
    for (std::size_t i = 0; i < there.size(); ++i)
      if (there[i] != nobody) found[i] = of[there[i]];
    of = std::move(found);
  };
  prices(snapshot.price, volunteer_there);
  prices(snapshot.profit, line_there);

  const solver::ProblemRange asked(limits, from.points_range(), demand_max, true);
  if (before.planner->range().covers(asked))
    planner = solver::Replanner::make(std::move(limits), std::move(from), before.planner->range(),
                                      snapshot, room().threads);
  else
    planner = solver::Replanner::make(std::move(limits), std::move(from), demand_max,
                                      snapshot.before, {});
}

// --- ids ---

std::optional<std::uint32_t> DayPlan::find_volunteer(std::string_view id) const {
  if (is_explicit()) {
    const auto index = given.find_volunteer(id);
    return index ? std::optional(room().volunteers().number(index->value())) : std::nullopt;
  }
  const auto row = editable->find_volunteer(id);
  if (!row || gone_volunteers[*row] != 0) return std::nullopt;
  return room().volunteers().number(*row);
}
std::optional<std::uint32_t> DayPlan::find_line(std::string_view id) const {
  if (is_explicit()) {
    const auto index = given.find_need(id);
    return index ? std::optional(room().lines().number(index->value())) : std::nullopt;
  }
  const auto row = editable->find_need(id);
  if (!row || gone_needs[*row] != 0) return std::nullopt;
  return room().lines().number(*row);
}
std::uint32_t DayPlan::volunteer(std::string_view id) const {
  const auto number = find_volunteer(id);
  if (!number) refuse_id("volunteers", id);
  return *number;
}
std::uint32_t DayPlan::line(std::string_view id) const {
  const auto number = find_line(id);
  if (!number) refuse_id("needs", id);
  return *number;
}
LinePair DayPlan::pair(std::string_view volunteer_id, std::string_view need_id) const {
  const std::uint32_t v = volunteer(volunteer_id);
  return {line(need_id), v};
}
std::string DayPlan::volunteer_id(std::uint32_t number) const {
  if (is_explicit()) return given.volunteer_id(VolunteerIndex{volunteer_row(number)});
  return std::string(editable->network().volunteers().id[volunteer_row(number)]);
}
std::string DayPlan::need_id(std::uint32_t number) const {
  if (is_explicit()) return given.need_id(NeedIndex{line_row(number)});
  return std::string(editable->network().needs().id[line_row(number)]);
}

PairName DayPlan::name_of(LinePair pair) const {
  return {volunteer_id(pair.volunteer), need_id(pair.line)};
}

// --- the market as it stands ---

std::optional<solver::Offer> DayPlan::offer(LinePair pair) const {
  if (planner->source().is_forbidden(pair.line, pair.volunteer)) return std::nullopt;
  if (source) return source->offer(pair.line, pair.volunteer);
  std::vector<solver::Request> requests;
  planner->source().requests_of(pair.volunteer, requests);
  for (const solver::Request& request : requests)
    if (request.line == pair.line)
      return solver::Offer{pair.volunteer, request.slots, request.points};
  return std::nullopt;
}

std::vector<LinePair> DayPlan::pins_of_volunteer(std::uint32_t number) const {
  std::vector<LinePair> pins;
  for (const auto& [pair, pinned] : planner->pairs_of_volunteer(number))
    if (pinned) pins.push_back({pair.need, number});
  return pins;
}
std::vector<LinePair> DayPlan::pins_of_line(std::uint32_t number) const {
  std::vector<LinePair> pins;
  for (const auto& [pair, pinned] : planner->pairs_of_line(number))
    if (pinned) pins.push_back({number, pair.candidate.volunteer});
  return pins;
}

MarketOptions DayPlan::options(std::optional<Instant> now) const {
  const Eligibility& eligibility = *room().eligibility;
  MarketOptions options = eligibility.options();
  options.control = {};
  // They stand in the limits, which outlive the people whom they name.
  options.pinned.clear();
  options.forbidden.clear();
  options.pin_bonds = false;
  options.least.clear();
  options.load_before.clear();
  options.lending.clear();
  options.before.reset();
  options.changes_at_most.reset();
  options.begin_after = now;
  if (!eligibility.has_horizon()) return options;
  options.from = eligibility.from();
  options.days = static_cast<int>((eligibility.until() - eligibility.from()).count()) + 1;
  return options;
}

solver::Limits DayPlan::limits_by_row() const {
  return solver::by_row(planner->limits_with_pins(), room().volunteers(), room().lines());
}

Plan DayPlan::plan() const {
  return plan_of(MarketAccess::with(working, limits_by_row(), {}), planner->solution(), gone_needs);
}

Market DayPlan::market() const {
  solver::Limits now = limits_by_row();
  std::vector<RowPair> forbidden;  // volunteer, need
  for (const LinePair& pair : planner->source().forbidden())
    forbidden.emplace_back(volunteer_row(pair.volunteer), line_row(pair.line));
  if (!is_edited) return MarketAccess::with(given, std::move(now), forbidden);

  const EditableNetwork::Frozen frozen = editable->frozen(gone_volunteers, gone_needs);
  const Eligibility& eligibility = *room().eligibility;
  const Market fresh(frozen.network, eligibility.rules(), eligibility.terms(), options(clock));
  solver::Limits limits = fresh.limits();
  const auto take = [](auto& column, const auto& of, const std::vector<std::uint32_t>& rows) {
    column.clear();
    if (of.empty()) return;
    for (const std::uint32_t row : rows) column.push_back(of[row]);
  };
  take(limits.capacity, now.capacity, frozen.volunteers);
  take(limits.least, now.least, frozen.volunteers);
  take(limits.load_before, now.load_before, frozen.volunteers);
  take(limits.demand, now.demand, frozen.needs);
  limits.load_cost = now.load_cost;
  const auto inverse = [](const std::vector<std::uint32_t>& rows, std::size_t size) {
    std::vector<std::uint32_t> found(size, 0xFFFF'FFFF);
    for (std::uint32_t i = 0; i < rows.size(); ++i) found[rows[i]] = i;
    return found;
  };
  const auto volunteer_there = inverse(frozen.volunteers, gone_volunteers.size());
  const auto need_there = inverse(frozen.needs, gone_needs.size());
  for (solver::ChosenPair pin : now.pinned) {
    pin.need = need_there[pin.need];
    pin.candidate.volunteer = volunteer_there[pin.candidate.volunteer];
    limits.pinned.push_back(pin);
  }
  std::vector<RowPair> without;
  for (const auto& [volunteer, need] : forbidden)
    if (gone_volunteers[volunteer] == 0 && gone_needs[need] == 0)
      without.emplace_back(volunteer_there[volunteer], need_there[need]);
  return MarketAccess::with(fresh, std::move(limits), without);
}

Network DayPlan::network() const {
  return is_edited ? editable->frozen(gone_volunteers, gone_needs).network : given.network();
}

// --- rows ---

Market DayPlan::remade(const Volunteers& one, std::uint32_t row) const {
  return remade(&one, nullptr, row, clock);
}
Market DayPlan::remade(const Needs& one, std::uint32_t row) const {
  return remade(nullptr, &one, row, clock);
}
Market DayPlan::remade(Instant now) const {
  return remade(nullptr, nullptr, 0, now);
}

Market DayPlan::remade(const Volunteers* volunteer, const Needs* need, std::uint32_t row,
                       std::optional<Instant> now) const {
  EditableNetwork copy(editable->network());
  std::vector<std::uint8_t> without_volunteers = gone_volunteers;
  std::vector<std::uint8_t> without_needs = gone_needs;
  const auto set = [&](const auto& one, std::vector<std::uint8_t>& gone) {
    copy.set(row, one);
    gone.resize(std::max(gone.size(), row + std::size_t{1}));
    gone[row] = 0;
  };
  if (volunteer != nullptr) set(*volunteer, without_volunteers);
  if (need != nullptr) set(*need, without_needs);
  const Eligibility& eligibility = *room().eligibility;
  return Market(copy.frozen(without_volunteers, without_needs).network, eligibility.rules(),
                eligibility.terms(), options(now));
}

std::uint32_t DayPlan::organisation_number(const Volunteers& one) const {
  constexpr std::uint32_t none = solver::Limits::no_organisation;
  if (!one.organisation[0].has_value()) return none;
  const auto& ids = room().organisation_ids;
  const std::string_view id = editable->network().organisations().id[one.organisation[0].value()];
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  if (found == ids.end() || *found != id) return none;
  return static_cast<std::uint32_t>(found - ids.begin());
}

bool DayPlan::takes(std::optional<std::uint32_t> number, const Volunteers& one) const {
  if (!source) return false;
  if (!number) return !editable->network().find(Entity::beneficiary, one.id[0]).has_value();
  const auto& organisation = planner->limits().organisation;
  return organisation.empty() || organisation[*number] == organisation_number(one);
}

bool DayPlan::takes(const Needs& one) const {
  return source && planner->limits().need.empty() && !one.part_of[0].has_value() &&
         room().implied->columns().has_place_for(one);
}

void DayPlan::set_row(std::uint32_t row, const Volunteers& one) {
  const bool is_new = row == gone_volunteers.size();
  if (is_new) gone_volunteers.push_back(0);
  editable->set(row, one);
  eligibility().update_volunteer(row);
  room().implied->columns().update_volunteer(is_new ? row : room().volunteers().number(row));
}

void DayPlan::set_row(std::uint32_t row, const Needs& one) {
  const bool is_new = row == gone_needs.size();
  if (is_new) gone_needs.push_back(0);
  editable->set(row, one);
  eligibility().update_need(row);
  room().implied->columns().update_line(is_new ? row : room().lines().number(row));
}

std::vector<LinePair> DayPlan::decline_again(const std::string& id) {
  std::vector<PairName> names;
  const auto [begin, end] = declined_away.equal_range(id);
  for (auto known = begin; known != end; ++known) names.push_back(known->second);
  declined_away.erase(begin, end);
  std::vector<LinePair> pairs;
  for (const PairName& name : names) {
    const auto v = find_volunteer(name.volunteer);
    const auto n = find_line(name.need);
    if (!v || !n) {
      declined_away.emplace(v ? name.need : name.volunteer, name);
      continue;
    }
    pairs.push_back({*n, *v});
    planner->forbid(pairs.back());
  }
  return pairs;
}

void DayPlan::allow(int128 demand, std::int32_t tier) {
  if (demand <= demand_max && tier <= planner->range().weights.tiers) return;
  demand_max = std::max(demand_max, 2 * demand + 1'000);
  const auto before = planner->snapshot().before;
  planner =
      solver::Replanner::make(planner->limits_with_pins(), planner->source(), demand_max, before,
                              {.threads = room().threads, .stop = {}, .progress = {}});
}

}  // namespace jiedui
