#include <algorithm>

#include "clock_lifted.hpp"
#include "dispatcher_state.hpp"
#include "refusal.hpp"

// People and needs that come, go and are edited.

namespace jiedui {

namespace {

constexpr std::string_view volunteers = "volunteers";
constexpr std::string_view needs = "needs";

[[noreturn]] void refuse_double(std::string_view table, const std::string& id) {
  refuse("id_duplicate", std::string(table), "there is the id '" + id + "' already", "a new id",
         "edit the row, or give another id");
}

}  // namespace

EditableNetwork& Dispatcher::State::network(std::string_view place) {
  if (!day->editable)
    refuse("market_explicit", std::string(place), "a market of arrays has no rows of people",
           "markets of a network", "make another ExplicitMarket and call update()");
  return *day->editable;
}

template <class Columns>
void Dispatcher::State::check_horizon(const Columns& one, std::string_view place) const {
  bool has_dates = Eligibility::dates_matter(one);
  if constexpr (requires { one.registered_since; })
    has_dates = has_dates || one.registered_since[0] != field::no_date;
  if (has_dates && !day->eligibility().has_horizon())
    refuse("horizon_unknown", std::string(place), "the row has dates, and the market no horizon",
           "rows without dates", "give MarketOptions::from when the market is made");
}

// --- pins of a row that is edited ---

template <class RowsOf>
Dispatcher::State::Pins Dispatcher::State::pins_under(Eligibility& eligibility,
                                                      const std::vector<LinePair>& pins,
                                                      RowsOf&& rows_of) const {
  Pins found;
  const ClockLifted lifted(eligibility);
  for (const LinePair& pin : pins) {
    const PairName name{day->volunteer_id(pin.volunteer), day->need_id(pin.line)};
    const auto held = day->planner->pairs_of_volunteer(pin.volunteer);
    const auto now = std::find_if(held.begin(), held.end(),
                                  [&](const auto& one) { return one.pair.need == pin.line; });
    const auto [volunteer, need] = rows_of(name);
    std::vector<solver::Candidate> ways;
    eligibility.append_candidates(need, std::span(&volunteer, 1), ways);
    const auto way = std::find_if(ways.begin(), ways.end(), [&](const solver::Candidate& one) {
      return one.slot == now->pair.candidate.slot;
    });
    if (way == ways.end())
      refuse("pin_not_eligible", place_of(name),
             "with this row the pinned pair may not be paired any more", "eligible pairs",
             "unpin or decline the pair first");
    found.push_back({name, way->slot, way->points});
  }
  return found;
}

template <class Columns>
Dispatcher::State::Pins Dispatcher::State::check_pins(const std::vector<LinePair>& pins,
                                                      std::uint32_t row, const Columns& one) {
  if (pins.empty()) return {};
  const Columns before = [&] {
    if constexpr (std::is_same_v<Columns, Volunteers>)
      return day->editable->volunteer(row);
    else
      return day->editable->need(row);
  }();
  const auto rows_of = [&](const PairName& name) {
    return RowPair{*day->editable->find_volunteer(name.volunteer),
                   *day->editable->find_need(name.need)};
  };
  day->set_row(row, one);
  try {
    Pins found = pins_under(day->eligibility(), pins, rows_of);
    day->set_row(row, before);
    return found;
  } catch (...) {
    day->set_row(row, before);
    throw;
  }
}

void Dispatcher::State::unpin_all(const std::vector<LinePair>& pins) {
  for (const LinePair& pin : pins) day->planner->unpin(pin);
}
void Dispatcher::State::pin_all(const Pins& pins) {
  for (const auto& [name, slot, points] : pins) {
    const LinePair pair = day->pair(name.volunteer, name.need);
    JIEDUI_CHECK(day->planner->pin(pair, {pair.volunteer, 0, points}, slot));
  }
}
std::size_t Dispatcher::State::begun_among(const std::vector<LinePair>& pins) const {
  return static_cast<std::size_t>(
      std::count_if(pins.begin(), pins.end(), [&](LinePair pin) { return day->has_begun(pin); }));
}

// --- rows beside the index ---

void Dispatcher::State::note_row(std::uint32_t row, bool of_volunteer) {
  if (!undo_ || undo_->replaced) return;
  const auto& gone = of_volunteer ? day->gone_volunteers : day->gone_needs;
  BatchUndo::Row old{of_volunteer, row, true, {}, {}};
  if (row < gone.size()) {
    old.was_gone = gone[row] != 0;
    if (of_volunteer)
      old.volunteer = day->editable->volunteer(row);
    else
      old.need = day->editable->need(row);
  }
  undo_->rows.push_back(std::move(old));
}

void Dispatcher::State::decline_again(std::string_view id) {
  for (const LinePair& pair : day->decline_again(std::string(id)))
    if (undo_ && !undo_->replaced) undo_->forbidden.push_back(pair);
}

/// Of one who has no capacity yet, or any more, and no pairs.
void Dispatcher::State::put_beside(std::uint32_t row, const Volunteers& one, const Pins& pins) {
  note_row(row, true);
  const bool is_new = row == day->gone_volunteers.size();
  const std::uint32_t v = is_new ? row : day->room().volunteers().number(row);
  if (!is_new) {
    // What lines have read of him is out of date.
    if (day->gone_volunteers[row] != 0) day->source->put_in_volunteer(v);
    day->planner->forget_offers(v);
    day->source->take_out_volunteer(v);
  }
  day->set_row(row, one);
  day->gone_volunteers[row] = 0;
  day->source->put_in_volunteer(v);
  day->planner->source_changed();
  if (is_new) day->planner->add_volunteer(day->organisation_number(one));
  decline_again(one.id[0]);
  day->planner->set_capacity(v, one.capacity[0]);
  pin_all(pins);
}

/// Of one who asks for nobody yet, or any more, and has no pairs.
void Dispatcher::State::put_beside(std::uint32_t row, const Needs& one, const Pins& pins) {
  note_row(row, false);
  const bool is_new = row == day->gone_needs.size();
  const std::uint32_t n = is_new ? row : day->room().lines().number(row);
  if (!is_new) day->source->take_out_line(n);
  day->set_row(row, one);
  day->gone_needs[row] = 0;
  day->source->put_in_line(n);
  if (is_new)
    day->planner->add_line(one.tier[0]);
  else
    day->planner->renew_line(n, one.tier[0]);
  decline_again(one.id[0]);
  day->allow(day->planner->demand() + one.demand[0], one.tier[0]);
  day->planner->set_demand(n, one.demand[0]);
  pin_all(pins);
}

// --- rows that take a new market ---

void Dispatcher::State::replace(std::unique_ptr<DayPlan> by) {
  if (undo_ && !undo_->replaced) undo_->replaced = std::move(day);
  day = std::move(by);
}

template <class Columns>
void Dispatcher::State::put_by_remaking(std::uint32_t row, const Columns& one,
                                        const std::vector<LinePair>& pins) {
  constexpr bool of_volunteer = std::is_same_v<Columns, Volunteers>;
  const std::string id(one.id[0]);
  const Market fresh = day->remade(one, row);
  const Pins kept =
      pins_under(*MarketAccess::state(fresh).eligibility, pins, [&](const PairName& name) {
        return RowPair{fresh.volunteer_index(name.volunteer).value(),
                       fresh.need_index(name.need).value()};
      });
  unpin_all(pins);
  const auto old = of_volunteer ? day->find_volunteer(id) : day->find_line(id);
  if (old && of_volunteer) day->planner->set_capacity(*old, 0);
  if (old && !of_volunteer) day->planner->set_demand(*old, 0);
  replace(std::make_unique<DayPlan>(fresh, *day, day->clock));
  if constexpr (of_volunteer) {
    day->planner->set_capacity(day->volunteer(id), one.capacity[0]);
  } else {
    day->allow(day->planner->demand() + one.demand[0], one.tier[0]);
    day->planner->set_demand(day->line(id), one.demand[0]);
  }
  pin_all(kept);
}

// --- the operations ---

void Dispatcher::State::add(const Volunteer& row) {
  EditableNetwork& rows = network(volunteers);
  if (day->find_volunteer(row.id)) refuse_double(volunteers, row.id);
  const Volunteers one = rows.read(row);
  check_horizon(one, volunteers);
  const auto old = rows.find_volunteer(row.id);
  const auto number = old ? std::optional(day->room().volunteers().number(*old)) : std::nullopt;
  const std::uint32_t at = old.value_or(static_cast<std::uint32_t>(day->gone_volunteers.size()));
  if (day->takes(number, one))
    put_beside(at, one, {});
  else
    put_by_remaking(at, one, {});
  day->is_edited = true;
}

void Dispatcher::State::edit(const Volunteer& row) {
  EditableNetwork& rows = network(volunteers);
  const std::uint32_t v = day->volunteer(row.id);
  const Volunteers one = rows.read(row);
  check_horizon(one, volunteers);
  const std::vector<LinePair> pins = day->pins_of_volunteer(v);
  if (one.capacity[0] < static_cast<std::int32_t>(pins.size()))
    refuse("capacity_out_of_range", "volunteer " + row.id,
           std::to_string(one.capacity[0]) + " pairs cannot be the capacity",
           std::to_string(pins.size()) + " to 10000", "unpin pairs first");
  const std::uint32_t at = day->volunteer_row(v);
  if (day->takes(v, one)) {
    const Pins kept = check_pins(pins, at, one);
    unpin_all(pins);
    day->planner->set_capacity(v, 0);
    put_beside(at, one, kept);
  } else {
    put_by_remaking(at, one, pins);
  }
  day->is_edited = true;
}

void Dispatcher::State::withdraw_volunteer(std::string_view id) {
  network(volunteers);
  const std::uint32_t v = day->volunteer(id);
  std::vector<LinePair> pins = day->pins_of_volunteer(v);
  const auto begun = static_cast<std::int32_t>(begun_among(pins));
  std::erase_if(pins, [&](LinePair pin) { return day->has_begun(pin); });
  unpin_all(pins);
  day->planner->set_capacity(v, begun);
  day->is_edited = true;
  if (begun > 0) return;
  const std::uint32_t row = day->volunteer_row(v);
  note_row(row, true);
  day->planner->forget_least(v);
  day->gone_volunteers[row] = 1;
  if (day->source) day->source->take_out_volunteer(v);
  day->planner->source_changed();
}

void Dispatcher::State::add(const Need& row) {
  EditableNetwork& rows = network(needs);
  if (day->find_line(row.id)) refuse_double(needs, row.id);
  const Needs one = rows.read(row);
  check_horizon(one, needs);
  const std::uint32_t at =
      rows.find_need(row.id).value_or(static_cast<std::uint32_t>(day->gone_needs.size()));
  if (day->takes(one))
    put_beside(at, one, {});
  else
    put_by_remaking(at, one, {});
  day->is_edited = true;
}

void Dispatcher::State::edit(const Need& row) {
  EditableNetwork& rows = network(needs);
  const std::uint32_t n = day->line(row.id);
  const Needs one = rows.read(row);
  check_horizon(one, needs);
  const std::vector<LinePair> pins = day->pins_of_line(n);
  if (one.demand[0] < static_cast<std::int32_t>(pins.size()))
    refuse("demand_out_of_range", "need " + row.id,
           std::to_string(one.demand[0]) + " people cannot be the demand",
           std::to_string(pins.size()) + " to 100000", "unpin pairs first");
  const std::uint32_t at = day->line_row(n);
  if (day->takes(one)) {
    const Pins kept = check_pins(pins, at, one);
    unpin_all(pins);
    day->planner->set_demand(n, 0);
    put_beside(at, one, kept);
  } else {
    put_by_remaking(at, one, pins);
  }
  day->is_edited = true;
}

void Dispatcher::State::withdraw_need(std::string_view id) {
  network(needs);
  const std::uint32_t n = day->line(id);
  std::vector<std::uint32_t> lines = {n};
  const std::vector<std::uint32_t>& need = day->planner->limits().need;
  for (std::uint32_t line = 0; line < need.size(); ++line)
    if (need[line] == n && line != n && day->gone_needs[day->line_row(line)] == 0)
      lines.push_back(line);
  bool any_begun = false;
  for (const std::uint32_t line : lines) {
    std::vector<LinePair> pins = day->pins_of_line(line);
    const auto begun = static_cast<std::int32_t>(begun_among(pins));
    any_begun = any_begun || begun > 0;
    std::erase_if(pins, [&](LinePair pin) { return day->has_begun(pin); });
    unpin_all(pins);
    day->planner->set_demand(line, begun);
  }
  day->is_edited = true;
  if (any_begun) return;
  for (const std::uint32_t line : lines) {
    const std::uint32_t row = day->line_row(line);
    note_row(row, false);
    day->gone_needs[row] = 1;
    if (day->source) day->source->take_out_line(line);
    day->planner->renew_line(line, day->planner->limits().tier[line]);
  }
  day->planner->source_changed();
}

}  // namespace jiedui
