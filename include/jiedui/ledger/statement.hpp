#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// A half-open stretch of time: from ≤ t < until.
struct Period {
  Instant from;
  Instant until;
  friend bool operator==(const Period&, const Period&) = default;
};

/// By which of its two times an entry counts.
enum class TimeAxis : std::uint8_t {
  happened,  ///< when it took place: a late confirmation or correction still counts for its month
  booked,    ///< when the books learnt of it: what a statement printed at that time showed
};

/// One entry of a statement, with the account's balance after it.
struct AccountLine {
  Entry entry;
  Balance after;
};

/// What happened on one account in a period.
struct AccountStatement {
  Account account;  ///< as it stands now, whatever the period
  Period period;
  TimeAxis axis = TimeAxis::happened;
  Balance opening;                 ///< before the first line
  std::vector<AccountLine> lines;  ///< in order of time, then of number
  Balance closing;                 ///< after the last line

  /// One row a line: number, kind, id, debit, credit, answers, reference, amount, released, unit,
  /// code, reason, happened, booked_ns. @throws Error "overflow" for amounts of 2^63 and more.
  JIEDUI_API Table table() const;
};

/// The same columns for any entries.
JIEDUI_API Table to_table(std::span<const Entry> entries);

/// All accounts of one unit together.
struct TrialBalance {
  Unit unit;
  std::uint64_t accounts = 0;
  uint128 debits_posted = 0;
  uint128 credits_posted = 0;
  uint128 debits_pending = 0;
  uint128 credits_pending = 0;
  /// Whether both sides are equal, as they always are in sound books.
  bool sums_to_zero() const {
    return debits_posted == credits_posted && debits_pending == credits_pending;
  }
  friend bool operator==(const TrialBalance&, const TrialBalance&) = default;
};

/// A trial balance as a table: unit, accounts, debits_posted, credits_posted, debits_pending,
/// credits_pending. @throws Error "overflow" for totals of 2^63 and more.
JIEDUI_API Table to_table(std::span<const TrialBalance> lines);

}  // namespace jiedui
