#include "jiedui/hours/hours_report.hpp"

#include <map>

#include "hours/hours_sum.hpp"

namespace jiedui {

namespace {

using detail::Share;

std::vector<Share> shares_of(const ServedRecord& record, bool by_organisation) {
  if (!by_organisation || record.co_organisers.empty())
    return {{record.organisation, record.confirmed, record.claimed, record.planned}};
  const ServiceRecord run_by{.organisation = record.organisation,
                             .co_organisers = record.co_organisers};
  const auto split = [&](Seconds seconds) {
    return organisation_shares(run_by, std::chrono::seconds{seconds.count()});
  };
  const auto confirmed = split(record.confirmed);
  const auto claimed = split(record.claimed);
  const auto planned = split(record.planned);
  std::vector<Share> shares;
  for (std::size_t i = 0; i < confirmed.size(); ++i)
    shares.push_back({confirmed[i].first, Seconds{confirmed[i].second.count()},
                      Seconds{claimed[i].second.count()}, Seconds{planned[i].second.count()}});
  return shares;
}

std::string key_of(const ServedRecord& record, const Share& share, GroupBy by) {
  switch (by) {
    case GroupBy::volunteer:
      return record.volunteer;
    case GroupBy::organisation:
      return share.organisation;
    case GroupBy::place:
      return record.place;
    case GroupBy::need:
      return record.need;
    case GroupBy::activity:
      return record.activity;
    case GroupBy::item:
      return record.item;
    case GroupBy::beneficiary:
      return record.beneficiary;
    case GroupBy::source:
      return std::string(to_string(record.source));
    case GroupBy::month:
      return month_text(record.day);
  }
  return {};
}

std::int64_t amount_of(const HoursLine& line, RankBy by) {
  switch (by) {
    case RankBy::confirmed:
      return line.confirmed.count();
    case RankBy::person_times:
      return line.person_times;
    case RankBy::distinct_persons:
      return line.distinct_persons;
    case RankBy::people_served:
      return line.people_served;
  }
  return 0;
}

bool names_something(const HoursLine& line) {
  return std::any_of(line.keys.begin(), line.keys.end(),
                     [](const std::string& key) { return !key.empty(); });
}

void add_keys(Table& table, const std::vector<const HoursLine*>& lines,
              const std::vector<GroupBy>& by) {
  for (std::size_t i = 0; i < by.size(); ++i) {
    TextColumn keys;
    for (const HoursLine* line : lines)
      keys.push_back(i < line->keys.size() ? std::string_view(line->keys[i]) : std::string_view{});
    const auto name = names(by[i])[static_cast<std::size_t>(by[i])];
    table.columns.push_back({.name = std::string(name), .cells = std::move(keys)});
  }
}

}  // namespace

void detail::add_columns(Table& table, const std::vector<const HoursLine*>& lines,
                         std::string_view prefix) {
  const auto add = [&](std::string_view name, const auto& value) {
    std::vector<std::int64_t> cells;
    cells.reserve(lines.size());
    for (const HoursLine* line : lines) cells.push_back(value(*line));
    table.columns.push_back(
        {.name = std::string(prefix) + std::string(name), .cells = std::move(cells)});
  };
  for (std::size_t i = 0; i < 4; ++i)
    add(std::string(to_string(static_cast<RecordSource>(i + 1))) + "_seconds",
        [i](const HoursLine& line) { return line.by_source[i].count(); });
  add("confirmed_seconds", [](const HoursLine& line) { return line.confirmed.count(); });
  add("claimed_seconds", [](const HoursLine& line) { return line.claimed.count(); });
  add("planned_seconds", [](const HoursLine& line) { return line.planned.count(); });
  add("person_times", [](const HoursLine& line) { return line.person_times; });
  add("distinct_persons", [](const HoursLine& line) { return line.distinct_persons; });
  add("people_served", [](const HoursLine& line) { return line.people_served; });
}

HoursReport hours_report(std::span<const ServedRecord> records, const std::vector<GroupBy>& by) {
  detail::PersonNumbers persons;
  std::map<std::vector<std::string>, detail::HoursSum> sums;
  detail::HoursSum total;
  const bool shared = std::find(by.begin(), by.end(), GroupBy::organisation) != by.end();
  for (const ServedRecord& record : records) {
    const std::uint32_t person = persons.of(record);
    total.add(record, person);
    for (const Share& share : shares_of(record, shared)) {
      std::vector<std::string> keys;
      keys.reserve(by.size());
      for (const GroupBy key : by) keys.push_back(key_of(record, share, key));
      sums[std::move(keys)].add(record, share, person);
    }
  }
  HoursReport report{.by = by, .lines = {}, .total = std::move(total).line({})};
  for (auto& [keys, sum] : sums) report.lines.push_back(std::move(sum).line(keys));
  return report;
}

Table HoursReport::table() const {
  std::vector<const HoursLine*> rows;
  for (const HoursLine& line : lines) rows.push_back(&line);
  Table table{.name = "hours"};
  add_keys(table, rows, by);
  detail::add_columns(table, rows);
  return table;
}

std::vector<Ranked> ranking(const HoursReport& report, RankBy by, std::int64_t last) {
  std::vector<const HoursLine*> lines;
  for (const HoursLine& line : report.lines)
    if (names_something(line)) lines.push_back(&line);
  // Lines are in order of their keys, which a stable sort keeps among equal amounts.
  std::stable_sort(lines.begin(), lines.end(), [by](const HoursLine* a, const HoursLine* b) {
    return amount_of(*a, by) > amount_of(*b, by);
  });
  std::vector<Ranked> ranked;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool equal = i > 0 && amount_of(*lines[i], by) == amount_of(*lines[i - 1], by);
    const std::int64_t rank = equal ? ranked.back().rank : static_cast<std::int64_t>(i) + 1;
    if (last > 0 && rank > last) break;
    ranked.push_back({rank, *lines[i]});
  }
  return ranked;
}

Table ranking_table(std::span<const Ranked> ranked, const std::vector<GroupBy>& by) {
  std::vector<std::int64_t> rank;
  std::vector<const HoursLine*> rows;
  for (const Ranked& one : ranked) {
    rank.push_back(one.rank);
    rows.push_back(&one.line);
  }
  Table table{.name = "ranking"};
  table.columns.push_back({.name = "rank", .cells = std::move(rank)});
  add_keys(table, rows, by);
  detail::add_columns(table, rows);
  return table;
}

}  // namespace jiedui
