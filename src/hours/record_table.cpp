#include "jiedui/hours/record_table.hpp"

#include <array>
#include <limits>

#include "hours/hours_state.hpp"
#include "hours/interval_set.hpp"
#include "ledger/table_cells.hpp"

namespace jiedui {

namespace {

using detail::TableCells;
using std::chrono::seconds;

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
  f_break_seconds,
  f_travel_seconds,
  f_planned_begins,
  f_planned_ends,
  f_recorded_by,
  f_source,
  f_co_organisers,
  f_people_served,
  f_document,
  f_device,
  f_time_code,
  f_reason,
  f_id,
};
constexpr std::array<std::string_view, 23> field_names = {"volunteer",
                                                          "need",
                                                          "activity",
                                                          "organisation",
                                                          "place",
                                                          "item",
                                                          "beneficiary",
                                                          "begins",
                                                          "ends",
                                                          "served",
                                                          "break_seconds",
                                                          "travel_seconds",
                                                          "planned_begins",
                                                          "planned_ends",
                                                          "recorded_by",
                                                          "source",
                                                          "co_organisers",
                                                          "people_served",
                                                          "document",
                                                          "device",
                                                          "time_code",
                                                          "reason",
                                                          "id"};

class Reader {
 public:
  Reader(const Table& table, std::string_view zone)
      : zone_(zone), cells_(table, field_names, problems_) {}

  TableCells& cells() { return cells_; }

  /// Finds all that is wrong, in cells and in what they say together.
  void check_rows() {
    check_rows([](const ServiceRecord&, std::int64_t, ProblemList&) {});
  }
  /// The same, and what `more` finds in a record that is sound by itself.
  template <class More>
  void check_rows(More&& more) {
    for (std::size_t row = 0; row < cells_.rows(); ++row) {
      const std::int64_t before = problems_.count();
      const ServiceRecord record = record_at(row);
      const std::int64_t number = cells_.row_number(row);
      if (problems_.count() == before) check(record, number, problems_);
      if (problems_.count() == before) more(record, number, problems_);
    }
    problems_.throw_if_any();
  }

  ServiceRecord record_at(std::size_t row) {
    const auto text = [&](Field field) { return std::string(cells_.text(field, row)); };
    ServiceRecord record{.id = cells_.id(f_id, row),
                         .volunteer = text(f_volunteer),
                         .need = text(f_need),
                         .activity = text(f_activity),
                         .organisation = text(f_organisation),
                         .place = text(f_place),
                         .item = text(f_item),
                         .beneficiary = text(f_beneficiary),
                         .served = seconds{number(f_served, row)},
                         .recorded_by = text(f_recorded_by),
                         .source = source_at(row),
                         .people_served = number(f_people_served, row),
                         .evidence = {.document = text(f_document),
                                      .device = text(f_device),
                                      .time_code = text(f_time_code),
                                      .reason = text(f_reason)}};
    add_interval(row, f_begins, f_ends, record.intervals);
    add_interval(row, f_planned_begins, f_planned_ends, record.planned);
    take_off(row, f_break_seconds, record);
    take_off(row, f_travel_seconds, record);
    record.co_organisers = listed(cells_.text(f_co_organisers, row));
    return record;
  }

  std::vector<ServiceRecord> records() {
    std::vector<ServiceRecord> records;
    records.reserve(cells_.rows());
    for (std::size_t row = 0; row < cells_.rows(); ++row) records.push_back(record_at(row));
    return records;
  }

 private:
  /// "a; b" as "a" and "b".
  static std::vector<std::string> listed(std::string_view texts) {
    std::vector<std::string> list;
    for (std::size_t at = 0; at < texts.size();) {
      const std::size_t end = std::min(texts.find(';', at), texts.size());
      const std::string_view one = texts.substr(at, end - at);
      if (const auto first = one.find_first_not_of(' '); first != one.npos)
        list.emplace_back(one.substr(first, one.find_last_not_of(' ') + 1 - first));
      at = end + 1;
    }
    return list;
  }
  std::int64_t number(Field field, std::size_t row) {
    return static_cast<std::int64_t>(cells_.number(field, row, seconds_max).value_or(0));
  }

  RecordSource source_at(std::size_t row) {
    const std::string_view word = cells_.text(f_source, row);
    if (word.empty()) return RecordSource::organisation;
    for (int number = 1; number <= 4; ++number)
      if (word == to_string(static_cast<RecordSource>(number)))
        return static_cast<RecordSource>(number);
    cells_.refuse(f_source, row, "choice_unknown", "clock, organisation, declared, backfilled");
    return RecordSource::organisation;
  }

  std::optional<Instant> time(Field field, std::size_t row) {
    const std::string_view text = cells_.text(field, row);
    if (text.empty()) return std::nullopt;
    if (const auto instant = parse_instant(text)) return instant;
    std::string local{text};
    if (local.size() == 16) local += ":00";
    const bool form = local.size() == 19 && local[10] == ' ';
    if (form) local[10] = 'T';
    const auto read = form ? parse_instant(local + 'Z') : std::nullopt;
    if (!read) {
      cells_.refuse(field, row, "instant_invalid",
                    "2026-03-05T01:30:00Z, or local 2026-03-05 09:30 or 2026-03-05 09:30:00");
      return std::nullopt;
    }
    const Date day = std::chrono::floor<std::chrono::days>(*read);
    const LocalTime meant = zone_.local_time(day, (*read - day).count());
    if (meant.kind == LocalTime::Kind::unique) return meant.earlier;
    const bool skipped = meant.kind == LocalTime::Kind::skipped;
    cells_.refuse(field, row, skipped ? "local_time_skipped" : "local_time_repeated",
                  "a time in UTC, such as 2026-03-05T01:30:00Z");
    return std::nullopt;
  }

  void add_interval(std::size_t row, Field from, Field until,
                    std::vector<ServiceInterval>& intervals) {
    const auto begins = time(from, row);
    const auto ends = time(until, row);
    if (begins && ends) intervals.push_back({*begins, *ends});
    if (cells_.has(from, row) != cells_.has(until, row))
      cells_.refuse(cells_.has(from, row) ? until : from, row, "value_missing",
                    "begins and ends, or neither");
  }

  /// Breaks and ways of which only the length is known.
  void take_off(std::size_t row, Field field, ServiceRecord& record) {
    const seconds pause{number(field, row)};
    if (pause.count() == 0) return;
    const bool sound =
        record.intervals.empty() || record.intervals[0].begins < record.intervals[0].ends;
    if (!sound) return;  // `check` tells
    const seconds whole =
        record.served.count() != 0 ? record.served : detail::length(united(record.intervals));
    if (pause < whole)
      record.served = whole - pause;
    else
      cells_.refuse(field, row, "number_out_of_range", "less than what it is taken off");
  }

  Zone zone_;
  ProblemList problems_;
  TableCells cells_;
};

}  // namespace

std::vector<ServiceRecord> service_records(const Table& table, std::string_view zone) {
  Reader reader{table, zone};
  reader.check_rows();
  return reader.records();
}

Table HoursLedger::submit_table(const Table& table, const RulePack& pack) {
  Reader reader{table, pack.zone};
  const Zone zone{pack.zone};
  const Instant now = std::chrono::floor<seconds>(state_->clock());
  reader.check_rows([&](const ServiceRecord& record, std::int64_t row, ProblemList& problems) {
    detail::check_rules(record, pack, zone, now, row, problems);
  });
  return submission_table(submit(reader.records(), pack));
}

Table HoursLedger::post_many(const Table& table, const Control& control) {
  Reader reader{table, zone()};
  reader.check_rows();
  detail::PostingProgress progress{control, table};
  TextColumn volunteers, words;
  std::vector<ServiceRecord> records;
  for (std::size_t row = 0; row < table.rows();) {
    progress.at(row);
    records.clear();
    for (; row < table.rows() && records.size() < detail::rows_at_once; ++row) {
      records.push_back(reader.record_at(row));
      volunteers.push_back(reader.cells().text(f_volunteer, row));
    }
    for (const Outcome outcome : post(records)) words.push_back(to_string(outcome));
  }
  return {.name = "outcomes",
          .columns = {{.name = "volunteer", .cells = std::move(volunteers)},
                      {.name = "outcome", .cells = std::move(words)}}};
}

}  // namespace jiedui
