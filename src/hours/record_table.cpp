#include "jiedui/hours/record_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include "hours/interval_set.hpp"

namespace jiedui {

namespace {

using std::chrono::seconds;

constexpr std::array known = {"id",           "volunteer",     "need",           "activity",
                              "organisation", "place",         "item",           "beneficiary",
                              "begins",       "ends",          "served_seconds", "recorded_by",
                              "source",       "break_seconds", "travel_seconds", "planned_begins",
                              "planned_ends", "co_organisers", "people_served",  "document",
                              "device",       "time_code",     "reason"};

class Reader {
 public:
  Reader(const Table& table, std::string_view zone) : table_(table), zone_(zone) {}

  std::vector<ServiceRecord> read() {
    check_columns();
    problems_.throw_if_any();
    std::vector<ServiceRecord> records(table_.rows());
    read_texts(records);
    read_times(records);
    for (std::size_t row = 0; row < records.size(); ++row)
      if (!faulty_[row]) check(records[row], row_number(row), problems_);
    problems_.throw_if_any();
    return records;
  }

 private:
  std::int64_t row_number(std::size_t row) const {
    return table_.first_row + static_cast<std::int64_t>(row);
  }
  void wrong(std::size_t row, std::string_view column, const char* code, const char* allowed) {
    problems_.add({table_.name.empty() ? "service_records" : table_.name, row_number(row),
                   std::string(column), code, allowed});
    faulty_[row] = true;
  }
  void wrong_column(std::string_view column, const char* code, const char* allowed) {
    problems_.add({table_.name.empty() ? "service_records" : table_.name, 0, std::string(column),
                   code, allowed});
  }

  void check_columns() {
    faulty_.assign(table_.rows(), false);
    for (const Column& column : table_.columns)
      if (std::find(known.begin(), known.end(), column.name) == known.end())
        wrong_column(column.name, "column_unknown", "a field of a service record");
    if (table_.find("volunteer") == nullptr)
      wrong_column("volunteer", "column_missing", "a column of external ids");
    const bool times = table_.find("begins") != nullptr && table_.find("ends") != nullptr;
    if (!times && table_.find("served_seconds") == nullptr)
      wrong_column("served_seconds", "column_missing", "served_seconds, or begins and ends");
  }

  /// The text of a cell, empty if it is absent; whole numbers are written out.
  std::string text(const Column& column, std::size_t row) const {
    if (!column.present.empty() && column.present[row] == 0) return {};
    return std::visit(
        [&](const auto& cells) -> std::string {
          using Cells = std::decay_t<decltype(cells)>;
          if constexpr (std::is_same_v<Cells, TextColumn>) {
            return std::string(cells[row]);
          } else if constexpr (std::is_same_v<Cells, DictionaryColumn>) {
            return cells.codes[row] == DictionaryColumn::absent
                       ? std::string()
                       : std::string(cells.texts[cells.codes[row]]);
          } else if constexpr (std::is_same_v<Cells, std::vector<double>>) {
            const auto whole = static_cast<std::int64_t>(cells[row]);
            // A column of whole numbers with gaps comes as real ones from data frames.
            return static_cast<double>(whole) == cells[row] ? std::to_string(whole) : "not whole";
          } else {
            return std::to_string(cells[row]);
          }
        },
        column.cells);
  }

  /// use(row, text) for each cell of a column that is present.
  template <class Use>
  void each(const char* name, const Use& use) {
    const Column* column = table_.find(name);
    if (column == nullptr) return;
    for (std::size_t row = 0; row < table_.rows(); ++row)
      if (std::string cell = text(*column, row); !cell.empty()) use(row, std::move(cell));
  }
  void each_number(const char* name, const std::function<void(std::size_t, std::int64_t)>& use) {
    each(name, [&](std::size_t row, const std::string& cell) {
      std::int64_t value = 0;
      const char* end = cell.data() + cell.size();
      const auto [stop, error] = std::from_chars(cell.data(), end, value);
      if (error != std::errc{} || stop != end || value < 0 || value > 1'000'000'000)
        wrong(row, name, "number_invalid", "a whole number from 0 to 1000000000");
      else
        use(row, value);
    });
  }

  void read_texts(std::vector<ServiceRecord>& records) {
    const auto take = [&](const char* name, auto field) {
      each(name, [&](std::size_t row, std::string cell) {
        std::invoke(field, records[row]) = std::move(cell);
      });
    };
    take("volunteer", &ServiceRecord::volunteer);
    take("need", &ServiceRecord::need);
    take("activity", &ServiceRecord::activity);
    take("organisation", &ServiceRecord::organisation);
    take("place", &ServiceRecord::place);
    take("item", &ServiceRecord::item);
    take("beneficiary", &ServiceRecord::beneficiary);
    take("recorded_by", &ServiceRecord::recorded_by);
    take(
        "document", [](ServiceRecord & r) -> auto& { return r.evidence.document; });
    take(
        "device", [](ServiceRecord & r) -> auto& { return r.evidence.device; });
    take(
        "time_code", [](ServiceRecord & r) -> auto& { return r.evidence.time_code; });
    take(
        "reason", [](ServiceRecord & r) -> auto& { return r.evidence.reason; });
    each("co_organisers", [&](std::size_t row, const std::string& cell) {
      for (std::size_t at = 0; at <= cell.size();) {
        const std::size_t end = std::min(cell.find(';', at), cell.size());
        records[row].co_organisers.push_back(cell.substr(at, end - at));
        at = end + 1;
      }
    });
    each("source", [&](std::size_t row, const std::string& cell) {
      for (int number = 1; number <= 4; ++number)
        if (to_string(static_cast<RecordSource>(number)) == cell) {
          records[row].source = static_cast<RecordSource>(number);
          return;
        }
      wrong(row, "source", "source_unknown", "clock, organisation, declared or backfilled");
    });
    each("id", [&](std::size_t row, const std::string& cell) {
      if (const auto id = Id128::parse(cell))
        records[row].id = *id;
      else
        wrong(row, "id", "id_invalid", "a UUID as RFC 9562 writes it");
    });
    each_number("people_served",
                [&](std::size_t row, std::int64_t value) { records[row].people_served = value; });
    each_number("served_seconds",
                [&](std::size_t row, std::int64_t value) { records[row].served = seconds{value}; });
  }

  std::optional<Instant> time(std::size_t row, const char* column, const std::string& text) {
    if (const auto instant = parse_instant(text)) return instant;
    std::string whole = text;
    if (whole.size() == 16) whole += ":00";
    if (whole.size() == 19 && whole[10] == ' ') {
      whole[10] = 'T';
      if (const auto read = parse_instant(whole + 'Z')) {
        const Date day = std::chrono::floor<std::chrono::days>(*read);
        const LocalTime local = zone_.local_time(day, (*read - day).count());
        if (local.kind == LocalTime::Kind::unique) return local.earlier;
        const bool skipped = local.kind == LocalTime::Kind::skipped;
        wrong(row, column, skipped ? "local_time_skipped" : "local_time_repeated",
              "a time in UTC, such as 2026-03-05T01:30:00Z");
        return std::nullopt;
      }
    }
    wrong(row, column, "time_invalid", "2026-03-05T01:30:00Z, or local 2026-03-05 09:30");
    return std::nullopt;
  }

  void read_pairs(const char* begins, const char* ends, std::vector<ServiceRecord>& records,
                  std::vector<ServiceInterval> ServiceRecord::*field) {
    std::vector<std::optional<Instant>> from(records.size()), until(records.size());
    each(begins,
         [&](std::size_t row, const std::string& cell) { from[row] = time(row, begins, cell); });
    each(ends,
         [&](std::size_t row, const std::string& cell) { until[row] = time(row, ends, cell); });
    for (std::size_t row = 0; row < records.size(); ++row) {
      if (from[row] && until[row])
        (records[row].*field).push_back({*from[row], *until[row]});
      else if ((from[row] || until[row]) && !faulty_[row])
        wrong(row, from[row] ? ends : begins, "time_invalid", "both times, or neither");
    }
  }

  void read_times(std::vector<ServiceRecord>& records) {
    read_pairs("begins", "ends", records, &ServiceRecord::intervals);
    read_pairs("planned_begins", "planned_ends", records, &ServiceRecord::planned);
    for (const char* column : {"break_seconds", "travel_seconds"})
      each_number(column, [&](std::size_t row, std::int64_t value) {
        ServiceRecord& record = records[row];
        if (value == 0 || faulty_[row]) return;
        if (record.intervals.empty()) return;  // what was served is given, without them
        const seconds whole =
            record.served.count() != 0 ? record.served : detail::length(united(record.intervals));
        if (seconds{value} >= whole)
          wrong(row, column, "number_invalid", "less than the time from begins to ends");
        else
          record.served = whole - seconds{value};
      });
  }

  const Table& table_;
  Zone zone_;
  ProblemList problems_;
  std::vector<bool> faulty_;
};

}  // namespace

std::vector<ServiceRecord> service_records(const Table& table, std::string_view zone) {
  return Reader{table, zone}.read();
}

}  // namespace jiedui
