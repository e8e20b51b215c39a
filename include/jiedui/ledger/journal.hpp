#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <span>

#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// What one call appends: durable together or not at all.
struct Batch {
  std::span<const Entry> entries;     ///< numbered on from the head
  std::span<const Hash256> hashes;    ///< the chain after each of them
  std::span<const Account> accounts;  ///< each account that they touch, once, as it is afterwards
};

/// Gets one entry and the chain's hash after it; false ends the reading.
using EntryVisitor = std::function<bool(const Entry& entry, const Hash256& hash)>;
/// Gets one account; false ends the reading.
using AccountVisitor = std::function<bool(const Account& account)>;

/// Where a ledger keeps its entries: in memory, in a file, in a database.
///
/// A journal stores and finds; it judges nothing. Between begin_write and append or abandon it has
/// the books to itself: no other writer, in this process or another, may append. Within one
/// begin_read … end_read, which may nest, every reading sees the same books. Without, each call
/// stands for itself. A batch may be empty: what else was written meanwhile becomes durable.
/// `tests/ledger/journal_contract.hpp` is the suite that a journal has to pass.
template <class J>
concept Journal = requires(J& journal, const Batch& batch, Id128 id, std::uint64_t number,
                           BookedTime time, const EntryVisitor& entries,
                           const AccountVisitor& accounts) {
  /// Entries so far, with the chain's hash; first_head(book) for an empty book.
  { journal.head() } -> std::same_as<ChainHead>;

  { journal.find_account(id) } -> std::same_as<std::optional<Account>>;
  { journal.find_entry(id) } -> std::same_as<std::optional<Entry>>;
  /// The entry that answers the entry of that id; there is at most one.
  { journal.find_answer(id) } -> std::same_as<std::optional<Entry>>;

  /// Entries of number first to last, in order.
  journal.read_entries(number, number, entries);
  /// Entries of an account, in order.
  journal.read_entries_of(id, entries);
  /// Entries with a reference, in order.
  journal.read_entries_about(id, entries);
  /// Claims that are open and whose time-out has passed at that time, the earliest due first.
  journal.read_due_claims(time, entries);
  /// Every account, in order of id.
  journal.read_accounts(accounts);

  journal.begin_read();
  { journal.end_read() }
  noexcept;
  /// Waits to become the only writer. @throws Error "store_busy" when that takes too long.
  journal.begin_write();
  /// Returns once the batch is durable, and ends the writing. When it throws, nothing is appended
  /// and abandon follows.
  journal.append(batch);
  /// Ends the writing without a trace.
  { journal.abandon() }
  noexcept;
};

}  // namespace jiedui
