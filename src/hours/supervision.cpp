#include "jiedui/hours/supervision.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string_view>

namespace jiedui {

namespace {

void check_not_negative(std::int64_t value, std::string_view field) {
  (void)checked_range(value, 0, std::numeric_limits<std::int64_t>::max(), field);
}

void check(const UnitFigures& unit) {
  check_not_negative(unit.teams, "teams");
  check_not_negative(unit.expected, "expected");
  check_not_negative(unit.registered, "registered");
  check_not_negative(unit.active, "active");
}

template <class Get>
void add_column(Table& table, const char* name, std::span<const SupervisionItem> items, Get get) {
  std::vector<std::int64_t> cells;
  for (const SupervisionItem& item : items) cells.push_back(get(item));
  table.columns.push_back({.name = name, .cells = std::move(cells)});
}

}  // namespace

std::optional<std::int64_t> Rate::basis_points() const {
  if (whole <= 0) return std::nullopt;
  const int128 doubled = int128{part} * 20'000 + whole;  // twice the value, and a half
  const int128 points = doubled / (int128{whole} * 2);
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  if (points > most) detail::overflow("basis points", 0, most);
  return static_cast<std::int64_t>(points);
}

bool Rate::at_most(std::int64_t permille) const {
  return whole > 0 && int128{part} * 1'000 <= int128{whole} * permille;
}

bool Rate::below(std::int64_t permille) const {
  return whole > 0 && int128{part} * 1'000 < int128{whole} * permille;
}

CalendarPeriod activity_period(const ActivityRules& rules, Date as_of) {
  const std::chrono::year_month_day same_day = std::chrono::year_month_day{as_of} - rules.window;
  const Date before =
      same_day.ok() ? Date{same_day} : Date{same_day.year() / same_day.month() / std::chrono::last};
  return {before + std::chrono::days{1}, as_of};
}

std::vector<std::string> active_volunteers(std::span<const ServedRecord> records,
                                           const ActivityRules& rules) {
  std::map<std::string_view, Seconds> sums;
  for (const ServedRecord& record : records) {
    const bool counts = !rules.clocked_only || record.source == RecordSource::clock;
    if (counts && !record.volunteer.empty() && record.confirmed.count() > 0)
      sums[record.volunteer] += record.confirmed;
  }
  std::vector<std::string> active;
  for (const auto& [volunteer, seconds] : sums)
    if (seconds.count() >= rules.least.count()) active.emplace_back(volunteer);
  return active;
}

Rate activity_rate(std::span<const ServedRecord> records, const ActivityRules& rules,
                   const std::vector<std::string>& registered) {
  const std::set<std::string_view> all(registered.begin(), registered.end());
  Rate rate{.whole = static_cast<std::int64_t>(all.size())};
  for (const std::string& volunteer : active_volunteers(records, rules))
    if (all.contains(volunteer)) ++rate.part;
  return rate;
}

std::vector<UnitFigures> place_figures(
    const Network& network, std::span<const ServedRecord> records, const ActivityRules& rules,
    Date as_of, const std::vector<std::pair<std::string, std::int64_t>>& expected) {
  std::vector<UnitFigures> units(network.size(Entity::place));
  for (std::size_t row = 0; row < units.size(); ++row)
    units[row].unit = network.ids(Entity::place)[row];
  const auto add_upwards = [&](PlaceIndex at, std::int64_t UnitFigures::*member,
                               std::int64_t number) {
    for (; at.has_value(); at = network.places().parent[at.value()])
      units[at.value()].*member = checked_add(units[at.value()].*member, number, "people");
  };
  const auto& organisations = network.organisations();
  for (std::size_t row = 0; row < organisations.kind.size(); ++row) {
    const OrganisationKind kind = organisations.kind[row];
    if (kind == OrganisationKind::team || kind == OrganisationKind::association ||
        kind == OrganisationKind::other)
      add_upwards(organisations.place[row], &UnitFigures::teams, 1);
  }
  const auto& volunteers = network.volunteers();
  const auto is_registered = [&](std::size_t row) {
    const Date since = volunteers.registered_since[row];
    return since == field::no_date || since <= as_of;
  };
  for (std::size_t row = 0; row < network.size(Entity::volunteer); ++row)
    if (is_registered(row)) add_upwards(volunteers.place[row], &UnitFigures::registered, 1);
  for (const std::string& volunteer : active_volunteers(records, rules))
    if (const auto row = network.find(Entity::volunteer, volunteer); row && is_registered(*row))
      add_upwards(volunteers.place[*row], &UnitFigures::active, 1);
  for (const auto& [place, number] : expected) {
    check_not_negative(number, "expected");
    const auto row = network.find(Entity::place, place);
    if (!row)
      throw Error({.code = "id_unknown",
                   .place = "expected",
                   .message = "the network has no place " + place,
                   .allowed = "ids of places",
                   .way_out = "add the place, or leave it out"});
    add_upwards(PlaceIndex{*row}, &UnitFigures::expected, number);
  }
  return units;
}

std::vector<SupervisionItem> supervision_list(std::span<const UnitFigures> units,
                                              const SupervisionRules& rules) {
  const auto listed = [&](const Rate& rate, std::optional<std::int32_t> permille) {
    if (!permille) return false;
    return rules.bound_included ? rate.at_most(*permille) : rate.below(*permille);
  };
  std::vector<SupervisionItem> items;
  for (const UnitFigures& unit : units) {
    check(unit);
    SupervisionItem item{
        .figures = unit,
        .no_team = rules.no_team && unit.teams == 0,
        .registration = listed({unit.registered, unit.expected}, rules.registered_at_most),
        .activity = listed({unit.active, unit.registered}, rules.active_at_most)};
    if (item.no_team || item.registration || item.activity) items.push_back(std::move(item));
  }
  return items;
}

Table supervision_table(std::span<const SupervisionItem> items) {
  TextColumn unit;
  for (const SupervisionItem& item : items) unit.push_back(item.figures.unit);
  Table table{.name = "supervision"};
  table.columns.push_back({.name = "unit", .cells = std::move(unit)});
  using Item = const SupervisionItem&;
  add_column(table, "teams", items, [](Item item) { return item.figures.teams; });
  add_column(table, "expected", items, [](Item item) { return item.figures.expected; });
  add_column(table, "registered", items, [](Item item) { return item.figures.registered; });
  add_column(table, "active", items, [](Item item) { return item.figures.active; });
  add_column(table, "no_team", items, [](Item item) { return item.no_team ? 1 : 0; });
  add_column(table, "registration", items, [](Item item) { return item.registration ? 1 : 0; });
  add_column(table, "activity", items, [](Item item) { return item.activity ? 1 : 0; });
  return table;
}

}  // namespace jiedui
