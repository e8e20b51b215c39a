#pragma once

#include <cstdint>
#include <optional>

#include "jiedui/base/id128.hpp"
#include "jiedui/base/quantity.hpp"
#include "jiedui/ledger/unit.hpp"

namespace jiedui {

/// How far one side of an account may exceed the other, open claims counted against it.
struct AccountLimits {
  /// Debits, posted and pending, may exceed posted credits by at most this; empty: without limit.
  /// 0: what is spent must have been earned; x: an overdraft down to −x.
  std::optional<std::uint64_t> debits_over_credits_max;
  /// Credits, posted and pending, may exceed posted debits by at most this; empty: without limit.
  /// 0: credits must not exceed debits; x: the account holds at most x.
  std::optional<std::uint64_t> credits_over_debits_max;
  friend bool operator==(const AccountLimits&, const AccountLimits&) = default;
};

/// The four running totals of an account, in its unit. They only rise, but for what is pending.
struct Balance {
  std::uint64_t debits_posted = 0;
  std::uint64_t debits_pending = 0;  ///< claimed, neither confirmed nor declined
  std::uint64_t credits_posted = 0;
  std::uint64_t credits_pending = 0;

  /// Posted credits less posted debits.
  int128 net() const { return int128{credits_posted} - int128{debits_posted}; }
  friend bool operator==(const Balance&, const Balance&) = default;
};

/// An account as it stands. Its id is that of the entry that opened it.
struct Account {
  Id128 id;
  Unit unit;
  std::uint32_t code = 0;  ///< the caller's own: its place in a chart of accounts
  bool closed = false;
  AccountLimits limits;
  Balance balance;
  friend bool operator==(const Account&, const Account&) = default;
};

}  // namespace jiedui
