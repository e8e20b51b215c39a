#include <array>
#include <chrono>
#include <limits>

#include "jiedui/hours/hours_ledger.hpp"
#include "ledger/table_cells.hpp"

namespace jiedui {

namespace {

using detail::TableCells;

constexpr auto seconds_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

enum Field : std::size_t {
  f_volunteer,
  f_need,
  f_activity,
  f_organisation,
  f_place,
  f_item,
  f_beneficiary,
  f_begins,
  f_ends,
  f_served,
  f_recorded_by,
  f_source,
  f_id,
};
constexpr std::array<std::string_view, 13> field_names = {
    "volunteer", "need", "activity", "organisation", "place",  "item", "beneficiary",
    "begins",    "ends", "served",   "recorded_by",  "source", "id"};

RecordSource source_at(TableCells& cells, std::size_t row) {
  const std::string_view word = cells.text(f_source, row);
  if (word.empty()) return RecordSource::organisation;
  for (int number = 1; number <= 4; ++number)
    if (word == to_string(static_cast<RecordSource>(number)))
      return static_cast<RecordSource>(number);
  cells.refuse(f_source, row, "choice_unknown", "clock, organisation, declared, backfilled");
  return RecordSource::organisation;
}

ServiceRecord record_at(TableCells& cells, std::size_t row) {
  const auto text = [&](Field field) { return std::string(cells.text(field, row)); };
  ServiceRecord record;
  record.id = cells.id(f_id, row);
  record.volunteer = text(f_volunteer);
  record.need = text(f_need);
  record.activity = text(f_activity);
  record.organisation = text(f_organisation);
  record.place = text(f_place);
  record.item = text(f_item);
  record.beneficiary = text(f_beneficiary);
  record.recorded_by = text(f_recorded_by);
  record.source = source_at(cells, row);
  const std::uint64_t seconds = cells.number(f_served, row, seconds_max).value_or(0);
  record.served = std::chrono::seconds{static_cast<std::int64_t>(seconds)};
  const std::optional<Instant> begins = cells.instant(f_begins, row);
  const std::optional<Instant> ends = cells.instant(f_ends, row);
  if (begins && ends) record.intervals.push_back({*begins, *ends});
  if (cells.has(f_begins, row) != cells.has(f_ends, row))
    cells.refuse(begins ? f_ends : f_begins, row, "value_missing", "begins and ends, or neither");
  return record;
}

/// Finds all that is wrong, in cells and in what they say together.
void check_rows(TableCells& cells, ProblemList& problems) {
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    const std::int64_t before = problems.count();
    const ServiceRecord record = record_at(cells, row);
    if (problems.count() == before) check(record, cells.row_number(row), problems);
  }
  problems.throw_if_any();
}

}  // namespace

std::vector<ServiceRecord> records_of(const Table& table) {
  ProblemList problems;
  TableCells cells{table, field_names, problems};
  check_rows(cells, problems);
  std::vector<ServiceRecord> records;
  records.reserve(cells.rows());
  for (std::size_t row = 0; row < cells.rows(); ++row) records.push_back(record_at(cells, row));
  return records;
}

Table HoursLedger::post_many(const Table& table, const Control& control) {
  ProblemList problems;
  TableCells cells{table, field_names, problems};
  check_rows(cells, problems);
  detail::PostingProgress progress{control, table};
  TextColumn volunteers, words;
  std::vector<ServiceRecord> records;
  for (std::size_t row = 0; row < cells.rows();) {
    progress.at(row);
    records.clear();
    for (; row < cells.rows() && records.size() < detail::rows_at_once; ++row) {
      records.push_back(record_at(cells, row));
      volunteers.push_back(cells.text(f_volunteer, row));
    }
    for (const Outcome outcome : post(records)) words.push_back(to_string(outcome));
  }
  return {.name = "outcomes",
          .columns = {{.name = "volunteer", .cells = std::move(volunteers)},
                      {.name = "outcome", .cells = std::move(words)}}};
}

}  // namespace jiedui
