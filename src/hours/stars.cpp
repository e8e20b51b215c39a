#include "jiedui/hours/stars.hpp"

#include <algorithm>
#include <string_view>

namespace jiedui {

namespace {

using DayHours = std::map<Date, Seconds>;

/// The first day on which the running sum came to `least`; empty if it never did.
std::optional<Date> day_of_sum(const DayHours& days, Seconds least) {
  if (least.count() <= 0) return earliest_date;
  Seconds sum;
  for (const auto& [day, seconds] : days) {
    sum += seconds;
    if (sum >= least) return day;
  }
  return std::nullopt;
}

/// From when tenure allows a level; empty if that cannot be told.
std::optional<Date> tenure_of(const StarLevel& level, std::optional<Date> registered) {
  if (level.registered_at_least.count() == 0) return registered.value_or(earliest_date);
  if (!registered) return std::nullopt;
  return *registered + level.registered_at_least;
}

StarStanding standing_of(const DayHours& days, const StarRules& rules, Date as_of,
                         std::optional<Date> registered) {
  StarStanding standing;
  for (const auto& [day, seconds] : days) standing.counted += seconds;
  Date day = earliest_date;
  for (const StarLevel& level : rules.levels) {
    const Seconds least{level.least.count()};
    const auto served = day_of_sum(days, least);
    const auto tenure = tenure_of(level, registered);
    if (served && tenure) day = std::max({day, *served, *tenure});
    if (served && tenure && day <= as_of) {
      standing.reached.push_back({level.name, day});
      continue;
    }
    standing.next = level.name;
    standing.to_next = std::max(Seconds{0}, least - standing.counted);
    if (level.registered_at_least.count() > 0) standing.next_from = tenure;
    break;
  }
  return standing;
}

}  // namespace

Registrations registrations(const Network& network) {
  Registrations days;
  const Volunteers& volunteers = network.volunteers();
  for (std::size_t row = 0; row < volunteers.registered_since.size(); ++row)
    if (const Date day = volunteers.registered_since[row]; day != field::no_date)
      days.emplace_hint(days.end(), std::string(volunteers.id[row]), day);
  return days;
}

std::vector<StarStanding> stars(std::span<const ServedRecord> records, const StarRules& rules,
                                Date as_of, const Registrations& registered) {
  std::map<std::string_view, DayHours> volunteers;
  for (const auto& [volunteer, day] : registered)
    if (day <= as_of) volunteers[volunteer];
  for (const ServedRecord& record : records) {
    if (record.volunteer.empty() || record.day > as_of) continue;
    DayHours& days = volunteers[record.volunteer];
    const bool counts = !rules.clocked_only || record.source == RecordSource::clock;
    if (counts && record.confirmed.count() != 0) days[record.day] += record.confirmed;
  }
  std::vector<StarStanding> standings;
  standings.reserve(volunteers.size());
  for (const auto& [volunteer, days] : volunteers) {
    const auto since = registered.find(volunteer);
    std::optional<Date> day;
    if (since != registered.end()) day = since->second;
    standings.push_back(standing_of(days, rules, as_of, day));
    standings.back().volunteer = volunteer;
  }
  return standings;
}

Table star_table(std::span<const StarStanding> standings) {
  TextColumn volunteer, star, day, next, next_from;
  std::vector<std::int64_t> counted, to_next;
  for (const StarStanding& standing : standings) {
    const bool has_one = !standing.reached.empty();
    volunteer.push_back(standing.volunteer);
    star.push_back(has_one ? std::string_view(standing.reached.back().level) : std::string_view{});
    day.push_back(has_one ? format(standing.reached.back().day) : std::string{});
    counted.push_back(standing.counted.count());
    next.push_back(standing.next.value_or(std::string{}));
    to_next.push_back(standing.to_next.count());
    next_from.push_back(standing.next_from ? format(*standing.next_from) : std::string{});
  }
  Table table{.name = "stars"};
  const auto add = [&](const char* name, auto cells) {
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  add("volunteer", std::move(volunteer));
  add("star", std::move(star));
  add("day", std::move(day));
  add("counted_seconds", std::move(counted));
  add("next", std::move(next));
  add("to_next_seconds", std::move(to_next));
  add("next_from", std::move(next_from));
  return table;
}

}  // namespace jiedui
