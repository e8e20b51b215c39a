#include <algorithm>
#include <tuple>

#include "dispatcher_state.hpp"
#include "refusal.hpp"

// Pairs, limits and the clock; what an operation has changed, and how a batch is undone.

namespace jiedui {

namespace {

std::string place(std::string_view volunteer, std::string_view need) {
  return place_of(PairName{std::string(volunteer), std::string(need)});
}

bool is_before(const PairName& a, const PairName& b) {
  return std::tie(a.need, a.volunteer) < std::tie(b.need, b.volunteer);
}

[[noreturn]] void refuse_begun(std::string_view volunteer, std::string_view need) {
  refuse("pair_begun", place(volunteer, need), "the pair has begun, and stays in the plan",
         "pairs that begin after the clock", "tell what became of it in the service records");
}

}  // namespace

void Dispatcher::State::decline(std::string_view volunteer, std::string_view need) {
  const LinePair pair = day->pair(volunteer, need);
  if (day->has_begun(pair)) refuse_begun(volunteer, need);
  if (day->planner->source().is_forbidden(pair.line, pair.volunteer)) return;
  if (undo_ && !undo_->replaced) undo_->forbidden.push_back(pair);
  day->planner->forbid(pair);
}

void Dispatcher::State::pin(std::string_view volunteer, std::string_view need) {
  const LinePair pair = day->pair(volunteer, need);
  if (day->planner->serves(pair)) {
    day->planner->pin(pair, {});
    return;
  }
  const auto offer = day->offer(pair);
  if (!offer)
    refuse("pin_not_eligible", place(volunteer, need), "the two may not be paired",
           "eligible pairs", "see market().reasons_against()");
  if (!day->planner->pin(pair, *offer))
    refuse("pin_infeasible", place(volunteer, need), "other pins leave no room for the pair",
           "pins within capacity, slots, demand and totals", "unpin another pair first");
}

void Dispatcher::State::confirm(std::string_view volunteer, std::string_view need) {
  const LinePair pair = day->pair(volunteer, need);
  if (!day->planner->serves(pair))
    refuse("pair_unknown", place(volunteer, need), "the plan does not have the pair",
           "pairs of plan()", "pin() puts a pair into the plan");
  day->planner->pin(pair, {});
}

void Dispatcher::State::unpin(std::string_view volunteer, std::string_view need) {
  const LinePair pair = day->pair(volunteer, need);
  if (day->has_begun(pair)) refuse_begun(volunteer, need);
  day->planner->unpin(pair);
}

void Dispatcher::State::set_capacity(std::string_view volunteer, std::int32_t pairs) {
  const std::uint32_t v = day->volunteer(volunteer);
  const auto least = static_cast<std::int32_t>(day->pins_of_volunteer(v).size());
  // A market has no candidates of one whose row gives no capacity.
  const std::int32_t stated =
      day->is_explicit() ? day->given.limits().capacity[day->volunteer_row(v)]
                         : day->editable->network().volunteers().capacity[day->volunteer_row(v)];
  const std::int32_t most = stated > 0 ? 10'000 : 0;
  if (pairs < least || pairs > most)
    refuse("capacity_out_of_range", "volunteer " + std::string(volunteer),
           std::to_string(pairs) + " pairs cannot be the capacity",
           std::to_string(least) + " to " + std::to_string(most),
           "unpin pairs, or edit the row so that it gives a capacity");
  day->planner->set_capacity(v, pairs);
}

void Dispatcher::State::set_demand(std::string_view need, std::int32_t people) {
  const std::uint32_t n = day->line(need);
  const auto least = static_cast<std::int32_t>(day->pins_of_line(n).size());
  if (people < least || people > 100'000)
    refuse("demand_out_of_range", "need " + std::string(need),
           std::to_string(people) + " people cannot be the demand",
           std::to_string(least) + " to 100000", "unpin pairs, or ask for fewer");
  const solver::Limits& limits = day->planner->limits();
  day->allow(day->planner->demand() - limits.demand[n] + people, limits.tier[n]);
  day->planner->set_demand(n, people);
}

// --- the clock ---

std::vector<std::string> Dispatcher::State::advance(Instant now) {
  if (day->clock && now < *day->clock)
    refuse("clock_backwards", "clock", "the clock does not go back",
           format(*day->clock) + " or later", "make a Dispatcher anew");
  if (day->is_explicit()) return {};
  const std::int64_t second = now.time_since_epoch().count();
  const std::int64_t before = day->eligibility().clock();
  const Eligibility& eligibility = day->eligibility();
  const Needs& all = day->editable->network().needs();
  std::vector<std::uint32_t> begun_lines;
  std::vector<std::string> closed;  // by id: a market that is made anew has other numbers
  for (std::uint32_t n = 0; n < day->planner->limits().demand.size(); ++n) {
    const std::uint32_t row = day->line_row(n);
    if (!eligibility.is_timed(row) || day->gone_needs[row] != 0) continue;
    const auto windows = eligibility.windows(all.windows.number(row));
    const auto is_touched = [&](const Interval& window) {
      return window.begin <= second && window.end > before;
    };
    if (!std::any_of(windows.begin(), windows.end(), is_touched)) continue;
    begun_lines.push_back(n);
    if (!eligibility.can_begin_after(row, second)) closed.push_back(day->need_id(n));
    for (const auto& [pair, pinned] : day->planner->pairs_of_line(n)) {
      const std::uint32_t v = pair.candidate.volunteer;
      const auto time = eligibility.earliest(day->volunteer_row(v), row, pair.candidate.slot);
      if (!time || time->begin > second) continue;
      day->planner->pin({n, v}, {});
      day->begun.insert(DayPlan::key({n, v}));
    }
  }
  if (!day->source) {
    day = std::make_unique<DayPlan>(day->remade(now), *day, now);
  } else {
    day->eligibility().set_clock(second);
    for (const std::uint32_t n : begun_lines) day->planner->reread_line(n);
  }
  day->clock = now;
  day->is_edited = true;
  std::sort(closed.begin(), closed.end());
  for (const std::string& id : closed) {
    const std::uint32_t n = day->line(id);
    day->planner->set_demand(n, static_cast<std::int32_t>(day->planner->pairs_of_line(n).size()));
  }
  return closed;
}

// --- what has changed ---

PlanChange Dispatcher::State::change() {
  PlanChange change;
  const auto name = [&](const std::vector<LinePair>& pairs, std::vector<PairName>& out) {
    for (const LinePair& pair : pairs)
      out.push_back({day->volunteer_id(pair.volunteer), day->need_id(pair.line)});
  };
  const solver::Change numbers = day->planner->accept();
  name(numbers.added, change.added);
  change.dropped = std::move(day->lost);
  day->lost.clear();
  name(numbers.dropped, change.dropped);
  name(numbers.moved, change.moved);
  complete(change);
  return change;
}

void Dispatcher::State::complete(PlanChange& change) {
  for (auto* list : {&change.added, &change.dropped, &change.moved})
    std::sort(list->begin(), list->end(), is_before);
  // One who left and came again within a batch, to the same pair.
  std::vector<PairName> both;
  std::set_intersection(change.added.begin(), change.added.end(), change.dropped.begin(),
                        change.dropped.end(), std::back_inserter(both), is_before);
  for (auto* list : {&change.added, &change.dropped})
    std::erase_if(*list, [&](const PairName& pair) {
      return std::binary_search(both.begin(), both.end(), pair, is_before);
    });
  for (const auto* list : {&change.added, &change.dropped, &change.moved})
    for (const PairName& pair : *list) {
      change.volunteers.push_back(pair.volunteer);
      change.needs.push_back(pair.need);
    }
  for (auto* ids : {&change.volunteers, &change.needs}) {
    std::sort(ids->begin(), ids->end());
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  }
}

// --- all or nothing ---

void Dispatcher::State::begin_batch() {
  undo_.emplace();
  undo_->snapshot = day->planner->snapshot();
  undo_->limits = day->planner->limits_with_pins();
  undo_->was_edited = day->is_edited;
  undo_->demand_max = day->demand_max;
  undo_->declined_away = day->declined_away;
  undo_->range.emplace(day->planner->range());
}

void Dispatcher::State::end_batch() {
  undo_.reset();
}

void Dispatcher::State::undo_batch() {
  BatchUndo undo = std::move(*undo_);
  undo_.reset();
  if (undo.replaced) day = std::move(undo.replaced);
  for (auto old = undo.rows.rbegin(); old != undo.rows.rend(); ++old) {
    auto& gone = old->of_volunteer ? day->gone_volunteers : day->gone_needs;
    const Numbering& numbers = old->of_volunteer ? day->room().volunteers() : day->room().lines();
    const std::uint32_t number = numbers.number(old->row);
    const bool is_in = !old->was_gone;
    if (old->of_volunteer) {
      if (day->source) day->source->take_out_volunteer(number);
      if (day->source && old->volunteer) day->set_row(old->row, *old->volunteer);
      if (day->source && is_in) day->source->put_in_volunteer(number);
    } else {
      if (day->source) day->source->take_out_line(number);
      if (day->source && old->need) day->set_row(old->row, *old->need);
      if (day->source && is_in) day->source->put_in_line(number);
    }
    gone[old->row] = old->was_gone ? 1 : 0;
  }
  day->declined_away = std::move(undo.declined_away);
  solver::EditableSource source = day->planner->source();
  for (const LinePair& pair : undo.forbidden) source.allow(pair.line, pair.volunteer);
  // Rows that were appended stay, as of people who have left.
  solver::Limits& limits = undo.limits;
  const std::size_t volunteers = day->planner->limits().capacity.size();
  const std::size_t lines = day->planner->limits().demand.size();
  limits.capacity.resize(volunteers, 0);
  if (!limits.least.empty()) limits.least.resize(volunteers, 0);
  if (!limits.load_before.empty()) limits.load_before.resize(volunteers, 0);
  if (!limits.organisation.empty())
    for (std::size_t v = limits.organisation.size(); v < volunteers; ++v)
      limits.organisation.push_back(day->planner->limits().organisation[v]);
  limits.demand.resize(lines, 0);
  for (std::size_t n = limits.tier.size(); n < lines; ++n)
    limits.tier.push_back(day->planner->limits().tier[n]);
  day->is_edited = undo.was_edited || !undo.rows.empty();
  day->demand_max = undo.demand_max;
  day->planner =
      solver::Replanner::make(std::move(limits), std::move(source), *undo.range, undo.snapshot, 1);
  day->planner->source_changed();
}

}  // namespace jiedui
