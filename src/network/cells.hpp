#pragma once

#include <array>
#include <bit>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/network/kinds.hpp"

// Private to the room: how one cell is read, and what reading needs to know.

namespace jiedui::cells {

/// One cell as it came: absent, a text, a whole number or a real one.
struct Cell {
  enum class Kind : std::uint8_t { absent, text, whole, real };
  Kind kind = Kind::absent;
  std::string_view text;
  std::int64_t whole = 0;
  double real = 0;
};

/// Why a cell is refused.
struct Fault {
  std::string_view code;
  std::string allowed;
};

/// The cells of one column; a missing column has absent cells only.
class CellColumn {
 public:
  explicit CellColumn(const Column* column) : column_(column) {}
  Cell operator[](std::size_t row) const;

 private:
  const Column* column_;
};

/// Calls use(row, cell) for each cell of the column that is present, in order; for a missing column
/// never.
template <class Use>
void each_cell(const Column* column, Use&& use) {
  if (column == nullptr) return;
  std::visit(
      [&](const auto& cells) {
        using Cells = std::decay_t<decltype(cells)>;
        for (std::size_t row = 0; row < column->size(); ++row) {
          if (!column->present.empty() && column->present[row] == 0) continue;
          if constexpr (std::is_same_v<Cells, std::vector<std::int64_t>>) {
            use(row, Cell{.kind = Cell::Kind::whole, .text = {}, .whole = cells[row]});
          } else if constexpr (std::is_same_v<Cells, std::vector<double>>) {
            use(row, Cell{.kind = Cell::Kind::real, .text = {}, .whole = 0, .real = cells[row]});
          } else {
            std::string_view text;
            if constexpr (std::is_same_v<Cells, TextColumn>)
              text = cells[row];
            else if (cells.codes[row] != DictionaryColumn::absent)
              text = cells.texts[cells.codes[row]];
            if (!text.empty()) use(row, Cell{.kind = Cell::Kind::text, .text = text});
          }
        }
      },
      column->cells);
}

/// Words met so far, numbered as they come; sorted by text when the network is frozen.
class WordTable {
 public:
  Symbol intern(std::string_view word);
  std::vector<std::string>& words() { return words_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

/// Text → row, over a column of texts that stays where it is.
///
/// Open addressing with linear probing, at most half full: node-based maps would take a third of
/// the time of reading a city.
class TextIndex {
 public:
  TextIndex() = default;
  /// @param rows how many will be inserted, if that is known.
  explicit TextIndex(const TextColumn& texts, std::size_t rows = 0)
      : texts_(&texts), places_(std::bit_ceil(2 * rows + 2), free) {}
  /// The row's text must not be there yet.
  void insert(std::uint32_t row);
  std::optional<std::uint32_t> find(std::string_view text) const;

 private:
  static constexpr std::uint32_t free = 0xFFFF'FFFF;
  void put(std::uint32_t row);
  std::size_t place_of(std::string_view text) const {
    return std::hash<std::string_view>{}(text) & (places_.size() - 1);
  }
  const TextColumn* texts_ = nullptr;
  std::vector<std::uint32_t> places_;
  std::size_t count_ = 0;
};

/// The state of reading one table.
struct Reading {
  const Table& table;
  WordTable& words;
  const std::array<TextIndex, entity_count>& ids;
  std::vector<std::uint8_t>& bad;  ///< one a row
  ProblemList& problems;

  /// The column of that name; null if there is none, or more than one.
  const Column* column(std::string_view name) const {
    const Column* found = nullptr;
    for (const Column& candidate : table.columns) {
      if (candidate.name != name) continue;
      if (found != nullptr) return nullptr;
      found = &candidate;
    }
    return found;
  }

  void refuse(std::size_t row, std::string_view column, const Fault& fault) {
    bad[row] = 1;
    problems.add({.table = table.name,
                  .row = table.first_row + static_cast<std::int64_t>(row),
                  .column = std::string(column),
                  .code = std::string(fault.code),
                  .allowed = fault.allowed});
  }
};

/// Sets storage[row] to the value that read(cell, value) makes of each present cell, and refuses
/// the row where it returns a fault. Each text of a dictionary is read once.
template <class Value, class Read>
void read_each(Reading& reading, std::string_view name, std::vector<Value>& storage, Read&& read) {
  const Column* column = reading.column(name);
  if (column == nullptr) return;
  const auto take = [&](std::size_t row, const Value& value, const std::optional<Fault>& fault) {
    if (fault)
      reading.refuse(row, name, *fault);
    else
      storage[row] = value;
  };
  const auto* dictionary = std::get_if<DictionaryColumn>(&column->cells);
  if (dictionary == nullptr) {
    each_cell(column, [&](std::size_t row, const Cell& cell) {
      Value value{};
      const std::optional<Fault> fault = read(cell, value);
      take(row, value, fault);
    });
    return;
  }
  struct Known {
    Value value{};
    std::optional<Fault> fault;
    bool is_read = false;
  };
  std::vector<Known> known(dictionary->texts.size());
  for (std::size_t row = 0; row < dictionary->codes.size(); ++row) {
    const std::uint32_t code = dictionary->codes[row];
    if (code == DictionaryColumn::absent || dictionary->texts[code].empty() ||
        (!column->present.empty() && column->present[row] == 0))
      continue;
    Known& text = known[code];
    if (!text.is_read)
      text.fault =
          read(Cell{.kind = Cell::Kind::text, .text = dictionary->texts[code]}, text.value);
    text.is_read = true;
    take(row, text.value, text.fault);
  }
}

/// True for well-formed UTF-8 without control characters (RFC 3629, section 4).
bool is_clean_text(std::string_view text);

std::optional<Fault> check_id(std::string_view text);
std::optional<Fault> check_word(std::string_view text);

/// The cell as text: numbers in decimal, in `buffer`. A real number must be whole.
std::optional<std::string_view> as_text(const Cell& cell, std::array<char, 24>& buffer);
/// The cell as a whole number: a text of digits, or a real number that is whole.
std::optional<std::int64_t> as_whole(const Cell& cell);
/// The cell as whole 1e-7 degrees, rounded half away from zero, if it lies within ±most.
std::optional<std::int32_t> as_degrees(const Cell& cell, std::int32_t most);

/// Calls `take(part)` for each part between ';', spaces at the ends cut, empty parts left out.
template <class Take>
void for_each_part(std::string_view text, Take&& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) take(part);
  }
}

}  // namespace jiedui::cells
