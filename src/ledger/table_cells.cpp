#include "ledger/table_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace jiedui::detail {

TableCells::TableCells(const Table& table, std::span<const std::string_view> names,
                       ProblemList& problems)
    : table_(table), names_(names), problems_(problems), columns_(names.size()) {
  for (const Column& column : table.columns) {
    const std::size_t size = column.size();
    if (size != table.rows() || (!column.present.empty() && column.present.size() != size))
      throw Error({.code = "column_length",
                   .place = table.name + " column " + column.name,
                   .message = "the columns of the table differ in length",
                   .allowed = std::to_string(table.rows()) + " rows",
                   .way_out = "give each column a cell for each row"});
    const auto at = std::find(names.begin(), names.end(), column.name);
    if (at == names.end()) {
      std::string all;
      for (const std::string_view name : names)
        all += (all.empty() ? "" : ", ") + std::string(name);
      refuse_column(column, "column_unknown", all);
      continue;
    }
    const Column*& place = columns_[static_cast<std::size_t>(at - names.begin())];
    if (place != nullptr) refuse_column(column, "column_double", "each column once");
    place = &column;
  }
}

void TableCells::refuse_column(const Column& column, const char* code, std::string allowed) {
  problems_.add({.table = table_.name,
                 .row = 0,
                 .column = column.name,
                 .code = code,
                 .allowed = std::move(allowed)});
}

void TableCells::refuse(std::size_t column, std::size_t row, const char* code,
                        std::string allowed) {
  problems_.add({.table = table_.name,
                 .row = row_number(row),
                 .column = std::string(names_[column]),
                 .code = code,
                 .allowed = std::move(allowed)});
}

std::int64_t TableCells::row_number(std::size_t row) const {
  return table_.first_row + static_cast<std::int64_t>(row);
}

bool TableCells::has(std::size_t column, std::size_t row) const {
  const Column* cells = columns_[column];
  if (cells == nullptr || (!cells->present.empty() && cells->present[row] == 0)) return false;
  if (const auto* texts = std::get_if<TextColumn>(&cells->cells)) return !(*texts)[row].empty();
  if (const auto* words = std::get_if<DictionaryColumn>(&cells->cells)) {
    const std::uint32_t code = words->codes[row];
    if (code >= words->texts.size()) return code != DictionaryColumn::absent;
    return !words->texts[code].empty();
  }
  return true;
}

std::string_view TableCells::text(std::size_t column, std::size_t row) {
  if (!has(column, row)) return {};
  const Column::Cells& cells = columns_[column]->cells;
  if (const auto* texts = std::get_if<TextColumn>(&cells)) return (*texts)[row];
  if (const auto* words = std::get_if<DictionaryColumn>(&cells)) {
    const std::uint32_t code = words->codes[row];
    if (code < words->texts.size()) return words->texts[code];
    refuse(column, row, "code_out_of_range", "a code of one of the column's words");
  } else {
    refuse(column, row, "text_invalid", "a column of texts");
  }
  return {};
}

Id128 TableCells::id(std::size_t column, std::size_t row) {
  const std::string_view cell = text(column, row);
  if (cell.empty()) return {};
  const std::optional<Id128> id = Id128::parse(cell);
  if (!id) refuse(column, row, "id128_invalid", "32 hexadecimal digits, or a UUID");
  return id.value_or(Id128{});
}

Hash256 TableCells::hash(std::size_t column, std::size_t row) {
  const std::string_view cell = text(column, row);
  if (cell.empty()) return {};
  const std::optional<Hash256> hash = Hash256::parse(cell);
  if (!hash) refuse(column, row, "hash_invalid", "64 hexadecimal digits in lower case");
  return hash.value_or(Hash256{});
}

std::optional<std::uint64_t> TableCells::number(std::size_t column, std::size_t row,
                                                std::uint64_t most) {
  if (!has(column, row)) return std::nullopt;
  const std::string range = "a whole number from 0 to " + std::to_string(most);
  std::uint64_t value = 0;
  bool fits = true;
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&columns_[column]->cells)) {
    fits = (*numbers)[row] >= 0;
    value = static_cast<std::uint64_t>((*numbers)[row]);
  } else if (const auto* reals = std::get_if<std::vector<double>>(&columns_[column]->cells)) {
    // A data frame turns whole numbers with gaps into real ones; up to 2^53 these are exact.
    const double real = (*reals)[row];
    constexpr double exact_max = 9'007'199'254'740'992.0;
    if (!(real >= 0 && real <= exact_max && std::trunc(real) == real)) {
      refuse(column, row, "number_invalid", range);
      return std::nullopt;
    }
    value = static_cast<std::uint64_t>(real);
  } else {
    const std::string_view cell = text(column, row);
    if (cell.empty()) return std::nullopt;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc::invalid_argument || end != cell.data() + cell.size()) {
      refuse(column, row, "number_invalid", range);
      return std::nullopt;
    }
    fits = error == std::errc{};
  }
  if (fits && value <= most) return value;
  refuse(column, row, "number_out_of_range", range);
  return std::nullopt;
}

std::optional<Instant> TableCells::instant(std::size_t column, std::size_t row) {
  const std::string_view cell = text(column, row);
  if (cell.empty()) return std::nullopt;
  const std::optional<Instant> time = parse_instant(cell);
  if (!time)
    refuse(column, row, "instant_invalid",
           "2026-03-05T01:30:00Z: UTC, whole seconds, 1900 to 2199");
  return time;
}

bool TableCells::yes(std::size_t column, std::size_t row) {
  if (!has(column, row)) return false;
  if (std::holds_alternative<std::vector<std::int64_t>>(columns_[column]->cells))
    return number(column, row, 1).value_or(0) != 0;
  const std::string_view word = text(column, row);
  if (!word.empty() && word != "yes" && word != "no")
    refuse(column, row, "choice_unknown", "yes, no");
  return word == "yes";
}

void PostingProgress::at(std::size_t row) {
  if (control_.stop.stop_requested())
    throw Error({.code = "interrupted",
                 .place = table_.name + " row " +
                          std::to_string(table_.first_row + static_cast<std::int64_t>(row)),
                 .message = "the posting was stopped; the rows before are durable",
                 .allowed = "",
                 .way_out = "post the same table again: what is booked answers exists"});
  const auto now = std::chrono::steady_clock::now();
  if (!control_.progress || now - reported_ < std::chrono::milliseconds(50)) return;
  reported_ = now;
  control_.progress(static_cast<double>(row) / static_cast<double>(table_.rows()));
}

}  // namespace jiedui::detail
