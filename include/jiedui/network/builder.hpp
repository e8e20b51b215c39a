#pragma once

#include <memory>
#include <vector>

#include "jiedui/base/error.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// Gathers tables and rows, checks all of it at once, and freezes a Network.
///
/// Rows refer to each other by external id and may come in any order. Without a catalogue the
/// built-in one is used (standard_catalogue). Not thread-safe.
class JIEDUI_API NetworkBuilder {
 public:
  NetworkBuilder();
  NetworkBuilder(NetworkBuilder&&) noexcept;
  NetworkBuilder& operator=(NetworkBuilder&&) noexcept;
  ~NetworkBuilder();

  /// Adds rows as a table with the columns of docs/formats.md; a column left out is all absent.
  /// Several tables of one entity add up.
  NetworkBuilder& add(Entity entity, Table table);

  /// Adds one row.
  NetworkBuilder& add(const Place& row);
  NetworkBuilder& add(const Organisation& row);
  NetworkBuilder& add(const Household& row);
  NetworkBuilder& add(const Beneficiary& row);
  NetworkBuilder& add(const Volunteer& row);
  NetworkBuilder& add(const Activity& row);
  NetworkBuilder& add(const Item& row);
  NetworkBuilder& add(const Need& row);
  NetworkBuilder& add(const Edge& row);

  /// Freezes what was added.
  ///
  /// Every problem is looked for; any of them builds nothing. O(cells + rows · log rows).
  /// @throws InputError with all problems (1,000 listed, all counted).
  Network build() const;

  struct GoodRows;
  /// Freezes the rows without problems, and the rows that refer to such rows only; a row that
  /// refers to a bad one is bad itself. Whole-table problems (an unknown or double column) are
  /// reported and the column is not read.
  GoodRows keep_good_rows() const;

 private:
  struct Pending;
  std::unique_ptr<Pending> pending_;
};

struct NetworkBuilder::GoodRows {
  Network network;
  /// table, row, column, code, allowed: at most 1,000 rows.
  Table bad_rows;
  std::vector<Problem> problems;
  std::int64_t problem_count = 0;
};

/// Problems as a table: table, row, column, code, allowed.
JIEDUI_API Table problem_table(const std::vector<Problem>& problems);

/// The built-in catalogue: 5 groups, 23 items (mechanism N9), as a table for NetworkBuilder.
JIEDUI_API Table standard_catalogue();

}  // namespace jiedui
