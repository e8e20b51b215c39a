#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "jiedui/base/error.hpp"

namespace jiedui {

/// Many texts in one run of bytes. An empty text is an absent one.
class TextColumn {
 public:
  /// Bytes in one column; what Arrow's 32-bit offsets hold.
  static constexpr std::size_t bytes_max = 0x7FFF'FFFF;

  TextColumn() = default;
  /// Takes over whole runs, as files and other libraries hand them over. O(ends).
  /// @throws Error "column_ends_invalid" unless the ends never fall and the last one is the number
  /// of bytes; "column_too_large" past bytes_max.
  TextColumn(std::vector<char> bytes, std::vector<std::uint32_t> ends)
      : bytes_(std::move(bytes)), ends_(std::move(ends)) {
    if (bytes_.size() > bytes_max) too_large();
    if ((ends_.empty() ? 0 : ends_.back()) != bytes_.size() ||
        !std::is_sorted(ends_.begin(), ends_.end()))
      bad_ends();
  }

  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return {bytes_.data() + begin, ends_[row] - begin};
  }
  /// @throws Error "column_too_large" past bytes_max.
  void push_back(std::string_view text) {
    if (text.size() > bytes_max - bytes_.size()) [[unlikely]]
      too_large();
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  void reserve(std::size_t rows, std::size_t bytes) {
    ends_.reserve(rows);
    bytes_.reserve(bytes);
  }

  const std::vector<char>& bytes() const { return bytes_; }
  /// ends()[row] is the offset behind the last byte of that row's text.
  const std::vector<std::uint32_t>& ends() const { return ends_; }
  friend bool operator==(const TextColumn&, const TextColumn&) = default;

 private:
  [[noreturn]] static void too_large() {
    throw Error({.code = "column_too_large",
                 .place = "text column",
                 .message = "the texts of one column are too long together",
                 .allowed = "2147483647 bytes",
                 .way_out = "split the table"});
  }
  [[noreturn]] static void bad_ends() {
    throw Error({.code = "column_ends_invalid",
                 .place = "text column",
                 .message = "the ends of the texts do not fit their bytes",
                 .allowed = "ends that never fall, the last one at the number of bytes",
                 .way_out = "make the column again from its texts"});
  }
  std::vector<char> bytes_;
  std::vector<std::uint32_t> ends_;
};

/// Texts of which few are distinct: each row holds the index of its text.
struct DictionaryColumn {
  static constexpr std::uint32_t absent = 0xFFFF'FFFF;
  TextColumn texts;
  std::vector<std::uint32_t> codes;
  friend bool operator==(const DictionaryColumn&, const DictionaryColumn&) = default;
};

/// One named column of cells. This is the one form in which data enters and leaves: CSV, Arrow,
/// Cap'n Proto and SQLite all turn into it and are written from it.
struct Column {
  using Cells =
      std::variant<TextColumn, std::vector<std::int64_t>, std::vector<double>, DictionaryColumn>;
  std::string name;
  Cells cells;
  /// One byte a row, 0 where the cell is absent; empty when all are present. Texts do not need it.
  std::vector<std::uint8_t> present;

  std::size_t size() const;
  friend bool operator==(const Column&, const Column&) = default;
};

/// Named columns of equal length.
struct Table {
  std::string name;  ///< "volunteers", or the file that it was read from
  std::vector<Column> columns;
  /// What Problem::row counts from: 2 for a file with a header line, else 1.
  std::int64_t first_row = 1;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
  /// The column of that name, or null.
  const Column* find(std::string_view column) const;
  friend bool operator==(const Table&, const Table&) = default;
};

inline std::size_t Column::size() const {
  return std::visit(
      [](const auto& cells) {
        if constexpr (requires { cells.codes; })
          return cells.codes.size();
        else
          return cells.size();
      },
      cells);
}

inline const Column* Table::find(std::string_view column) const {
  for (const Column& candidate : columns)
    if (candidate.name == column) return &candidate;
  return nullptr;
}

}  // namespace jiedui
