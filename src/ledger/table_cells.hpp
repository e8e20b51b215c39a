#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/control.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/ledger/hash.hpp"

namespace jiedui::detail {

/// Reads the cells of a table of commands or records, and collects what is wrong with them. Columns
/// are named by their place in the list of those that there can be; one that is not there reads as
/// absent cells.
class TableCells {
 public:
  /// @param names must outlive this, as must the table and the problems. Columns that are unknown
  /// or double are problems. @throws Error "column_length".
  TableCells(const Table& table, std::span<const std::string_view> names, ProblemList& problems);

  std::size_t rows() const { return table_.rows(); }
  bool has(std::size_t column, std::size_t row) const;
  /// Empty if absent.
  std::string_view text(std::size_t column, std::size_t row);
  /// Zero if absent.
  Id128 id(std::size_t column, std::size_t row);
  /// Zero if absent.
  Hash256 hash(std::size_t column, std::size_t row);
  std::optional<std::uint64_t> number(
      std::size_t column, std::size_t row,
      std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  std::optional<Instant> instant(std::size_t column, std::size_t row);
  /// False if absent.
  bool yes(std::size_t column, std::size_t row);

  void refuse(std::size_t column, std::size_t row, const char* code, std::string allowed);
  std::int64_t row_number(std::size_t row) const;
  ProblemList& problems() { return problems_; }

 private:
  void refuse_column(const Column& column, const char* code, std::string allowed);

  const Table& table_;
  std::span<const std::string_view> names_;
  ProblemList& problems_;
  std::vector<const Column*> columns_;
};

/// Rows of a table that are made durable together.
inline constexpr std::size_t rows_at_once = 10'000;

/// Tells how far the posting of a table is, and whether it is to stop.
class PostingProgress {
 public:
  PostingProgress(const Control& control, const Table& table) : control_(control), table_(table) {}
  /// @throws Error "interrupted".
  void at(std::size_t row);

 private:
  const Control& control_;
  const Table& table_;
  std::chrono::steady_clock::time_point reported_ = std::chrono::steady_clock::now();
};

}  // namespace jiedui::detail
